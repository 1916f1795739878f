"""What the rooms below ask: who told something with an address, and where someone reads mail about their idea."""

from typing import Any

from django.dispatch import receiver
from django.urls import ResolverMatch

from socialewifi.core.signals import mailbox_wanted, page_closed
from socialewifi.initiatives.models import Initiative, Initiator
from socialewifi.people.models import User
from socialewifi.people.signals import address_known


@receiver(address_known)
def language_of_who_told_with(email: str, **_kwargs: Any) -> str | None:
    told = Initiator.objects.current().filter(email=email).order_by("-joined_at", "-pk")
    return told.values_list("language", flat=True).first()


@receiver(mailbox_wanted)
def where_they_read(user: User, **_kwargs: Any) -> str:
    initiator = Initiator.objects.current().filter(user=user).first()
    return initiator.email if initiator else ""


@receiver(page_closed)
def is_closed(user: User, page: ResolverMatch, **_kwargs: Any) -> bool:
    key = page.kwargs.get("key")
    if page.route.startswith("werk/initiatieven/<slug:key>/"):
        return not Initiative.objects.visible_to(user).filter(key=key).exists()
    if page.route.startswith("mijn/<slug:key>/"):
        return not Initiative.objects.followed_by(user).filter(key=key).exists()
    return False
