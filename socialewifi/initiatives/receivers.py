"""What the rooms below ask: who told something with an address, and where someone reads mail about their idea."""

from typing import Any

from django.dispatch import receiver

from socialewifi.core.signals import mailbox_wanted
from socialewifi.initiatives.models import Initiator
from socialewifi.people.models import User
from socialewifi.people.signals import address_known


@receiver(address_known)
def who_told_with(email: str, **_kwargs: Any) -> tuple[str, str] | None:
    told = Initiator.objects.current().filter(email=email).order_by("-joined_at", "-pk")
    return told.values_list("name", "language").first()


@receiver(mailbox_wanted)
def where_they_read(user: User, **_kwargs: Any) -> str:
    initiator = Initiator.objects.current().filter(user=user).first()
    return initiator.email if initiator else ""
