"""Forms by which staff record a fact: a sheet asks, records, and asks for a reason where something would be lowered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Protocol
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest

from onrecord.access.facts import ReadingRotaSet
from onrecord.access.queries import with_children
from onrecord.access.rules import Denied, Viewer
from onrecord.duties.actions import IdTaken, NeedsReason, ReasonRefused, Recorded, Unanswerable, record
from onrecord.duties.rules import Lowered
from onrecord.ledger.facts import Declined, Fact, Seconded, When
from onrecord.ledger.facts.entry import LOWERING_REASONS, REFUSED_REASONS
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.forms import Ask, DayWidget, form_for
from onrecord.ledger.rules.moment import read_clock
from onrecord.ledger.rules.shape import blank

REASON, WORDS = "lowering_reason", "lowering_words"
MIXED = "One of these is signed by itself, or is signed already. Nothing was recorded."
UNSIGNED = "Choose agree, disagree, or not enough to decide."
SENT_BEFORE = "This was sent before, with other words. Nothing you wrote is lost. Send it again to record it as well."


class Hearing(Protocol):
    """What a sheet needs of a form: it makes a fact of what was typed, and shows faults."""

    fields: dict[str, forms.Field]
    errors: Any
    data: Any

    @property
    def coming(self) -> UUID:
        """The id of the fact to be."""

    def hear(self, now: datetime, also: Mapping[str, Any] | None = None) -> Fact | None:
        """The fact, or None with what is wrong beside each field."""

    def happened(self, now: datetime) -> When:
        """When it happened, as said."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Put a fault beside a field."""

    def __getitem__(self, name: str) -> Any:
        """A field with its value."""


class SecondForm(forms.Form):
    """The second signature: agree, disagree, or not enough to decide, each with a sentence why."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = forms.CharField(
        label="Do you agree?",
        required=False,
        widget=forms.RadioSelect(
            choices=[("agree", "Agree"), ("disagree", "Disagree"), ("not_enough", "Not enough to decide")]
        ),
    )
    why = forms.CharField(label="Why?", required=False, strip=False, widget=forms.Textarea({"rows": 3}))

    @property
    def coming(self) -> UUID:
        """The id of the answer to be."""
        return UUID(str(self["id"].value()))

    def happened(self, now: datetime) -> When:
        """Now: a signature is given when it is given."""
        return When.at(now)

    def hear(self, now: datetime, also: Mapping[str, Any] | None = None) -> Fact | None:
        """`Seconded` or `Declined`; None with what is missing."""
        self.full_clean()
        answer, why = str(self["answer"].data or ""), str(self["why"].data or "")
        said = dict(also or {}) | ({} if blank(why) else {"why": why})
        made: type[Fact] = Seconded if answer == "agree" else Declined
        try:
            heard = made.heard(said if answer == "agree" else said | ({"answer": answer} if answer else {}))
        except Refused as refused:
            for fault in refused.faults:
                self.add_error(fault.field, UNSIGNED if fault.field == "answer" else fault.message)
            return None
        return heard


class BulkForm(forms.Form):
    """The second signature of several ordinary lines at once: agreeing only, with a sentence why."""

    page = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    tick = forms.MultipleChoiceField(
        label="Which?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick the lines to which you agree.", "invalid_choice": MIXED},
    )
    why = forms.CharField(
        label="Why do you agree to each of them?",
        error_messages={"required": "Say in a sentence why you agree."},
        widget=forms.Textarea({"rows": 3}),
        max_length=20_000,
    )

    def __init__(self, together: Mapping[str, str], sent: Any = None) -> None:
        """Take the lines that may be signed together, by the proposal's id, and what was sent."""
        super().__init__(sent, prefix="bulk")
        self.fields["tick"].choices = list(together.items())  # type: ignore[attr-defined]


