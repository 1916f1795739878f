"""What the rooms below ask or tell: who told something with an address, where someone reads mail, whose codes ended."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import ResolverMatch

from socialewifi.core.models import Message
from socialewifi.core.signals import mail_undeliverable, mailbox_wanted, page_closed
from socialewifi.initiatives.actions.moved import call_instead_of_mail, move_letters
from socialewifi.initiatives.models import Initiative, Initiator
from socialewifi.people.models import User
from socialewifi.people.signals import access_ended, address_known

WORK = "werk/initiatieven/<slug:key>/"


@receiver(address_known)
def language_of_who_told_with(email: str, **_kwargs: Any) -> str | None:
    told = Initiator.objects.current().filter(email=email).order_by("-joined_at", "-pk")
    return told.values_list("language", flat=True).first()


@receiver(access_ended)
def rewrite_letters_of(user: User, by: User | None, at: datetime, **_kwargs: Any) -> None:
    """Print no code that opens nothing any more."""
    for initiator in Initiator.objects.current().filter(user=user).exclude(address="").order_by("pk"):
        move_letters(initiator=initiator, former=initiator.address, by=by, at=at)


@receiver(mailbox_wanted)
def where_they_read(user: User, **_kwargs: Any) -> str:
    initiator = Initiator.objects.current().filter(user=user).first()
    return initiator.email if initiator else ""


@receiver(mail_undeliverable)
def have_them_called(message: Message, at: datetime, **_kwargs: Any) -> None:
    """Have someone called who is told nothing by this mail; their contact finds out how they are reached."""
    call_instead_of_mail(message, at=at)


@receiver(page_closed)
def is_closed(user: User, page: ResolverMatch, **_kwargs: Any) -> bool:
    key = page.kwargs.get("key")
    if page.route == WORK:
        return not Initiative.objects.visible_to(user).filter(key=key).exists()
    if page.route.startswith(WORK):
        # What lies behind that page is for who works on it: never for an ambassador (R15).
        return not Initiative.objects.worked_on_by(user).filter(key=key).exists()
    if page.route.startswith("mijn/<slug:key>/"):
        return not Initiative.objects.followed_by(user).filter(key=key).exists()
    return False
