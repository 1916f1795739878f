"""What a room shows of an initiative on its page at work (``/werk/initiatieven/<key>/``): a card, and deeds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
