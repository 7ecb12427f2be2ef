"""Addresses of signing in and out, and of what somebody signs in with.

django-allauth finds them by the names that begin with account_, mfa_, usersessions_ and openid_connect_.
"""

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.decorators.cache import never_cache

from onrecord.access import forms
from onrecord.access.views import organisation
from onrecord.access.views.entering import Enter, sign_out
from onrecord.access.views.inviting import arrive, set_password
from onrecord.access.views.own import MINE, AddKey, ChangePassword, SetUp, own
from onrecord.access.views.sessions import where

BACK = {"back_url": MINE}
password_again = ReauthenticateView.as_view(form_class=forms.PasswordAgain, template_name="access/again.html")
code_again = CodeView.as_view(form_class=forms.CodeAgain, template_name="access/again.html")
key_again = ReauthenticateWebAuthnView.as_view(template_name="access/again_passkey.html")
no_app = DeactivateTOTPView.as_view(template_name="access/app_remove.html", extra_context=BACK)
codes = never_cache(ViewRecoveryCodesView.as_view(template_name="access/codes.html", extra_context=BACK))
new_codes = GenerateRecoveryCodesView.as_view(template_name="access/codes_new.html", extra_context=BACK)
no_key = RemoveWebAuthnView.as_view(template_name="access/passkey_remove.html", extra_context=BACK)

urlpatterns = [
    path("sign-in", Enter.as_view(), name="sign-in"),
    path("sign-in", Enter.as_view(), name="account_login"),
    path("sign-out", sign_out, name="sign-out"),
    path(
        "sign-in/second-step",
        AuthenticateView.as_view(form_class=forms.SecondStep, template_name="access/second_step.html"),
        name="mfa_authenticate",
    ),
    path("sign-in/passkey", LoginWebAuthnView.as_view(), name="mfa_login_webauthn"),
    path("sign-in/organisation", organisation.go, name="organisation"),
    path(
        "sign-in/organisation/back",
        organisation.back,
        {"provider_id": organisation.PROVIDER},
        name="openid_connect_callback",
    ),
    path("invitation", set_password, name="invitation"),
    path("invitation/<str:secret>", arrive, name="invitation-link"),
    path("your-sign-in", own, name="mfa_index"),
    path("your-sign-in", own, name="mfa_list_webauthn"),
    path("your-sign-in/password", login_required(ChangePassword.as_view()), name="account_change_password"),
    path("your-sign-in/app", login_required(SetUp.as_view()), name="mfa_activate_totp"),
    path("your-sign-in/app/remove", no_app, name="mfa_deactivate_totp"),
    path("your-sign-in/codes", codes, name="mfa_view_recovery_codes"),
    path("your-sign-in/codes/new", login_required(new_codes), name="mfa_generate_recovery_codes"),
    path("your-sign-in/passkeys", login_required(AddKey.as_view()), name="mfa_add_webauthn"),
    path("your-sign-in/passkeys/<int:pk>/remove", login_required(no_key), name="mfa_remove_webauthn"),
    path("your-sign-in/where", where, name="usersessions_list"),
    path("your-sign-in/again", password_again, name="account_reauthenticate"),
    path("your-sign-in/again/code", code_again, name="mfa_reauthenticate"),
    path("your-sign-in/again/passkey", key_again, name="mfa_reauthenticate_webauthn"),
]
