"""The form people sign in with."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignIn(AuthenticationForm):
    """Sign-in name and password."""

    error_messages = {
        "invalid_login": "Check your sign-in name and password. At least one of them is not right.",
        "inactive": "This sign-in name is no longer in use.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take Django's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        name, password = self.fields["username"], self.fields["password"]
        name.label = "Sign-in name"
        name.widget = forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"})
        name.error_messages["required"] = "Enter your sign-in name."
        password.error_messages["required"] = "Enter your password."
