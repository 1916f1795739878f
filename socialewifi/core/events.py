"""Recording what happened. Each room names its kinds of event with the sentence the initiators read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override

from socialewifi.core import dates
from socialewifi.core.lazy import LazyStr, StrOrPromise
from socialewifi.core.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True)
class EventKind:
    """
    A kind of event.

    ``label`` names it for staff; ``words`` is the sentence for the initiators, empty when it is not theirs to read.
    Both may use the names in the event's details, as ``%(name)s``; ``chosen`` are the details that hold one of our own
    words, such as "Telefoon", and not what someone wrote.
    """

    label: StrOrPromise
    words: StrOrPromise = ""
    chosen: tuple[str, ...] = ()


KINDS: dict[str, EventKind] = {}


def register(kinds: Mapping[str, EventKind]) -> None:
    """Make a room's kinds of event known; called once, when the room is loaded."""
    KINDS.update(kinds)


def record(
    kind: str,
    *,
    on: models.Model,
    by: "AbstractBaseUser | None",
    at: datetime,
    on_behalf_of: str = "",
    **details: Any,
) -> Event:
    """
    Write one event in the timeline of ``on``, inside the transaction of the deed it tells of.

    What is kept is Dutch, whichever language its actor reads: one of our own words comes as a lazy text.
    """
    with override("nl"):
        details = {name: str(value) if isinstance(value, LazyStr) else value for name, value in details.items()}
        words = str(KINDS[kind].words) % details if KINDS[kind].words else ""
    return Event.objects.create(
        kind=kind,
        subject_type=on._meta.label_lower,
        subject_id=on.pk,
        by_id=by.pk if by else None,
        at=at,
        on_behalf_of=on_behalf_of,
        words=words,
        details=details,
    )


def label(event: Event) -> str:
    """Return what staff read for this event."""
    kind = KINDS.get(event.kind)
    return str(kind.label) % event.details if kind else event.kind


def latest_of(about: QuerySet[Event], words: Callable[[Event], str] = label) -> str:
    """Return what happened last of these: in words, by whom, and when; nothing when nothing happened."""
    event = about.select_related("by").order_by("at", "pk").last()
    if event is None:
        return ""
    said, by = words(event), event.by.name if event.by else ""
    at = dates.date_in_words(timezone.localtime(event.at), "j F Y, G:i")
    return " · ".join([said, *([by] if by and by not in said else []), at])


def words(event: Event, *, language: str) -> str:
    """Return what the initiators read, as it was told; in another language the same sentence translated."""
    kind = KINDS.get(event.kind)
    if not event.words or kind is None or language == "nl":
        return event.words
    with override(language):
        days = {name: dates.retold(value) for name, value in event.details.items() if isinstance(value, str)}
        told = {name: gettext(event.details[name]) for name in kind.chosen if event.details.get(name)}
        return str(kind.words) % {**event.details, **days, **told}
