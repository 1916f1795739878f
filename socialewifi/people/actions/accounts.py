"""Accounts: adding people, changing what we know of them, inviting them, and taking access away."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError
from socialewifi.people.actions.invitations import send_invitation
from socialewifi.people.actions.keys import revoke_keys
from socialewifi.people.actions.roles import LastAdministrator, is_last_administrator
from socialewifi.people.models import Organisation, User

FIELDS = ("name", "email", "phone", "language", "working_days", "organisation")


class AlreadyKnown(DomainError):
    """Raised when someone else has this e-mail address."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(_("Iemand met dit e-mailadres kennen we al. Zoek die persoon op en geef een rol."))


class CannotInvite(DomainError):
    """Raised when someone without e-mail address is invited by e-mail."""

    def __init__(self) -> None:
        super().__init__(_("Deze persoon heeft geen e-mailadres. Vul dat eerst in."))


@transaction.atomic
def add_person(
    *,
    name: str,
    email: str,
    by: User | None,
    at: datetime,
    phone: str = "",
    language: str = "nl",
    working_days: str = "",
    organisation: Organisation | None = None,
) -> User:
    """
    Make an account for someone who works here or sits on the panel.

    :raises AlreadyKnown: if the address is someone's already
    """
    if User.objects.with_address(email) is not None:
        raise AlreadyKnown
    user = User.objects.create_user(
        email=email,
        name=name,
        phone=phone,
        language=language,
        working_days=working_days,
        organisation=organisation,
        joined_at=at,
    )
    events.record("people.user.added", on=user, by=by, at=at, name=name)
    return user


@transaction.atomic
def change_person(*, user: User, by: User, at: datetime, **fields: Any) -> User:
    """
    Change what is known of someone. With another e-mail address, everything sent to the old one stops working.

    :raises AlreadyKnown: if the new address is someone else's
    """
    user = User.objects.select_for_update(of=["self"]).get(pk=user.pk)
    changed = [name for name in FIELDS if name in fields and getattr(user, name) != fields[name]]
    if "email" in changed and User.objects.filter(email=fields["email"]).exclude(pk=user.pk).exists():
        raise AlreadyKnown
    if not changed:
        return user
    for name in changed:
        setattr(user, name, fields[name])
    user.save(update_fields=changed)
    if "email" in changed:
        EmailAddress.objects.filter(user=user).delete()
        withdraw_access(user=user, by=by, at=at)
    labels = {
        "name": _("naam"),
        "email": _("e-mailadres"),
        "phone": _("telefoon"),
        "language": _("taal"),
        "working_days": _("werkdagen"),
        "organisation": _("organisatie"),
    }
    events.record("people.user.changed", on=user, by=by, at=at, what=", ".join(labels[name] for name in changed))
    return user


@transaction.atomic
def invite(*, user: User, by: User | None, at: datetime) -> None:
    """
    Mail someone how to come in: with a password to choose, or with an e-mail code for a panel member.

    :raises CannotInvite: if there is no address to mail to
    """
    if not user.email or not user.is_active:
        raise CannotInvite
    send_invitation(user=user, at=at)
    events.record("people.user.invited", on=user, by=by, at=at)


@transaction.atomic
def withdraw_access(*, user: User, by: User | None, at: datetime) -> None:
    """Sign someone out everywhere and make every link and code worthless."""
    revoke_keys(user=user, by=by, at=at)
    for session in UserSession.objects.filter(user=user):
        session.end()
    events.record("people.access.withdrawn", on=user, by=by, at=at)


@transaction.atomic
def end_session(*, session: UserSession, by: User, at: datetime) -> None:
    """Sign out on another device."""
    owner = session.user
    session.end()
    events.record("people.session.ended", on=owner, by=by, at=at)


@transaction.atomic
def remove_second_factor(*, user: User, reason: str, by: User, at: datetime) -> None:
    """Let someone who lost their phone or key set up a new second factor, and sign them out everywhere."""
    Authenticator.objects.filter(user=user).delete()
    withdraw_access(user=user, by=by, at=at)
    events.record("people.second_factor.removed", on=user, by=by, at=at, reason=reason)


@transaction.atomic
def close_account(*, user: User, reason: str, by: User, at: datetime) -> None:
    """
    Let someone in no longer; what they did stays.

    :raises LastAdministrator: if nobody would be left to administer
    """
    user = User.objects.select_for_update(of=["self"]).get(pk=user.pk)
    if is_last_administrator(user=user, at=at):
        raise LastAdministrator
    user.is_active = False
    user.save(update_fields=["is_active"])
    withdraw_access(user=user, by=by, at=at)
    events.record("people.user.closed", on=user, by=by, at=at, reason=reason)


@transaction.atomic
def reopen_account(*, user: User, by: User, at: datetime) -> None:
    User.objects.filter(pk=user.pk).update(is_active=True)
    events.record("people.user.reopened", on=user, by=by, at=at)


def note_sign_in(*, user: User, how: str, at: datetime) -> None:
    """Write down that someone came in, and by which means."""
    events.record("people.user.signed_in", on=user, by=user, at=at, how=how)
