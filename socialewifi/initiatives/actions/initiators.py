"""Who an initiator is: their name, how to reach them, and the row that makes them one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from socialewifi.core.errors import DomainError
from socialewifi.initiatives.models import Initiative, Initiator
from socialewifi.people.models import User


class CannotBeReached(DomainError):
    """Raised when there is neither a phone number nor an e-mail address."""

    field = "phone"


class HasLeft(DomainError):
    """Raised when something is done for an initiator who no longer takes part."""

    def __init__(self) -> None:
        super().__init__(_("Deze initiatiefnemer doet niet meer mee."))


@dataclass(frozen=True)
class Who:
    """The first initiator and how to reach them."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    preferred_channel: str = User.Channel.PHONE
    preferred_times: str = ""
    language: str = "nl"


def add_initiator(
    *, initiative: Initiative, user: User, who: Who, at: datetime, invited_by: User | None = None
) -> Initiator:
    """Make someone an owner. Nobody steps aside for it until the mailbox was proven to be theirs (claims)."""
    return Initiator.objects.create(
        initiative=initiative,
        user=user,
        name=who.name,
        email=who.email,
        phone=who.phone,
        address=who.address,
        preferred_channel=who.preferred_channel,
        preferred_times=who.preferred_times,
        language=who.language,
        joined_at=at,
        invited_by=invited_by,
    )


def as_they_are_now(initiator: Initiator, *, initiative: Initiative) -> Initiator:
    """
    Return an initiator as they are while their initiative is held: someone may have waited for it.

    :raises HasLeft: if they take part no more
    """
    now = initiative.initiators.current().select_related("user").filter(pk=initiator.pk).first()
    if now is None:
        raise HasLeft
    now.initiative = initiative
    return now
