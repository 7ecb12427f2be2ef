"""The doors where nobody signs in: one question a page for a child, one page for everybody else.

The fact's class still says what is asked and judges it. What was typed survives whatever is wrong with it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext

from onrecord.intake.facts import ReportReceived
from onrecord.intake.gateway import TooOld, carried, taken_up
from onrecord.intake.rules.doors import CHILD, Question, left_open
from onrecord.ledger.forms import Ask, FactForm, form_for

LINE = 300
SHORTEN = {"max_length": "Shorten this: it has %(show_value)d characters, of %(limit_value)d at most."}
"""Said as of a fact's own fields, so that it is said in every language of the doors."""
UNSAID = (("unknown", "I don't know"), ("rather_not", "I'd rather not say"))
ONLY = {"place": ("name",), "child": ("given_name", "described")}
PLAIN: dict[str, str] = {
    "danger_now": "Are you in danger right now?",
    "reach": "How can we answer you safely?",
    "reach_how": "Is there anything we should know first? A good time, a safe number, a name.",
    "must_not_know": "Who must not find out that you wrote?",
    "words": "What is happening?",
    "who": "Who is doing it?",
    "place": "Where does it happen?",
    "place-name": "Where does it happen?",
    "positions": "Does any of them work with children, the police, the council or taxis?",
    "child": "Who are you?",
    "child-given_name": "Name or nickname",
    "child-described": "How old you are, or your school",
}
"""The questions in a child's words."""
NO_HINTS = dict.fromkeys(PLAIN, "")
HINTS = {one.name: {name: one.says for name in (one.fields[0], f"{one.fields[0]}-name")} for one in CHILD}
EVERY = tuple(name for question in CHILD for name in question.fields)
ChildForm = form_for(ReportReceived, ask=Ask(EVERY, PLAIN, NO_HINTS, only=ONLY), with_when=False)
"""Everything a child is asked."""
PAGES = {
    one.name: form_for(
        ReportReceived, ask=Ask(one.fields, PLAIN, NO_HINTS | HINTS[one.name], only=ONLY), with_when=False
    )
    for one in CHILD
}
"""What stands on each page: its question heads it, with what it says beneath."""
NAMES = tuple(one.name for one in CHILD)
CHECK, SENT = "check", "send"
HERE = "here"
"""Stay on the page, in another language; what was typed stays."""


class Telling:
    """A child on the way through the questions. Nothing is kept but what the page carries, until Send."""

    def __init__(self, posted: QueryDict | None, now: datetime) -> None:
        """Take what was posted: the answers so far, and what was just typed, which a page that is too old keeps."""
        self.now, self.old, self.faulty = now, False, False
        kept: dict[str, str] = {}
        if posted is not None:
            try:
                kept = taken_up(posted.get("kept", ""), now)
            except TooOld:
                self.old = True
        self.said = kept | _typed(posted, posted.get("at", "") if posted is not None else "")
        self.kept_before = "id" in kept
        self.said.setdefault("id", str(uuid4()))
        self.at = self._next(posted.get("at", ""), posted.get("go", "next")) if posted is not None else NAMES[0]

    @property
    def coming(self) -> UUID:
        """The id of the report to be."""
        return UUID(self.said["id"])

    @property
    def question(self) -> Question | None:
        """What is asked now; None on the last page."""
        return next((one for one in CHILD if one.name == self.at), None)

    @property
    def number(self) -> int:
        """The how many-th question it is."""
        return NAMES.index(self.at) + 1

    def kept(self) -> str:
        """The answers as the page carries them on."""
        return carried(self.said, self.now)

    def form(self) -> FactForm:
        """The form of the question that is asked now, with what was said before and what is wrong with it."""
        question = self.question or CHILD[0]
        made: FactForm = PAGES[question.name](dict(self.said))
        made.full_clean()
        for name, messages in self._whole().errors.items():
            if self.faulty and name in made.fields:
                made.add_error(name, list(messages))
        if question.unsaid:
            name = f"unsaid-{question.unsaid}"
            made.fields[name] = forms.ChoiceField(
                label="Or choose one of these", choices=UNSAID, widget=forms.RadioSelect, required=False
            )
        return made

    def fact(self) -> ReportReceived | None:
        """The report; None where something that was typed cannot be taken as it stands."""
        heard = self._whole()
        return heard.made if isinstance(heard.made, ReportReceived) else None

    def answers(self) -> list[tuple[str, str, str]]:
        """What was said, to look over: the question's name, its words, and the answer."""
        return [(one.name, one.title, _spoken(one, self.said)) for one in CHILD]

    def _whole(self) -> "Heard":
        return Heard(ChildForm(dict(self.said)), left_open("child", self.said), self.now)

    def _next(self, at: str, go: str) -> str:
        """Where the way leads: not on, while something is wrong with what was just typed."""
        if self.old or at not in (*NAMES, CHECK):
            return at if at in NAMES else NAMES[0]
        place = (*NAMES, CHECK).index(at)
        if go == HERE:
            return at
        if go == "back":
            return (*NAMES, CHECK)[max(0, place - 1)]
        wrong = self._wrong()
        if go == SENT and not wrong:
            return SENT
        if go.removeprefix("change-") in NAMES:
            return go.removeprefix("change-")
        if at in wrong or (at == CHECK and wrong):
            self.faulty = True
            return wrong[0] if at == CHECK else at
        return (*NAMES, CHECK)[min(place + 1, len(NAMES))]

    def _wrong(self) -> list[str]:
        """The questions with whose answers something is wrong."""
        names = set(self._whole().errors)
        return [one.name for one in CHILD if names.intersection(PAGES[one.name]().fields)]


