"""The question why, before something hidden is shown."""

from collections.abc import Mapping
from typing import Any

from django import forms

from onrecord.ledger.rules.shape import blank

LONGEST = 2000


class WhyForm(forms.Form):
    """Why somebody needs to see what is hidden."""

    why = forms.CharField(
        label="Why do you need to see it?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": "Say why in fewer words."},
    )

    @classmethod
    def heard(cls, sent: Mapping[str, Any], prefix: str) -> "WhyForm":
        """The question as it was answered; unanswered where its field, under this prefix, was not sent."""
        return cls(sent if f"{prefix}-why" in sent else None, prefix=prefix)

    @property
    def said(self) -> str:
        """The answer; "" while there is none that will do."""
        return str(self.cleaned_data["why"]) if self.is_valid() else ""

    def clean_why(self) -> str:
        """A sentence, never nothing."""
        said = str(self.cleaned_data["why"])
        if blank(said):
            raise forms.ValidationError("Say why you need to see it.")
        return said