class Sheet:
    """One form of a page, by which one fact is recorded. `recorded` is what came of it; None while there is nothing."""

    def __init__(
        self,
        request: HttpRequest,
        viewer: Viewer,
        fact: type[Fact] | None,
        now: datetime,
        *,
        name: str,
        about: Sequence[UUID] = (),
        regarding: Sequence[UUID] = (),
        waiting: Sequence[UUID] = (),
        ask: Ask | None = None,
        with_when: bool = False,
        also: Mapping[str, Any] | None = None,
    ) -> None:
        """Hear what was sent, if this is the form that was. Without a `fact` it asks for a second signature.

        `waiting` is what it would answer besides `regarding`: of that it answers what stood on the page when the form
        was asked for. What came in since is still to be read.
        """
        self.name, self.lowers, self.waiting = name, list[Lowered](), tuple(waiting)
        self.title = fact.title if fact else Seconded.title
        sent = request.POST if request.method == "POST" and request.POST.get("form") == name else None
        seen = [uid for uid in waiting if sent is not None and str(uid) in sent.getlist(f"{name}-read")]
        self._said: dict[str, Any] = {"about": about, "regarding": tuple(dict.fromkeys((*regarding, *seen)))}
        made: type[Any] = form_for(fact, ask=ask, with_when=with_when) if fact else SecondForm
        self.form: Hearing = made(sent, prefix=name, initial={"id": str(uuid4())})
        for field in {fact.lends, fact.given_to} & self.form.fields.keys() if fact else ():
            agencies = [("", "Choose an agency"), *with_children().items()]
            self.form.fields[field].widget = forms.Select(choices=agencies)
        self.asked_before = sent is not None and f"{name}-{WORDS}" in sent
        if self.asked_before:
            self._ask_reason()
        self.recorded = self._record(viewer, now, also) if sent is not None else None

    @property
    def asks_reason(self) -> bool:
        """Whether a reason for lowering is asked."""
        return REASON in self.form.fields

    @property
    def reason_field(self) -> Any:
        """The field of the reason, with what is wrong with it."""
        return self.form[REASON]

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Every reason somebody may pick; those that are never a reason stand apart, and are answered in words."""
        chosen = str(self.form[REASON].value() or "")
        offered = [*LOWERING_REASONS.offered.items(), None, *REFUSED_REASONS.offered.items()]
        return [
            {"value": one[0], "text": one[1], "checked": one[0] == chosen} if one else {"divider": "or another reason"}
            for one in offered
        ]

    def _record(self, viewer: Viewer, now: datetime, also: Mapping[str, Any] | None) -> Recorded | None:
        fact = self.form.hear(now, also)
        if fact is None:
            return None
        when = self.form.happened(now)
        happened = None if when == When.at(now) else when
        said = {"uid": self.form.coming, "happened": happened, "lowering": self._lowering(), **self._said}
        try:
            return record(viewer, fact, now=now, **said)
        except NeedsReason as needs:
            self._needs_reason(needs)
        except ReasonRefused as refused:
            own, _ = fact.puts_off or fact.leaves_out or (None, "")
            self.form.add_error(REASON if self.asks_reason else own, str(refused))
        except Refused as faulty:
            self._faults(faulty)
        except IdTaken:
            self.form.add_error(None, SENT_BEFORE)
            self.form.data = self.form.data.copy()
            self.form.data[f"{self.name}-id"] = str(uuid4())
        except (Unanswerable, Denied) as why:
            self.form.add_error(None, str(why))
        return None

    def _lowering(self) -> dict[str, str] | None:
        if not self.asked_before:
            return None
        return {"reason": str(self.form[REASON].data or ""), "words": str(self.form[WORDS].data or "")}

    def _needs_reason(self, needs: NeedsReason) -> None:
        self.lowers = list(needs.lowers)
        if self.asked_before:
            self.form.add_error(REASON, "Choose a reason.")
        else:
            self._ask_reason()

    def _faults(self, refused: Refused) -> None:
        for fault in refused.faults:
            field = fault.field.replace("lowering.", "lowering_")
            self.form.add_error(field if field in self.form.fields else None, fault.message)

    def _ask_reason(self) -> None:
        codes = [*LOWERING_REASONS.offered.items(), *REFUSED_REASONS.offered.items()]
        radios = forms.RadioSelect(choices=codes)
        self.form.fields[REASON] = forms.CharField(label="What is the reason?", required=False, widget=radios)
        self.form.fields[WORDS] = forms.CharField(
            label="In your words", required=False, strip=False, widget=forms.Textarea({"rows": 3})
        )


class InviteForm(forms.Form):
    """For whom a link to set a password is made, or proposed."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    user = forms.CharField(label="Who sets their password?", error_messages={"required": "Choose for whom it is."})
    why = forms.CharField(
        label="If it takes two: how do you know that it is them who ask?",
        help_text="The second person reads it.",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=20_000,
    )

    def __init__(self, chosen: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """Take who can be chosen, by sign-in name, and Django's arguments."""
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        self.fields["user"].widget = forms.Select(choices=[("", "Choose one"), *chosen.items()])

    def clean_user(self) -> str:
        """Somebody of those who can be chosen."""
        user = str(self.cleaned_data["user"])
        if user not in self.chosen:
            raise forms.ValidationError("Choose for whom it is.")
        return user


class TakeBackForm(forms.Form):
    """Why a key of another system is taken back."""

    why = forms.CharField(
        label="Why?",
        help_text="The person for whom it speaks, and their manager, are told.",
        error_messages={"required": "Say in a sentence why it is taken back."},
        widget=forms.Textarea({"rows": 2}),
        max_length=20_000,
    )


class RotaForm(forms.Form):
    """Who reads the front door, on which day, from when until when; past midnight it ends on the next day."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    user = forms.CharField(label="Who reads?", required=False)
    day = forms.CharField(label="On which day?", required=False, widget=DayWidget())
    starts = forms.CharField(label="From", help_text="For example, 09:00", required=False)
    ends = forms.CharField(label="Until", help_text="For example, 17:30. At most 24 hours later.", required=False)

    def __init__(self, readers: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """Take who can be chosen, by sign-in name, and Django's arguments."""
        super().__init__(*args, **kwargs)
        self.fields["user"].widget = forms.Select(choices=[("", "Choose one"), *readers.items()])

    def hear(self, zone: tzinfo) -> ReadingRotaSet | None:
        """The fact, with times of the clock in `zone`; None with what is wrong beside each field."""
        self.full_clean()
        typed = {name: str(self[name].value() or "") for name in ("user", "starts", "ends")}
        starts, ends = read_clock(typed["starts"].strip()), read_clock(typed["ends"].strip())
        day = self._day()
        asked = {"user": bool(typed["user"]), "day": day is not None, "starts": bool(starts), "ends": bool(ends)}
        for name in (name for name, answered in asked.items() if not answered):
            self.add_error(name, UNREAD[name])
        if day is None or starts is None or ends is None or self.errors:
            return None
        start = datetime.combine(day, starts, zone)
        end = datetime.combine(day if ends > starts else day + timedelta(days=1), ends, zone)
        return ReadingRotaSet(user=typed["user"], reads=When(earliest=start, latest=end))

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(str(self["day"].data or ""))
        except ValueError:
            return None


UNREAD = {
    "user": "Choose who reads.",
    "day": "Enter a real date, for example 27 3 2026.",
    "starts": "Enter a time of the clock, such as 09:00.",
    "ends": "Enter a time of the clock, such as 17:30.",
}