class Heard:
    """A form that was heard: the fact, or what is wrong."""

    def __init__(self, form: FactForm, also: Mapping[str, Any], now: datetime) -> None:
        """Hear it, with what stands for all that was left open."""
        self.form = form
        self.made = form.hear(now, also)
        self.errors: Mapping[str, Any] = form.errors


def _typed(posted: QueryDict | None, at: str) -> dict[str, str]:
    """What was typed on a page, as far as the page asked it."""
    if posted is None or at not in PAGES:
        return {}
    question = next(one for one in CHILD if one.name == at)
    asked = [name for name in PAGES[at]().fields if name != "id"] + [f"unsaid-{question.unsaid}"]
    return {name: posted.get(name, "") for name in asked}


def _spoken(question: Question, said: Mapping[str, str]) -> str:
    """The answer to a question as a child would read it back."""
    form = PAGES[question.name]()
    found = []
    for name in form.fields:
        text = said.get(name, "").strip() if name != "id" else ""
        choices = dict(getattr(form.fields[name].widget, "choices", ()))
        found += [gettext(choices[text]) if text in choices else text] if text else []
    if not found and question.unsaid:
        found = [gettext(dict(UNSAID).get(said.get(f"unsaid-{question.unsaid}", ""), ""))]
    return "\n".join(one for one in found if one) or gettext("You did not answer this.")


RING = "If somebody may ring or write to you: on which number or address, and when is it safe?"
SEEN = "Whoever reads your report sees this. What you write under “Who you are” they do not see."
WORRIED = Ask(
    names=("danger_now", "words", "child", "who", "place", "positions", "must_not_know", "reach", "reach_how"),
    labels={
        "danger_now": "Is the child in danger now?",
        "words": "What have you seen, heard or been told?",
        "child": "Who is the child?",
        "child-described": "How old they are, their school, or how they look",
        "who": "Who is doing it, as far as you know?",
        "place": "Where does it happen?",
        "place-name": "A street, a shop, a house, a website",
        "positions": "Does anyone in it work with children, the police, the council or taxis?",
        "must_not_know": "Who must not find out that you wrote?",
        "reach": "How can we answer you safely?",
        "reach_how": RING,
    },
    hints={
        "reach_how": SEEN,
        "words": "You do not need proof. Write it as you would say it.",
        "child": "As much as you know. All of it can be left out.",
    },
    only={"child": ("given_name", "family_name", "described"), "place": ("name",)},
    first={"child": ("given_name", "family_name", "described")},
)
WORK = Ask(
    names=("child", "words", "concern", "danger_now", "must_not_know", "positions", "reach_how"),
    folded=("who", "place"),
    fold_label="Add more, if you know it: who, where",
    labels={
        "words": "What have you seen or been told?",
        "place-name": "Where?",
        "place": "Where does it happen?",
        "reach_how": RING,
    },
    hints={"reach_how": SEEN},
    only={"child": ("given_name", "family_name", "born", "described"), "place": ("name",)},
)
WorriedForm = form_for(ReportReceived, ask=WORRIED, with_when=False)
"""What somebody is asked who is worried about a child."""
WorkForm = form_for(ReportReceived, ask=WORK, with_when=False)
"""What a professional is asked who does not sign in."""


class Writer(forms.Form):
    """Who writes: a parent or carer, or somebody else."""

    said_by = forms.ChoiceField(
        label="Who are you?",
        choices=[("parent", "The parent or carer"), ("public", "Somebody else"), ("other", "I'd rather not say")],
        widget=forms.RadioSelect,
        required=False,
    )

    def code(self) -> str:
        """Who says it, as a code."""
        self.full_clean()
        return str(self.cleaned_data.get("said_by") or "other")


class Reporter(forms.Form):
    """Who somebody is who does not sign in. All of it may be left out; it is kept apart from the report."""

    name = forms.CharField(label="Your name", required=False, max_length=LINE, error_messages=SHORTEN)
    contact = forms.CharField(label="How can we reach you?", required=False, max_length=LINE, error_messages=SHORTEN)


class Professional(Reporter):
    """The same of a professional."""

    organisation = forms.CharField(label="Where you work", required=False, max_length=LINE, error_messages=SHORTEN)
    field_order = ("name", "organisation", "contact")


class Told(forms.Form):
    """Whether a professional was told not to report it. It never stands in the report: one person outside reads it."""

    told = forms.ChoiceField(
        label="Were you told not to report this, or not to write it down?",
        choices=[("yes", "Yes"), ("no", "No"), ("rather_not", "I'd rather not say")],
        widget=forms.RadioSelect,
        required=False,
    )
    told_words = forms.CharField(
        label="If you were: what was said, and who said it?",
        help_text="This is not in your report. It goes at once to one person outside, and to nobody inside. "
        "Nobody you name here reads it, or your report.",
        widget=forms.Textarea({"rows": 3}),
        required=False,
        strip=False,
        max_length=20_000,
        error_messages=SHORTEN,
    )

    def words(self) -> str | None:
        """What was said, as far as it was written; None where nothing was. What is written counts as yes."""
        said = str(self.cleaned_data.get("told_words") or "")
        return said if said.strip() or self.cleaned_data.get("told") == "yes" else None


class OnePage:
    """A door of one page, with nothing between it and Send. What was typed stays, whatever is wrong with it."""

    def __init__(self, asked: type[FactForm], posted: QueryDict | None) -> None:
        """Take what was posted."""
        self.form = asked(posted, initial={"id": str(uuid4())})

    def fact(self, said_by: str, now: datetime) -> ReportReceived | None:
        """The report, with what stands for all that was left open; None with what is wrong beside each field."""
        typed = {name: str(self.form[name].data or "") for name in self.form.fields}
        heard = self.form.hear(now, left_open(said_by, typed))
        return heard if isinstance(heard, ReportReceived) else None
