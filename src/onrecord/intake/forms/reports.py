"""How a report is asked for: short at first, with more folded; taken in from a file; noted down from a call."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest

from onrecord.access.rules import Viewer
from onrecord.intake.actions import keep_fetched, seal_upload
from onrecord.intake.facts import ReportReceived
from onrecord.intake.gateway import claimed, fetched
from onrecord.intake.rules.papers import LARGEST, Paper, Piece, Unreadable, shortened
from onrecord.ledger.facts import Entry, Fact, When
from onrecord.ledger.forms import Ask, form_for
from onrecord.ledger.rules.shape import blank

CHILD = ("given_name", "family_name", "born", "described", "other_names", "sex", "phone", "postcode", "upn")
ASK = Ask(
    names=("child", "words", "concern", "danger_now", "must_not_know", "child_reach", "positions"),
    folded=("happened", "setting", "place", "vehicles", "phones", "reporter_contact"),
    fold_label="Add more, if you know it: when, where, cars, phones",
    labels={
        "words": "What have you seen or been told?",
        "reporter_contact": "How can we reach you about this?",
        "setting": "Where does it happen?",
    },
    only={"child": CHILD},
)
CALL = Ask(
    names=("child", "words", "danger_now", "must_not_know", "child_reach"),
    folded=("happened",),
    fold_label="When was it?",
    labels={"words": "What do they say?", "must_not_know": "Who must not find out that they rang?"},
    hints={"words": "In their words. Read it back to them.", "danger_now": "If so, they or you call 999 now."},
    only={"child": ("given_name", "family_name", "born", "described")},
)
CALLED = {"concern": "not_sure", "positions": "unknown"}
"""What nobody is asked on the telephone."""
LINE = 300

ReportForm = form_for(ReportReceived, ask=ASK)
"""What somebody who reports is asked."""
CallForm = form_for(ReportReceived, ask=CALL)
"""What is asked of somebody who rings."""


class Came(forms.Form):
    """What came: who sent it, and the file."""

    file = forms.FileField(
        label="The file",
        help_text="A PDF, a Word file (.docx), an e-mail (.eml) or plain text (.txt), up to 20 megabytes.",
        required=False,
        allow_empty_file=True,
    )
    sender = forms.CharField(
        label="Who sent it?",
        help_text="A name and an agency, or the address it came from. It stands on the report beside your own name.",
        required=False,
        max_length=LINE,
    )


class Rang(forms.Form):
    """Who rang."""

    caller = forms.CharField(
        label="Who is ringing?",
        help_text="Leave it blank if they would rather not say. It is a report all the same.",
        required=False,
        max_length=140,
    )
    number = forms.CharField(label="Their number", required=False, max_length=40)
    behalf = forms.CharField(
        label="On whose behalf?", help_text="For example, a school, or a neighbour.", required=False, max_length=100
    )

    def on_behalf(self) -> str:
        """Who said it, in a line."""
        who = self.cleaned_data["caller"] or "Somebody who rang and gave no name"
        behalf = self.cleaned_data["behalf"]
        return f"{who}, for {behalf}" if behalf else who

    def contact(self) -> dict[str, str]:
        """How they can be reached, as an answer of the report; nothing where they gave no number."""
        number = self.cleaned_data["number"]
        return {"reporter_contact": f"{self.cleaned_data['caller'] or 'The caller'}, {number}"} if number else {}


class Referral:
    """A page on which a file is read into a report's form, as often as there are files, and then sent.

    Whatever is wrong with a file, everything typed stays. A file is sealed as soon as it arrives; the page carries a
    ticket for it until the report is sent.
    """

    def __init__(self, request: HttpRequest, viewer: Viewer) -> None:
        """Take what was sent."""
        sent = request.POST if request.method == "POST" else None
        self.viewer, self.trouble = viewer, ""
        self.reading = sent is not None and "read" in sent
        self.form = ReportForm(sent, initial={"id": uuid4()})
        self._typed = request.POST.copy()
        self.came = Came(self._typed, request.FILES) if sent is not None else Came()
        self.kept, strange = claimed(viewer.user, sent.getlist("original") if sent is not None else [])
        if strange:
            self.came.add_error("file", "A file was lost on the way. Choose it again.")
        if self.reading:
            self._read(request.FILES.get("file"))

    @property
    def on_behalf(self) -> str | None:
        """Who sent it, as far as that was said."""
        return " ".join(str(self.came["sender"].value() or "").split())[:LINE] or None

    def hear(self, now: datetime) -> Fact | None:
        """The report; None while a file is being read, or with what is wrong beside each field."""
        return None if self.reading or self.came.errors else self.form.hear(now)

    def happened(self, now: datetime) -> When:
        """When it happened, as said."""
        return self.form.happened(now)

    def pieces(self) -> Sequence[Piece]:
        """The files that were taken in, opened; to be compared before the report goes anywhere."""
        with suppress(OSError):
            return fetched(self.viewer.user, [one for one, _ in self.kept])[0]
        return ()

    def join(self, made: Entry) -> int:
        """Keep the files with the report that was sent; how many could not be had."""
        return keep_fetched(self.viewer, made, [one for one, _ in self.kept])

    def _read(self, file: Any) -> None:
        if file is None:
            self.came.add_error("file", "Choose a file first.")
            return
        try:
            if file.size > LARGEST:
                raise Unreadable(f"The file is larger than {LARGEST // 1024 // 1024} megabytes.")
            paper, tickets = seal_upload(self.viewer, self._coming(), file.read(), file.name)
        except Unreadable as refusal:
            self.came.add_error("file", f"{refusal} Nothing that you typed is lost.")
        except OSError:
            self.came.add_error("file", "The file could not be kept. Try again, or write down what it says.")
        else:
            self._fill(paper, tickets)

    def _coming(self) -> UUID:
        """The id of the report to be; a new one where the page lost it."""
        try:
            return self.form.coming
        except ValueError:
            self.form.typed["id"] = str(uuid4())
            return self.form.coming

    def _fill(self, paper: Paper, tickets: Sequence[str]) -> None:
        """Put what was read below what was typed."""
        self.kept = claimed(self.viewer.user, [*(one for one, _ in self.kept), *tickets])[0]
        self.trouble = paper.trouble
        read = "\n\n".join(part for part in (paper.subject, paper.words.strip()) if not blank(part))
        typed = str(self.form.typed.get("words") or "")
        if not blank(read):
            self.form.typed["words"] = shortened(read if blank(typed) else f"{typed}\n\n{read}")
        if paper.sender and not self.on_behalf:
            self._typed["sender"] = paper.sender[:LINE]
