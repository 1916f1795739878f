"""Recording what happened. Each room names its kinds of event with the sentences that are read of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from socialewifi.core import dates
from socialewifi.core.lazy import LazyStr, StrOrPromise
from socialewifi.core.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


Reader = Callable[[Any], StrOrPromise]


@dataclass(frozen=True)
class EventKind:
    """
    A kind of event. Its details are names, ISO days and codes; the sentence is made when it is read.

    :ivar label: what staff read; it may use the details, as ``%(name)s``
    :ivar words: what the initiators read, in the same way; empty when it is not theirs to read
    :ivar reads: how a detail that is no word by itself is put in words, such as ``day`` or ``label_of(choices)``
    """

    label: StrOrPromise
    words: StrOrPromise = ""
    reads: Mapping[str, Reader] = field(default_factory=dict)

    def say(self, sentence: StrOrPromise, details: Mapping[str, Any]) -> str:
        """Return the sentence in the language that is spoken now."""
        return str(sentence) % {**details, **{name: reads(details[name]) for name, reads in self.reads.items()}}


def day(iso: str) -> str:
    """Put an ISO day in words; nothing where there is none."""
    return dates.date_in_words(date.fromisoformat(iso), "j F Y") if iso else ""


def label_of(choices: type[models.TextChoices] | Mapping[str, StrOrPromise]) -> Reader:
    """Return what puts one of these codes in words; a code that is no longer among them stands for itself."""
    labels = choices if isinstance(choices, Mapping) else dict(choices.choices)
    return lambda code: labels.get(code, code)


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

    :raises TypeError: if a detail is a text of our own: its code is kept, and ``EventKind.reads`` says what it means
    """
    if ours := [name for name, value in details.items() if isinstance(value, LazyStr)]:
        raise TypeError(f"{kind} keeps sentences instead of codes: {', '.join(ours)}")
    return Event.objects.create(
        kind=kind,
        subject_type=on._meta.label_lower,
        subject_id=on.pk,
        by_id=by.pk if by else None,
        at=at,
        on_behalf_of=on_behalf_of,
        details=details,
    )


def for_initiators(events: QuerySet[Event]) -> QuerySet[Event]:
    """Keep what the initiators read on their page (R6)."""
    return events.filter(kind__in=[name for name, kind in KINDS.items() if kind.words])


def label(event: Event) -> str:
    """Return what staff read for this event."""
    kind = KINDS.get(event.kind)
    return kind.say(kind.label, event.details) if kind else event.kind


def words(event: Event, *, language: str) -> str:
    """Return what the initiators read for this event; nothing when it is not theirs to read."""
    kind = KINDS.get(event.kind)
    if kind is None or not kind.words:
        return ""
    with override(language):
        return kind.say(kind.words, event.details)


def latest_of(about: QuerySet[Event], words: Callable[[Event], str] = label) -> str:
    """Return what happened last of these: in words, by whom, and when; nothing when nothing happened."""
    event = about.select_related("by").order_by("at", "pk").last()
    if event is None:
        return ""
    said, by = words(event), event.by.name if event.by else ""
    at = dates.date_in_words(timezone.localtime(event.at), "j F Y, G:i")
    return " · ".join([said, *([by] if by and by not in said else []), at])
