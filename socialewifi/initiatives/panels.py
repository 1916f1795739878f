"""
What rooms above this one show on the page of one initiative at work (``/werk/initiatieven/<key>/``).

A room adds its own part once, when it is loaded: ``panels.add(make)`` in its ``apps.ready``. ``make(user, initiative)``
gives a panel, or nothing when there is nothing to show to this person; it asks a constant number of questions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from socialewifi.initiatives.models import Initiative
from socialewifi.people.models import User


@dataclass(frozen=True)
class DeedLink:
    """A button with a verb; ``is_next`` puts it first, as what the initiative waits for, ``is_rare`` behind "Meer"."""

    label: str
    url: str
    name: str = ""
    is_next: bool = False
    is_rare: bool = False
    # Whether its form opens in the page; otherwise it is a page of its own.
    opens_here: bool = False


@dataclass(frozen=True)
class Panel:
    """One card in the story column, from the room's own template (included with only ``context``), and its deeds."""

    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    deeds: tuple[DeedLink, ...] = ()


Maker = Callable[[User, Initiative], Panel | None]
_MAKERS: list[Maker] = []


def add(make: Maker) -> None:
    if make not in _MAKERS:
        _MAKERS.append(make)


def panels_for(user: User, initiative: Initiative) -> list[Panel]:
    """Return the parts of the other rooms, in the order of the rooms."""
    return [panel for make in _MAKERS if (panel := make(user, initiative)) is not None]
