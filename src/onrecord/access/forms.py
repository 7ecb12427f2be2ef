"""The forms of signing in: the fields of django-allauth, asked for in our own words."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm, SetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from onrecord.access.gateway import forget_tries, may_try

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
CODE = {
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
    "class": "govuk-input--width-10",
}
PASSWORD = {"autocomplete": "current-password"}
LENGTH = "At least 12 characters. Three or four words that do not belong together are good."


def _ask(form: forms.Form, name: str, label: str, missing: str, widget: forms.Widget, hint: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text, field.widget = label, hint, widget
    field.error_messages["required"] = missing
    form.label_suffix = ""


class SignIn(LoginForm):
    """Sign-in name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        _ask(self, "login", "Sign-in name", "Enter your sign-in name.", forms.TextInput(NAME))
        _ask(self, "password", "Password", "Enter your password.", forms.PasswordInput(PASSWORD))


class PasswordAgain(ReauthenticateForm):
    """The password again, before something about signing in is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        _ask(self, "password", "Password", "Enter your password.", forms.PasswordInput(PASSWORD))


class NewPassword(ChangePasswordForm):
    """Another password in place of the one that is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        new = {"autocomplete": "new-password"}
        _ask(self, "oldpassword", "Password now", "Enter the password you have now.", forms.PasswordInput(PASSWORD))
        _ask(self, "password1", "New password", "Enter a new password.", forms.PasswordInput(new), LENGTH)
        _ask(self, "password2", "New password again", "Enter the new password again.", forms.PasswordInput(new))


class FirstPassword(SetPasswordForm):
    """A password of one's own, set by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        new = {"autocomplete": "new-password"}
        _ask(self, "password1", "Password", "Enter a password.", forms.PasswordInput(new), LENGTH)
        _ask(self, "password2", "Password again", "Enter the password again.", forms.PasswordInput(new))


class Coded:
    """A code that is asked for. Wrong ones slow the place that sent them, and nobody else who is this person."""

    fields: dict[str, forms.Field]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        hint = "Six digits from your app, or one of your recovery codes."
        _ask(self, "code", "Code", "Enter the code.", forms.TextInput(CODE), hint)  # type: ignore[arg-type]

    def clean_code(self) -> str:
        """The code, if it is right and not too many wrong ones came from here."""
        key = f"second step of {self.user.pk}"
        if not may_try(context.request, key, self.user.username):
            raise get_adapter().validation_error("too_many_tries")
        code: str = super().clean_code()  # type: ignore[misc]
        forget_tries(context.request, key, self.user.username)
        return code


class SecondStep(Coded, second.AuthenticateForm):
    """The second step of signing in."""


class CodeAgain(Coded, second.ReauthenticateForm):
    """A code again, before something about signing in is changed."""


class SetUpApp(ActivateTOTPForm):
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        hint = "The six digits that the app shows now."
        _ask(self, "code", "Code", "Enter the code that the app shows.", forms.TextInput(CODE), hint)


class AddPasskey(AddWebAuthnForm):
    """A passkey that was just made: always one that signs in by itself, after the device has made sure who holds it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take allauth's arguments; ask in our own words."""
        super().__init__(*args, **kwargs)
        hint = "So that you know it again in your list, such as “phone” or “blue key”."
        _ask(self, "name", "What do you call it?", "Give it a name.", forms.TextInput({"autocomplete": "off"}), hint)
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages["required"] = "No passkey was made. Try again."
