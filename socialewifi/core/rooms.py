"""What a room brings: it says so in its ``room.py``, ``site.rooms`` lists the rooms, and the house walks that list."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.numbers import Number


@dataclass(frozen=True)
class MenuEntry:
    """A page in the main menu."""

    label: StrOrPromise
    page: str
    # Where it stands: the lowest first.
    place: int
    # The kinds of role it is for; none for a page that everyone has who is not at work.
    kinds: tuple[str, ...] = ()


class RegionPart(ABC):
    """What one room reads from a region's folder: checked when it is made, loaded once nothing is wrong anywhere."""

    @abstractmethod
    def __init__(self, folder: Path) -> None: ...

    def check(self, others: Sequence["RegionPart"]) -> None:  # noqa: B027  # most go with whatever the others are
        """
        Check it beside what the other rooms read.

        :raises RefusedRegion: if it does not go with that
        """

    @abstractmethod
    def load(self, at: datetime) -> list[str]:
        """Bring it in, and return a line for everything that changed."""


@dataclass(frozen=True, eq=False)
class Room:
    """What one room brings; ``name`` is that of its package."""

    name: str
    # Its module of addresses, if it has pages.
    urls: str = ""
    menu: tuple[MenuEntry, ...] = ()
    # What waits for someone at work until a day: ``(user, at, until)`` to rows of ``initiatives.waiting``.
    waiting: Callable[[Any, datetime, date], Iterable[Any]] | None = None
    # The name of the ``RegionPart`` it makes of the folder: only who loads a region has use for what reads files.
    region: str = ""
    # What it shows of an initiative at work: ``(user, initiative)`` to an ``initiatives.panels.Panel``, or nothing.
    panel: Callable[[Any, Any], Any] | None = None
    numbers: Mapping[str, Number] = field(default_factory=dict)
    # Which of its files residents read, as a pattern of the path within it; of these every text is in each language.
    for_residents: str = ""
