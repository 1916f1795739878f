"""Loading a region's folder: every file is checked first, then everything is loaded in one transaction."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import DataError, IntegrityError, connection, transaction

from socialewifi.assessment.region import Weighing
from socialewifi.core.region import Texts
from socialewifi.core.regionfiles import Problem, RefusedRegion
from socialewifi.governance.region import Agreements
from socialewifi.initiatives.region import Words
from socialewifi.people.region import Partners
from socialewifi.places.region import Places

# Taken while loading, so that two loads at once wait for each other.
LOADING = 0x5EED


class Part(Protocol):
    """What one room reads from a region's folder."""

    def load(self, at: datetime) -> list[str]: ...


# From the ground up: what comes later may point to what comes earlier.
ROOMS: tuple[Callable[[Path], Part], ...] = (Places, Partners, Agreements, Words, Weighing, Texts)


def load_region(*, folder: Path, at: datetime) -> list[str]:
    """
    Load the region and return a line for everything that changed; none when it was loaded before.

    :raises RefusedRegion: if a file cannot be followed; then nothing is loaded
    """
    parts = _read(folder)
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOADING])
            return [line for part in parts for line in part.load(at)]
    except (DataError, IntegrityError) as refused:
        # The files are checked before; what only the rows that are there know of is said as well as can be.
        raise RefusedRegion(Problem(folder, 1, f"de database weigert dit: {_which_rule(refused)}")) from refused


def _read(folder: Path) -> list[Part]:
    parts: list[Part] = []
    problems: list[Problem] = []
    for room in ROOMS:
        try:
            parts.append(room(folder))
        except RefusedRegion as refused:
            problems += refused.problems
    if not problems:
        problems += _across(parts)
    if problems:
        raise RefusedRegion(*problems)
    return parts


def _across(parts: list[Part]) -> tuple[Problem, ...]:
    places = next(part for part in parts if isinstance(part, Places))
    partners = next(part for part in parts if isinstance(part, Partners))
    try:
        partners.check(places.municipality_codes)
    except RefusedRegion as refused:
        return refused.problems
    return ()


def _which_rule(refused: DataError | IntegrityError) -> str:
    diagnosis = getattr(refused.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "sqlstate", None) or "onbekend"
