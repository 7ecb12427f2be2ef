"""The doors: a child says it, somebody is worried, a professional reports without signing in. And the way out."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from onrecord.access.gateway import address_of
from onrecord.access.queries import agency_of, called, holders, next_reading_time
from onrecord.access.rules import DECIDERS, DECIDING
from onrecord.duties.actions.instruction import was_told
from onrecord.duties.queries.door import heard_by, looked_into_by, read_outside
from onrecord.intake.actions import IdTaken, report_unnamed
from onrecord.intake.actions.routing import done, made_before
from onrecord.intake.facts import PROFESSIONAL, ReportReceived
from onrecord.intake.forms.doors import (
    CHECK,
    SENT,
    OnePage,
    Professional,
    Reporter,
    Telling,
    Told,
    WorkForm,
    WorriedForm,
    Writer,
)
from onrecord.intake.gateway import crowd
from onrecord.intake.queries import report as report_row
from onrecord.intake.rules.doors import CHILD, next_read, trigger
from onrecord.intake.views.guarded import unsigned
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.clock import now
from onrecord.mailbox.actions import Pair, draw_pair, keep_identity, keep_none, words_for
from onrecord.web.easy import PICTURES, easy_read
from onrecord.web.filled import Code, filled
from onrecord.web.languages import offered
from onrecord.web.templatetags.spoken import by_when

TWICE = timedelta(minutes=1)
"""How long after a report its page, sent again, shows words: whoever pressed Send twice saw none."""
NO_NAME = "No name was given"
Words = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a mailbox, and the second words."""


class Kept(NamedTuple):
    """What became of what belongs to a report: whether it is known who reported, None where nobody said; whether words
    could be kept; those that are shown; and what became of an instruction not to report, None for none.
    """

    known: bool | None
    held: bool = False
    own: str = ""
    second: str = ""
    told: bool | None = None


