"""Accounts: adding people, changing what we know of them, inviting them, and taking access away."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.people import rules, signals
from socialewifi.people.actions import notices
from socialewifi.people.actions.invitations import send_invitation
from socialewifi.people.actions.keys import revoke_keys
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.actions.roles import LastAdministrator, doubt_roles, is_last_administrator
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


class AlreadySo(DomainError):
    """Raised when an account is closed or opened that is so already: someone else did it meanwhile."""


class TheirOwn(DomainError):
    """Raised when an administrator would decide about the address of someone with an idea of their own."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(
            _("Het e-mailadres van een inwoner is van die inwoner zelf. Een beheerder gaat daar niet over.")
        )


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
    require(by is None or rules.can_administer(by))
    if User.objects.with_address(email) is not None:
        raise AlreadyKnown
    with _known_to_one():
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
    Change what is known of someone. With another e-mail address, nothing of before opens the account any more.

    :raises TheirOwn: if the address is not an administrator's to change
    :raises AlreadyKnown: if the new address is someone else's
    """
    user = lock_person(user)
    require(rules.can_administer(by))
    changed = [name for name in FIELDS if name in fields and getattr(user, name) != fields[name]]
    if "email" in changed:
        _require_administered(user, by)
        if User.objects.filter(email=fields["email"]).exclude(pk=user.pk).exists():
            raise AlreadyKnown
    if not changed:
        return user
    before = user.email
    for name in changed:
        setattr(user, name, fields[name])
    with _known_to_one():
        user.save(update_fields=changed)
    if "email" in changed:
        _move_to_address(user, before=before, by=by, at=at)
    events.record("people.user.changed", on=user, by=by, at=at, what=list(changed))
    return user


@transaction.atomic
def invite(*, user: User, by: User | None, at: datetime) -> None:
    """
    Mail someone how to come in: with a password to choose, or with an e-mail code for a panel member.

    :raises CannotInvite: if there is no address to mail to
    :raises TheirOwn: if nobody but this person vouches for the address
    """
    user = lock_person(user)
    require(by is None or rules.can_administer(by))
    if not user.email or not user.is_active:
        raise CannotInvite
    _require_administered(user, by)
    send_invitation(user=user, at=at)
    events.record("people.user.invited", on=user, by=by, at=at)


@transaction.atomic
def withdraw_access(*, user: User, by: User | None, at: datetime) -> None:
    """
    End everything that opens this account: sessions, links and codes, the password, the second step, invitations.

    Whoever owns the mailbox can begin again; the roles of work then wait for a second person.

    :raises LastAdministrator: if nobody would be left to administer
    """
    user = lock_person(user)
    require(by is None or rules.can_administer(by))
    waits = _end_access(user, by=by, at=at)
    notices.tell_owner(notices.WITHDRAWN, user=user, by=by, at=at, waits=waits)


@transaction.atomic
def end_session(*, session: UserSession, by: User, at: datetime) -> None:
    """Sign out on another device."""
    owner = lock_person(session.user)
    require(rules.can_end_session(by, session))
    session.end()
    events.record("people.session.ended", on=owner, by=by, at=at)


@transaction.atomic
def remove_second_factor(*, user: User, reason: str, by: User, at: datetime) -> None:
    """
    Let someone who lost their phone or key begin anew, from their own mailbox.

    :raises TheirOwn: if nobody but this person vouches for the address
    :raises LastAdministrator: if nobody would be left to administer
    """
    user = lock_person(user)
    require(rules.can_administer(by))
    _require_administered(user, by)
    waits = _end_access(user, by=by, at=at)
    events.record("people.second_factor.removed", on=user, by=by, at=at, reason=reason)
    notices.tell_owner(notices.FACTOR_REMOVED, user=user, by=by, at=at, waits=waits)


@transaction.atomic
def close_account(*, user: User, reason: str, by: User, at: datetime) -> None:
    """
    Let someone in no longer; what they did stays.

    :raises AlreadySo: if the account is closed already
    :raises LastAdministrator: if nobody would be left to administer
    """
    user = lock_person(user)
    require(rules.can_administer(by))
    if not user.is_active:
        raise AlreadySo(_("Dit account is al gesloten."))
    if is_last_administrator(user=user, at=at):
        raise LastAdministrator
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_access(user, by=by, at=at)
    events.record("people.user.closed", on=user, by=by, at=at, reason=reason)
    notices.tell_owner(notices.CLOSED, user=user, by=by, at=at)


@transaction.atomic
def reopen_account(*, user: User, by: User, at: datetime) -> None:
    """
    Let someone in again; their roles of work wait for a second person.

    :raises AlreadySo: if the account is open already
    """
    user = lock_person(user)
    require(rules.can_administer(by))
    if user.is_active:
        raise AlreadySo(_("Dit account is al open."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    waits = doubt_roles(user, by=by, at=at)
    events.record("people.user.reopened", on=user, by=by, at=at)
    notices.tell_owner(notices.REOPENED, user=user, by=by, at=at, waits=waits)


def note_sign_in(*, user: User, how: Sequence[str], at: datetime) -> None:
    """Write down that someone came in, and by which means."""
    events.record("people.user.signed_in", on=user, by=user, at=at, how=list(how))


@contextmanager
def _known_to_one() -> Iterator[None]:
    """
    Keep an address for one person, also when two get it at the same moment.

    :raises AlreadyKnown: if someone else was first
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refused:
        raise AlreadyKnown from refused


def _require_administered(user: User, by: User | None) -> None:
    if by is not None and not rules.can_change_address(by, user):
        raise TheirOwn


def _move_to_address(user: User, *, before: str | None, by: User, at: datetime) -> None:
    """End what the old address opened, and tell both addresses; neither mail opens anything."""
    EmailAddress.objects.filter(user=user).delete()
    waits = _end_access(user, by=by, at=at)
    events.record("people.address.changed", on=user, by=by, at=at)
    if before:
        notices.tell_owner(notices.ADDRESS_LEFT, user=user, by=by, at=at, email=before)
    notices.tell_owner(notices.ADDRESS_NEW, user=user, by=by, at=at, waits=waits)


def _end_access(user: User, *, by: User | None, at: datetime) -> bool:
    """End everything that opens this account, and tell whether a role now waits for a second person."""
    waits = doubt_roles(user, by=by, at=at)
    # Also as whom this person is known by one idea: the links to it are in the same mailbox.
    known = [user, *user.known_as.order_by("pk")]
    for one in known:
        revoke_keys(user=one, by=by, at=at)
        signals.access_ended.send(User, user=one, by=by, at=at)
        # An unusable password is a new one each time: no link to choose a password, and no session, survives it.
        one.set_unusable_password()
        one.save(update_fields=["password"])
    for session in UserSession.objects.filter(user__in=known):
        session.end()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user__in=known).delete()
    events.record("people.access.withdrawn", on=user, by=by, at=at)
    return waits
