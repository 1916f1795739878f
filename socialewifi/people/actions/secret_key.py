"""Another SECRET_KEY: what the former one encrypted is carried over, or, where that key is lost, begins anew."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from socialewifi.core import events, vault
from socialewifi.core.errors import DomainError
from socialewifi.people import signals
from socialewifi.people.actions import notices
from socialewifi.people.actions.invitations import send_invitation
from socialewifi.people.actions.keys import revoke_keys
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.models import AccessKey, User

# Where allauth keeps what it had encrypted: one value, or a list of them.
ONE, MANY = ("secret", "seed"), ("migrated_codes",)


class FormerKeyMissing(DomainError):
    """Raised when something was encrypted under a key that is neither the present one nor among the former."""


class NothingLost(DomainError):
    """Raised when one would begin anew with a key that opens everything."""


@dataclass(frozen=True)
class BegunAnew:
    """How many people choose a second step anew, and how many have to ask for a new link or code."""

    second_steps: int
    ways_in: int


@transaction.atomic
def carry_over(*, at: datetime) -> tuple[int, datetime | None]:
    """
    Encrypt everything under the present key, so that the former may go once the links and codes it signed ran out.

    Return how many second steps were carried over, and when the last of those links and codes runs out.

    :raises FormerKeyMissing: if the former key is not among SECRET_KEY_FALLBACKS
    """
    if not vault.is_the_key_of_this_database():
        raise FormerKeyMissing("The former key is not among SECRET_KEY_FALLBACKS.")
    authenticators = list(Authenticator.objects.select_for_update().order_by("pk"))
    for one in authenticators:
        for name in ONE:
            if name in one.data:
                one.data[name] = vault.encrypt_again(one.data[name])
        for name in MANY:
            if name in one.data:
                one.data[name] = [vault.encrypt_again(code) for code in one.data[name]]
        one.save(update_fields=["data"])
    vault.seal_again()
    last = AccessKey.objects.usable(at).order_by("-expires_at").first()
    return len(authenticators), last.expires_at if last else None


@transaction.atomic
def begin_anew(*, at: datetime) -> BegunAnew:
    """
    Go on without the former key: what it opened is gone, and whoever loses a second step by it is invited anew.

    Letters that wait with a code are written again with one that works.

    :raises NothingLost: if the present keys open what is there
    """
    if vault.is_the_key_of_this_database():
        raise NothingLost("This key opens the database: there is nothing to begin anew.")
    lost = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
    second_steps = [lock_person(one) for one in User.objects.filter(authenticator__in=lost).distinct().order_by("pk")]
    lost.delete()
    for user in second_steps:
        # A password alone would let whoever knows it choose the new second step: the mailbox does (R14).
        user.set_unusable_password()
        user.save(update_fields=["password"])
        events.record("people.second_factor.removed", on=user, by=None, at=at, reason="SECRET_KEY")
        if user.email and user.is_active:
            notices.tell_owner(notices.FACTOR_LOST, user=user, by=None, at=at)
            send_invitation(user=user, at=at)
    ways_in = User.objects.filter(access_keys__in=AccessKey.objects.usable(at)).distinct().order_by("pk")
    for user in list(ways_in):
        revoke_keys(user=user, by=None, at=at)
        signals.access_ended.send(User, user=user, by=None, at=at)
    vault.seal_again()
    return BegunAnew(second_steps=len(second_steps), ways_in=len(ways_in))
