"""The mail with which someone comes in for the first time."""

from datetime import date, datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from socialewifi.core.actions import send_written_mail
from socialewifi.people.models import User
from socialewifi.places.queries import the_region


def send_invitation(*, user: User, at: datetime) -> None:
    """Mail a link to choose a password; a panel member needs none, and gets the address to ask a code at."""
    kind = "staff" if _works_here(user, timezone.localdate(at)) else "panel"
    secrets = [settings.BASE_URL + _password_path(user)] if kind == "staff" else []
    address = secrets[0] if secrets else settings.BASE_URL + reverse(settings.LOGIN_URL)
    context = {"user": user, "desk": the_region(), "address": address}
    with translation.override(user.language):
        subject = render_to_string(f"people/mail/{kind}_subject.txt", context).strip()
        body = render_to_string(f"people/mail/{kind}_message.txt", context).strip()
    send_written_mail(
        kind=f"people.invitation_{kind}",
        subject=subject,
        body=body,
        name=user.name,
        email=user.email or "",
        language=user.language,
        at=at,
        recipient_id=user.pk,
        secrets=secrets,
    )


def _works_here(user: User, day: date) -> bool:
    """Tell whether someone has a role of work, or gets one: on its first day, or once a second person confirms it."""
    return any(role.is_of_work for role in user.roles.not_over(day).filter(refused_at=None))


def _password_path(user: User) -> str:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token})
