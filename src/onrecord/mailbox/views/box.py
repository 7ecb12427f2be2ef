"""The mailbox: words are asked for, never in an address; the page holds the box open, and leaves nothing behind."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from onrecord.intake.gateway import TooOld
from onrecord.intake.views.guarded import unsigned
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import open_with, opens, proof
from onrecord.mailbox.forms import CHOICES, Held, done
from onrecord.mailbox.gateway import evenly
from onrecord.mailbox.queries import box

WRONG = "These words open nothing here. Check each word, and their order."
TOO_OLD = "This page was open for too long. Write your words again. What you wrote is kept below."
TYPED = ("more", "different", "why", "whom", "liked")


@unsigned
def mailbox(request: HttpRequest) -> HttpResponse:
    """Ask for the words; open the box; do what a button in it says. Right and wrong words take the same time."""
    moment, posted = now(), request.POST
    if request.method != "POST":
        return render(request, "mailbox/ask.html")
    with evenly():
        if "box" not in posted:
            found = open_with(str(posted.get("words", "")), moment)
            return _box(request, Held(*found), moment) if found else _ask(request, WRONG)
        try:
            held = Held.by(str(posted["box"]), moment)
        except TooOld:
            return _ask(request, TOO_OLD)
        said, fault = done(held, posted, request.FILES, moment)
        if not opens(held.made.id):
            return render(request, "mailbox/ask.html", {"said": said})
        return _box(request, held, now(), said, fault)  # what was just said stands in it


def _ask(request: HttpRequest, fault: str) -> HttpResponse:
    """The words again, with what was written before them."""
    again = "\n\n".join(text for text in (str(request.POST.get(name, "")) for name in TYPED) if text.strip())
    return render(request, "mailbox/ask.html", {"fault": fault, "again": again or request.POST.get("again", "")})


def _box(request: HttpRequest, held: Held, moment: datetime, said: str = "", fault: str = "") -> HttpResponse:
    """The box, or for the second words an empty one."""
    typed = {name: request.POST.get(name, "") if fault else "" for name in TYPED}
    again = "more" if held.of_child else "different"
    typed[again] = typed[again] or request.POST.get("again", "")
    context: dict[str, Any] = {"kept": held.token(moment), "said": said, "fault": fault, "typed": typed}
    if not held.own:
        return render(request, "mailbox/empty.html", context | {"of_child": held.of_child})
    shown = box(held.made, moment)
    choices = [(code, words, code in shown.shows) for code, words in (CHOICES.offered if CHOICES else {}).items()]
    context |= {"box": shown, "choices": choices, "proof": proof(held.made)}
    return render(request, "mailbox/box.html" if shown.of_child else "mailbox/progress.html", context)
