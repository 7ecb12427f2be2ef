"""What is asked before a child is looked for, before an address is shown, and before a file is opened by reason."""

from typing import Any

from django import forms
from pydantic import ValidationError

from onrecord.access.facts import GlassBroken
from onrecord.ledger.facts import Person
from onrecord.ledger.forms import Ask, DayWidget, form_for
from onrecord.ledger.rules.shape import blank

LONGEST = 2000
SAFE = Ask(
    names=("who", "how", "when", "must_not_know", "judged"),
    folded=("trusts", "words"),
    fold_label="Add more: whom the child trusts, and the child's own words",
    labels={"must_not_know-row": "Name", "trusts": "Whom does the child trust?", "words": "In the child's own words"},
)
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


class WhereForm(forms.Form):
    """Why somebody needs to see where a child lives."""

    why = forms.CharField(
        label="Why do you need to see it?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Say why in fewer words."},
    )

    def clean_why(self) -> str:
        """A sentence, never nothing."""
        said = str(self.cleaned_data["why"])
        if blank(said):
            raise forms.ValidationError("Say why you need to see it.")
        return said


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