@unsigned
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Three doors, what to do in danger, and when a person reads next."""
    return render(request, "onrecord/doors/front.html", reading(now()) | {"languages": offered("/")})


@unsigned
@require_safe
def easy(request: HttpRequest) -> HttpResponse:
    """What happens here, in short sentences with pictures, and the way to say it."""
    context = {"shown": easy_read(len(CHILD)), "languages": offered("/m/4")}
    return render(request, "onrecord/doors/easy.html", context)


@unsigned
def child(request: HttpRequest) -> HttpResponse:
    """A child says what is happening, one question a page. Nothing is kept until Send."""
    moment = now()
    telling = Telling(request.POST if request.method == "POST" else None, moment)
    fact = telling.fact() if telling.at == SENT else None
    if fact is not None:
        return _sent(request, fact, telling.coming, moment)
    if telling.kept_before and made_before(telling.coming, partial(report_row, telling.coming)) is not None:
        telling = Telling(None, moment)  # nobody who presses Back sees that anything was sent
    context: dict[str, Any] = {"telling": telling, "of": len(CHILD), "languages": offered("/m/1")}
    if telling.at in (CHECK, SENT):
        return render(request, "onrecord/doors/check.html", context | before(telling.said, moment))
    context |= {"form": telling.form(), "picture": PICTURES[telling.at]}
    return render(request, "onrecord/doors/question.html", context)


@unsigned
def worried(request: HttpRequest) -> HttpResponse:
    """A parent, or anybody, says what they are worried about."""
    moment, posted = now(), request.POST if request.method == "POST" else None
    page, writer, who = OnePage(WorriedForm, posted), Writer(posted), Reporter(posted)
    fact = page.fact(writer.code(), moment) if posted is not None and who.is_valid() else None
    if fact is not None:
        return _sent(request, fact, page.form.coming, moment, who.cleaned_data)
    context = {"form": page.form, "writer": writer, "who": who} | reading(moment)
    return render(request, "onrecord/doors/worried.html", context)


@unsigned
def work(request: HttpRequest) -> HttpResponse:
    """A professional reports in two minutes, with nothing between them and Send."""
    moment, posted = now(), request.POST if request.method == "POST" else None
    page, who, told = OnePage(WorkForm, posted), Professional(posted), Told(posted)
    whole = posted is not None and all((who.is_valid(), told.is_valid()))
    fact = page.fact(PROFESSIONAL, moment) if whole else None
    if fact is not None:
        return _sent(request, fact, page.form.coming, moment, who.cleaned_data, told.words())
    context = {"form": page.form, "who": who, "told": told, "outside": bool(read_outside())}
    return render(request, "onrecord/doors/work.html", context)


@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here, to a page that anybody might look at. What a browser lets us clear is cleared."""
    made = redirect(settings.LEAVE_FOR)
    made["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    made["Cache-Control"] = "no-store"
    return made


def reading(moment: datetime) -> dict[str, Any]:
    """When a person reads next, from the rota; never a promise that the rota does not hold."""
    agency = agency_of(DECIDING) or ""
    time = next_reading_time(moment, agency)
    reads = next_read(moment, time.start if time else None, time.end if time else None, get_default_timezone())
    return {"reading": reads, "nobody": time is None}


def before(said: dict[str, str], moment: datetime) -> dict[str, Any]:
    """What a child is told before Send: who reads it, and by when there is an answer."""
    agency = agency_of(DECIDING) or ""
    return reading(moment) | {
        "readers": len({user for role in DECIDERS for user in holders(role, agency)}),
        "agency": called(agency),
        "sealed": said.get("positions") == "yes",
        "by": heard_by(moment),
    }


def _sent(
    request: HttpRequest,
    fact: ReportReceived,
    uid: UUID,
    moment: datetime,
    who: dict[str, str] | None = None,
    told: str | None = None,
) -> HttpResponse:
    """Take the report, and say so. An id that stands for other words, by a page sent twice, makes a second report."""
    none = "no_words" in request.POST
    pair, kept = None if none else made_before(uid, draw_pair), Kept(None)

    def beside(made: Entry) -> None:
        nonlocal kept
        kept = Kept(None)
        kept = Kept(_known(made, who, moment), *_words(made, pair, moment, none=none), _told(made, told, moment))

    together = crowd.together(address_of(request), moment)
    try:
        made = report_unnamed(fact, uid, moment, together=together, beside=beside)
    except IdTaken:
        made = report_unnamed(fact, uuid4(), moment, together=together, beside=beside)
    return _received(fact, made, kept, none=none)


def _known(made: Entry, who: dict[str, str] | None, moment: datetime) -> bool | None:
    """Keep who reported apart from what they said; None where nobody said. The report stands whatever becomes of it."""
    if not who or not any(text.strip() for text in who.values()):
        return None
    said = (who["name"] or NO_NAME, who.get("organisation", ""), who["contact"])
    return done(made.id, partial(keep_identity, made, *said, uuid5(made.id, "identity"), moment))


def _told(made: Entry, words: str | None, moment: datetime) -> bool | None:
    """Tell one person outside that they were told not to report; None where they were not. The report stands."""
    return None if words is None else done(made.id, partial(was_told, made, words, moment))


def _words(made: Entry, pair: Pair | None, moment: datetime, *, none: bool) -> tuple[bool, str, str]:
    """Whether words could be kept, or given up as was wished; then those that are to be shown, if they were not yet."""
    found: list[Words | None] = [None]
    if none:
        return done(made.id, partial(keep_none, made, "sent", moment)), "", ""
    again = moment - made.recorded_at < TWICE
    held = pair is not None and done(made.id, lambda: found.append(words_for(made.id, pair, again=again)))
    own, second = found[-1] or ((), ())
    return held, " ".join(own), " ".join(second)


def _received(fact: ReportReceived, made: Entry, kept: Kept, *, none: bool) -> HttpResponse:
    """What whoever wrote sees after Send. Nothing in it depends on the child, or on what is known of them."""
    codes: dict[str, Code] = {
        "said_by": fact.said_by,
        "trigger": trigger(fact) if fact.said_by == PROFESSIONAL else "",
        "danger": fact.danger_now == "yes",
        "known": kept.known,
        "told": kept.told,
        "failed": not kept.held,
        "no_words": none,
    }
    texts = {
        "received": date_format(localtime(made.recorded_at), "l j F Y, H:i"),
        "by": by_when(heard_by(made.recorded_at)),
        "told_by": by_when(looked_into_by(made.recorded_at)) if kept.told else "",
        "own": kept.own,
        "second": kept.second,
    }
    return filled("onrecord/doors/sent.html", codes, texts)
