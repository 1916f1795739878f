"""Residents: known by what they told, each idea by itself, until the owner of the mailbox says it is theirs (R14)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction

from socialewifi.core import events
from socialewifi.core.models import Event
from socialewifi.people import signals
from socialewifi.people.actions.keys import revoke_keys
from socialewifi.people.models import User


def new_resident(*, name: str, phone: str = "", language: str = "nl", at: datetime) -> User:
    """
    Make the person who told one idea, or joins one.

    Whoever typed an address need not be its owner, so this is nobody known before, with or without that address (R10).
    """
    return User.objects.create_user(name=name, phone=phone, language=language, joined_at=at)


@transaction.atomic
def account_for(*, email: str, at: datetime) -> User | None:
    """
    Return whose account this address is; a first one is made when something here was told with it.

    The code that is mailed to it proves the mailbox; until then the account opens nothing. It bears the first part of
    its address as a name, until its owner says that an idea is theirs (``belongs_to``).
    """
    known = User.objects.with_address(email)
    if known is not None:
        return known
    answers = signals.address_known.send(User, email=email)
    language = next((told for _receiver, told in answers if told is not None), None)
    if language is None:
        return None
    # Whoever typed the address typed a name too, and need not be its owner.
    name = email.partition("@")[0]
    account, is_new = User.objects.get_or_create(
        email=email, defaults={"name": name, "language": language, "password": "!", "joined_at": at}
    )
    if is_new:
        EmailAddress.objects.create(user=account, email=email, primary=True, verified=False)
        events.record("people.user.met", on=account, by=account, at=at, name=account.name)
    return account


@transaction.atomic
def belongs_to(*, resident: User, account: User, at: datetime) -> None:
    """
    Note that an idea is this account's. What opened the idea by itself ends: from now on its owner's mailbox does.

    The caller holds the idea, and saw that the address it is reached at is the account's.
    """
    _give_first_name(account, name=resident.name, at=at)
    resident.account = account
    resident.save(update_fields=["account"])
    account.forget_rights()
    end_access(resident=resident, by=account, at=at)
    events.record("people.user.recognised", on=account, by=account, at=at, name=resident.name)


@transaction.atomic
def belongs_to_nobody(*, resident: User, by: User, at: datetime) -> None:
    """Let an idea be known by itself again, and end what opened it: another address is its way in now."""
    resident.account = None
    resident.save(update_fields=["account"])
    end_access(resident=resident, by=by, at=at)


def end_access(*, resident: User, by: User, at: datetime) -> None:
    """Let everything that opened this one idea by itself open nothing any more, a session that just begins too."""
    revoke_keys(user=resident, by=by, at=at)
    resident.set_unusable_password()
    resident.save(update_fields=["password"])
    end_sessions(resident)


def end_sessions(resident: User, *, but: str = "") -> None:
    """Let whoever came in with a link or code of this one idea come in anew; the session ``but`` goes on."""
    for session in UserSession.objects.filter(user=resident).exclude(session_key=but):
        session.end()


def _give_first_name(account: User, *, name: str, at: datetime) -> None:
    """Name an account that ``account_for`` made, unless it has a name of its own: given before, or at work."""
    about = Event.objects.about(account)
    met = about.filter(kind="people.user.met").first()
    if met is None or account.roles.exists() or about.filter(kind="people.user.renamed").exists():
        return
    before = met.details["name"]
    # One statement: who changes the name at this moment is not overruled.
    if before != name and User.objects.filter(pk=account.pk, name=before).update(name=name):
        account.name = name
        events.record("people.user.renamed", on=account, by=account, at=at, before=before, name=name)
