"""How allauth behaves here: nobody signs up, mail goes out as every other mail, and the words are ours."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse, SignupClosedException
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialewifi.core import clock, vault
from socialewifi.core.actions import send_written_mail
from socialewifi.core.addresses import address_or_none, normal_address
from socialewifi.core.htmx import render_page
from socialewifi.people import known_browsers, limits, waiting_sign_ins
from socialewifi.people.actions.accounts import note_sign_in
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.actions.passwords import AccessEnded, choose_password
from socialewifi.people.models import User
from socialewifi.people.second_step import has_just_set_up, has_second_step
from socialewifi.places.queries import the_region

# What allauth fills in a mail that opens an account.
SECRET_VALUES = ("code", "password_reset_url", "activate_url")

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin

# How long someone who just signed in need not type the password again to set up a second factor, in seconds.
RECENTLY = 5 * 60


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("Dit account is gesloten. Bel ons als dat niet klopt."),
        "email_password_mismatch": gettext_lazy("Dit e-mailadres en wachtwoord horen niet bij elkaar."),
        "enter_current_password": gettext_lazy("Dit is niet je huidige wachtwoord."),
        "incorrect_code": gettext_lazy("Deze code klopt niet. Kijk nog een keer goed."),
        "incorrect_password": gettext_lazy("Dit wachtwoord klopt niet."),
        "invalid_password_reset": gettext_lazy("Deze link werkt niet meer. Vraag een nieuwe aan."),
        "rate_limited": gettext_lazy("Dat ging te vaak achter elkaar. Wacht een paar minuten."),
        "too_many_login_attempts": gettext_lazy(
            "Dit is te vaak geprobeerd. Wacht een kwartier, of bel ons: dan helpen we je meteen."
        ),
    }

    def clean_email(self, email: str) -> str:
        return normal_address(email)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count passwords for who tries and whose it is, together: nobody shuts someone else out (ADR 16)."""
        super().pre_authenticate(request, **credentials)
        if not limits.may_try_password(request, email=credentials.get("email", "")):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            limits.password_was_right(request, email=credentials.get("email", ""))
        return user

    def set_password(self, user: User, password: str) -> None:
        try:
            choose_password(user=user, password=password)
        except AccessEnded as refused:
            self.add_message(allauth_context.request, messages.ERROR, message=str(refused))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login"))) from refused
        limits.password_was_right(allauth_context.request, email=str(user.email))

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or User.objects.with_address(email)
        language = user.language if user else translation.get_language() or "nl"
        request = allauth_context.request
        if template_prefix.endswith("unknown_account") and not limits.may_mail_unknown(request, email=email):
            # The page says the same: nobody learns here which addresses are known.
            return
        if user and not user.has_come_in_before and not limits.may_mail_unproven(request, email=email):
            return
        with translation.override(language):
            mail = self.render_mail(
                template_prefix, email, {"request": request, "email": email, "desk": the_region(), **context}
            )
        send_written_mail(
            kind=f"people.{template_prefix.rpartition('/')[2]}",
            subject=mail.subject,
            body=str(mail.body),
            name=user.name if user else "",
            email=email,
            language=language,
            at=clock.now(),
            recipient_id=user.pk if user else None,
            secrets=[context[name] for name in SECRET_VALUES if context.get(name)],
        )

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether someone may be led there after signing in: a page of ours, and nothing that cannot be read."""
        return url_has_allowed_host_and_scheme(url, {allauth_context.request.get_host()})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to the address of the platform itself, whatever host the request named."""
        owner, _dash, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": owner, "key": token})

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say only what went wrong, and what changed in the account; the page itself tells the rest."""
        template = next((arg for arg in args if isinstance(arg, str)), kwargs.get("message_template") or "")
        if level >= messages.WARNING or "password" in template or "mfa/" in template:
            super().add_message(request, level, *args, **kwargs)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Let in with a code only where it was mailed to: another address since then opens nothing of before (R14)."""
        mailed_to = kwargs.get("email")
        if mailed_to and mailed_to != user.email:
            self.add_message(request, messages.ERROR, message=self.error_messages["invalid_password_reset"])
            return HttpResponseRedirect(reverse("account_request_login_code"))
        waiting_sign_ins.begin(request, user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        records = get_authentication_records(request, user)
        note_sign_in(user=user, how=[one["method"] for one in records] or ["key"], at=clock.now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if user.is_account:
            known_browsers.remember(request, response, user=user)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask again what the account is guarded with: of whoever has a second step, a password alone is too little."""
        request = allauth_context.request
        records = get_authentication_records(request, request.user)
        fresh = clock.now().timestamp() - RECENTLY
        enough = {"mfa"} if has_second_step(request.user) and not has_just_set_up(request) else {"password", "mfa"}
        if any(one["method"] in enough and one["at"] > fresh for one in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [one for one in found if one["id"] != "reauthenticate"] if has_second_step(user) else found


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Deze code klopt niet. Wacht op een nieuwe code en probeer het nog een keer."),
    }

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        region = the_region()
        return region.desk_name if region else str(super()._get_site_name())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Mijn toegangssleutel") if not count else _("Toegangssleutel %(number)s") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        return vault.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.decrypt(encrypted_text)


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def can_authenticate_by_email(self, login: "SocialLogin", email: str) -> bool:
        """
        An organisation is believed about its own addresses, and about nobody else's.

        Unless it says itself that the mailbox was not proven, and only about an address in its one form: the library
        would take a sign that looks like a letter for that letter (R14).
        """
        told = login.account.extra_data
        claims = [told.get("userinfo") or {}, told.get("id_token") or {}, told]
        is_denied = any(one.get("email_verified", True) not in (True, "true") for one in claims)
        typed = str(next((one["email"] for one in claims if one.get("email")), ""))
        is_plain = address_or_none(typed) == email.lower() and typed.isascii()
        is_believed = is_plain and not is_denied and _speak_of_one(claims)
        return is_believed and bool(self.is_email_verified(login.provider, email))

    def populate_user(self, request: HttpRequest, sociallogin: "SocialLogin", data: dict[str, Any]) -> User:  # noqa: ARG002
        """Take over nothing: whom we do not know already is not let in."""
        user: User = sociallogin.user
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: "SocialLogin") -> None:
        """
        Let in with what the organisation says now: nothing is tied to an account, by nobody and in no session (R14).

        A tie that stands in the table all the same holds for the organisation's own people only, like an address.
        """
        if sociallogin.state.get("process", AuthProcess.LOGIN) != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(render_page(request, "people/no_tie.html", {}, status=403))
        told = sociallogin.account.extra_data
        if not _speak_of_one([told.get("userinfo") or {}, told.get("id_token") or {}]):
            raise SignupClosedException
        if sociallogin.is_existing and not self.is_email_verified(sociallogin.provider, sociallogin.user.email or ""):
            raise SignupClosedException
        if sociallogin.is_existing:
            _vouch_for(sociallogin.user)


def _speak_of_one(claims: "list[dict[str, Any]]") -> bool:
    """Tell whether all that an organisation says is of one person (OpenID Connect Core 5.3.2)."""
    return all(len({str(one[name]) for one in claims if one.get(name)}) <= 1 for name in ("sub", "email"))


@transaction.atomic
def _vouch_for(user: User) -> None:
    """
    Note that an administrator gave this address: without that allauth would take away the person's own password.

    :raises SignupClosedException: if it is another one by now
    """
    if lock_person(user).email != user.email:
        raise SignupClosedException
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
