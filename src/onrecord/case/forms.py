"""What is asked before a child is looked for, before an address is shown, and before a file is opened by reason."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest
from pydantic import ValidationError

from onrecord.access.facts import GlassBroken
from onrecord.case.facts import DocumentKept
from onrecord.intake.rules.papers import LARGEST
from onrecord.ledger.facts import Person
from onrecord.ledger.forms import Ask, DayWidget, FactForm, form_for
from onrecord.ledger.rules.shape import blank

LONGEST = 2000
FILE = re.compile(r"/children/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
NO_ADDRESS = "Copy the address of the other child's file. It holds /children/ and a long number."
SAFE = Ask(
    names=("who", "how", "when", "must_not_know", "judged"),
    folded=("trusts", "words"),
    fold_label="Add more: whom the child trusts, and the child's own words",
    labels={"must_not_know-row": "Name", "trusts": "Whom does the child trust?", "words": "In the child's own words"},
)
WORDING = Ask(names=("words", "why", "offered"))
ASSESS = Ask(
    groups=(
        ("Harm", ("happening", "nothing_happening", "could_happen", "nothing_feared")),
        ("Grooming, coercion and fear", ("grooming", "coercion", "fear")),
        ("Who was asked", ("asked", "child_says", "child_not_asked")),
        ("Level", ("level", "judgement")),
        ("A score, if a tool was used", ("score", "score_level", "tool", "differs")),
        ("Review", ("disagrees", "review_on")),
    ),
    labels={
        "happening": "Harm that is happening",
        "happening-row": "Harm",
        "nothing_happening": "If nothing is known to be happening: what was asked, and of whom?",
        "could_happen": "Harm that could happen",
        "could_happen-row": "Harm",
        "nothing_feared": "If nothing is feared: what was asked, and of whom?",
        "asked-row": "Who",
        "child_not_asked": "If the child said nothing about it: was the child asked, and if not, why?",
        "disagrees-row": "Somebody",
    },
)
DOCUMENT = Ask(names=("what", "from_whom", "dated"))
DocumentForm = form_for(DocumentKept, ask=DOCUMENT, with_when=False)
"""What a document is, from whom, of which day."""
GlassForm = form_for(GlassBroken, with_when=False)
"""Why a file has to be opened by somebody who does not work with the child."""

WHY = {
    "reported": "I have a worry about this child and want to add to it",
    "contacted": "Somebody contacted me about this child",
    "working": "I work with this child",
    "checking": "I am checking for another agency or area",
    "other": "Another reason",
}

WRONG = {
    "born": "Enter a date of birth such as 27 3 2012.",
    "given_name": "Enter a shorter first name.",
    "family_name": "Enter a shorter last name.",
}


class SearchForm(forms.Form):
    """Whom somebody looks for, and why. Two of first name, last name and birth date are needed."""

    given_name = forms.CharField(label="First name", required=False)
    family_name = forms.CharField(label="Last name", required=False)
    born = forms.CharField(
        label="Date of birth", help_text="For example, 27 3 2012", required=False, widget=DayWidget()
    )
    why = forms.CharField(
        label="Why do you need to look?", required=False, widget=forms.RadioSelect(choices=list(WHY.items()))
    )
    words = forms.CharField(
        label="In your words",
        help_text="What you write is kept with the search.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Say why in fewer words."},
    )

    @property
    def reason(self) -> str:
        """The reason as it is noted."""
        return f"{WHY[self.cleaned_data['why']]}. {self.cleaned_data['words']}"

    def clean(self) -> dict[str, Any]:
        """Everything that is missing or wrong, beside its field."""
        said = self.cleaned_data
        if said.get("why") not in WHY:
            self.add_error("why", "Choose why you need to look.")
        if "words" in said and blank(said["words"]):
            self.add_error("words", "Say in a sentence why you need to look.")
        named = {name: said[name] for name in ("given_name", "family_name", "born") if not blank(said.get(name))}
        if len(named) < 2:
            first = next(name for name in ("given_name", "family_name", "born") if name not in named)
            self.add_error(first, "Enter two of these: first name, last name, date of birth.")
        else:
            self.sought = self._person(named)
        return said

    def _person(self, named: dict[str, str]) -> Person | None:
        try:
            return Person.model_validate(named)
        except ValidationError as error:
            for name in dict.fromkeys(str(fault["loc"][0]) for fault in error.errors()):
                self.add_error(name, WRONG[name])
            return None


class Came(forms.Form):
    """The file that is to be kept."""

    file = forms.FileField(
        label="The file", help_text="Any sort of file, up to 20 megabytes.", required=False, allow_empty_file=True
    )


class MoveForm(forms.Form):
    """To which child's file a document is moved, and why."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    into = forms.CharField(
        label="The address of the right child's file",
        help_text="Open that file in another tab and copy its address here.",
        error_messages={"required": NO_ADDRESS},
        max_length=500,
    )
    why = forms.CharField(
        label="Why does it belong on the other file?",
        help_text="Both files show this. Name no child.",
        error_messages={"required": "Say in a sentence why it belongs there."},
        widget=forms.Textarea({"rows": 3}),
        max_length=LONGEST,
    )

    def clean_into(self) -> UUID:
        """The mention by which the file is called, out of the address of the file."""
        found = FILE.search(str(self.cleaned_data["into"]))
        if found is None:
            raise forms.ValidationError(NO_ADDRESS)
        return UUID(found[1])


class DocumentSheet:
    """A form by which a document is kept. Whatever is wrong with the file, everything typed stays."""

    def __init__(self, request: HttpRequest) -> None:
        """Take what was sent."""
        self.sent = request.method == "POST"
        typed = request.POST if self.sent else None
        self.form: FactForm = DocumentForm(typed, initial={"id": str(uuid4())})
        self.came = Came(typed, request.FILES) if self.sent else Came()
        self._file = request.FILES.get("file")
        self.data = b""

    @property
    def faulty(self) -> forms.Form:
        """The form with which something is wrong, if any is."""
        return self.came if self.came.errors else self.form

    def hear(self, now: datetime) -> DocumentKept | None:
        """The fact; None with what is wrong beside each field."""
        if self._file is None:
            self.came.add_error("file", "Choose a file first.")
        elif (self._file.size or 0) > LARGEST:
            most = LARGEST // 1024 // 1024
            self.came.add_error("file", f"The file is larger than {most} megabytes. Nothing that you typed is lost.")
        else:
            self.data = self._file.read()
        fact = self.form.hear(now, self._known())
        return fact if isinstance(fact, DocumentKept) and not self.came.errors else None

    def _known(self) -> dict[str, str]:
        """What is known of the file without asking."""
        name = str(self._file.name if self._file else "").strip()[:300]
        sort = str(self._file.content_type if self._file else "").strip()[:300]
        digest = sha256(self.data).hexdigest()
        return {"name": name or "no name", "media_type": sort or "none", "size": str(len(self.data)), "sha256": digest}
