"""Loading a region's folder: every file is checked first, then everything is loaded in one transaction."""

from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.module_loading import import_string

from socialewifi.core.regionfiles import Problem, RefusedRegion
from socialewifi.core.rooms import RegionPart
from socialewifi.site import rooms

# Taken while loading, so that two loads at once wait for each other.
LOADING = 0x5EED


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


def _read(folder: Path) -> list[RegionPart]:
    parts: list[RegionPart] = []
    problems: list[Problem] = []
    for name in [room.region for room in rooms.ROOMS if room.region]:
        try:
            parts.append(import_string(name)(folder))
        except RefusedRegion as refused:
            problems += refused.problems
    if not problems:
        problems += _beside_each_other(parts)
    if problems:
        raise RefusedRegion(*problems)
    return parts


def _beside_each_other(parts: list[RegionPart]) -> list[Problem]:
    problems: list[Problem] = []
    for part in parts:
        try:
            part.check(parts)
        except RefusedRegion as refused:
            problems += refused.problems
    return problems


def _which_rule(refused: DataError | IntegrityError) -> str:
    diagnosis = getattr(refused.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "sqlstate", None) or "onbekend"
