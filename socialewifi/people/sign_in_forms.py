"""The forms of signing in: allauth's own, with our labels and without words inside the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth as webauthn_auth
from django import forms
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock
from socialewifi.core.fields import MailField
from socialewifi.people import limits
from socialewifi.people.actions.residents import account_for
from socialewifi.people.models import User


class Plain(forms.Form):
    """Takes the words out of the fields and puts ours beside them."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "login"} & set(self.fields):
            self.fields[name] = MailField()
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            if "code" in name:
                field.widget.attrs.update({"autocomplete": "one-time-code", "spellcheck": "false"})


class AskCodeForm(Plain, account.RequestLoginCodeForm):  # type: ignore[misc]
    words = {"email": _("Je e-mailadres")}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        _refuse_too_many_mails(what="code", email=email)
        account_for(email=email, at=clock.now())
        return str(super().clean_email())


class MailedCodeForm(Plain, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    words = {"code": _("De code uit de e-mail")}
    hints = {"code": _("Zes cijfers.")}

    def clean_code(self) -> str:
        """Count the guess before looking at it: many at once count as many."""
        if not limits.may_guess(allauth_context.request, code=str(self.expected_code)):
            raise get_adapter().validation_error("incorrect_code")
        return str(super().clean_code())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasswordForm(Plain, account.LoginForm):  # type: ignore[misc]
    words = {"login": _("Je e-mailadres"), "password": _("Je wachtwoord")}


class ForgottenPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": _("Je e-mailadres")}

    def clean_email(self) -> str:
        _refuse_too_many_mails(what="password", email=self.cleaned_data["email"])
        return str(super().clean_email())


class NewPasswordForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": _("Je nieuwe wachtwoord"), "password2": _("Nog een keer je nieuwe wachtwoord")}
    hints = {"password1": _("Minstens 12 tekens. Een paar losse woorden achter elkaar is goed te onthouden.")}


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    words = {"oldpassword": _("Je huidige wachtwoord"), **NewPasswordForm.words}
    hints = NewPasswordForm.hints


class FirstPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc]
    words = NewPasswordForm.words
    hints = NewPasswordForm.hints


class AgainForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": _("Je wachtwoord")}


class Counted(Plain):
    """A code of the second step: counted for who tries and whose it is, so that nobody shuts the owner out (ADR 16)."""

    words = {"code": _("De code uit je app")}
    hints = {"code": _("Of een van je herstelcodes.")}
    user: User

    def clean_code(self) -> str:
        request = allauth_context.request
        if not limits.may_try_second_step(request, user=self.user):
            raise get_adapter().validation_error("too_many_login_attempts")
        code = str(super().clean_code())  # type: ignore[misc]
        if not limits.is_first_use(user=self.user, code=code):
            raise get_adapter().validation_error("incorrect_code")
        limits.second_step_was_right(request, user=self.user)
        return code


class SecondFactorForm(Counted, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class SecondFactorAgainForm(Counted, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The second step once more, before something that weighs."""


class PasskeyAloneForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """
    A passkey without anything else: two factors, because it asked its holder a PIN or a finger itself.

    What was asked of the browser stands in the session, and may be of another page: the answer tells what was done.
    """

    def clean_credential(self) -> Authenticator:
        told = webauthn_auth.parse_authentication_response(self.cleaned_data["credential"])
        key: Authenticator = super().clean_credential()
        if not told.response.authenticator_data.is_user_verified() or not key.wrap().is_passwordless:
            raise get_adapter().validation_error("incorrect_code")
        return key


class ActivateAppForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": _("De code die je app nu laat zien")}


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("Naam"), "passwordless": _("Ook zonder wachtwoord inloggen met deze sleutel")}
    hints = {"name": _("Zo herken je hem later, bijvoorbeeld ‘Mijn werklaptop’.")}

    def clean(self) -> dict[str, Any]:
        """Keep what its owner chose, not what the browser made of it: whether it lets in without a password."""
        fields: dict[str, Any] = super().clean() or self.cleaned_data
        if credential := fields.get("credential"):
            told = credential.setdefault("clientExtensionResults", {})
            told["credProps"] = {"rk": bool(fields.get("passwordless"))}
        return fields


class NamePasskeyForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": _("Naam")}


def _refuse_too_many_mails(*, what: str, email: str) -> None:
    if not limits.may_mail(allauth_context.request, what=what, email=email):
        raise get_adapter().validation_error("too_many_login_attempts")
