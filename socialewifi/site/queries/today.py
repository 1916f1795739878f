"""Today's work: what every room says that waits, and where everything stands along the road."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives.models import ROAD, Initiative
from socialewifi.initiatives.queries.today import initiatives_of_lines
from socialewifi.initiatives.waiting import Line
from socialewifi.people.models import User
from socialewifi.site import rooms
from socialewifi.support.queries import today as desk

WORKDAYS_AHEAD = 3
DUE_SHOWN = 25


@dataclass(frozen=True)
class Due:
    """One line of "Eerst dit": about which initiative, before when, and what."""

    initiative: Initiative
    due_on: date
    line: Line


@dataclass(frozen=True)
class DueList:
    """What is due first, how much more there is, and how much of all that cannot wait until tomorrow."""

    rows: list[Due]
    more: int
    now: int


def due_list(user: User, *, at: datetime) -> DueList:
    """Return what waits for this person, what is due first on top. Every room gives its own rows."""
    day = timezone.localdate(at)
    until = add_workdays(day, WORKDAYS_AHEAD)
    told = [row for room in rooms.ROOMS if room.waiting for row in room.waiting(user, at, until)]
    said = {(row.initiative_id, row.instead_of) for row in told}
    rows = [row for row in told if not row.term or (row.initiative_id, row.term) not in said]
    rows.sort(key=lambda row: row.due_on)
    shown = rows[:DUE_SHOWN]
    known = {row.initiative_id: row.initiative for row in shown if row.initiative is not None}
    known |= initiatives_of_lines({row.initiative_id for row in shown} - known.keys())
    return DueList(
        rows=[Due(known[row.initiative_id], row.due_on, row.line(known[row.initiative_id])) for row in shown],
        more=max(0, len(rows) - DUE_SHOWN),
        now=sum(row.due_on <= day for row in rows),
    )


@dataclass(frozen=True)
class Stone:
    """One step of the road with how many of someone's initiatives are there, leading to the list."""

    title: StrOrPromise
    count: int
    url: str


@dataclass(frozen=True)
class Road:
    """The initiatives along the road: someone's own, or everything where they work when none is theirs."""

    label: str
    mine: int
    steps: list[Stone]


def road_of(user: User) -> Road:
    counts = desk.own_road_counts(user)
    mine = sum(counts.values())
    asked = "?contact=ik&stap=" if mine else "?stap="
    if not mine:
        counts = desk.seen_road_counts(user)
    steps = [Stone(step.label, counts.get(step, 0), f"{reverse('work-list')}{asked}{step.value}") for step in ROAD]
    return Road(_("Jouw initiatieven") if mine else _("Waar alles staat"), mine, steps)


def greeting(at: datetime) -> str:
    """Return how people greet each other at this hour."""
    hour = timezone.localtime(at).hour
    return _("Goedemorgen") if hour < 12 else _("Goedemiddag") if hour < 18 else _("Goedenavond")
