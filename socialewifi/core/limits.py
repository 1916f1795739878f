"""
Counting how often something was tried, exactly, also when many try at once (ADR 16).

One statement adds one and tells the count, so that twenty-eight guesses at the same moment are counted as twenty-eight.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import connection

from socialewifi.core import clock
from socialewifi.core.models import Tally

_ADD = """
INSERT INTO core_tally (key, count, ends_at) VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN core_tally.ends_at <= %(now)s THEN 1 ELSE core_tally.count + 1 END,
    ends_at = CASE WHEN core_tally.ends_at <= %(now)s THEN excluded.ends_at ELSE core_tally.ends_at END
RETURNING count
"""


def take(what: str, *whose: object, most: int, within: timedelta) -> bool:
    """Count one try of ``what`` by or on ``whose``; tell whether it is one of the first ``most`` in this time."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_ADD, {"key": _key(what, whose), "now": now, "ends": now + within})
        row = cursor.fetchone()
    return bool(row and row[0] <= most)


def give_back(what: str, *whose: object) -> None:
    """Let none of these tries have counted: the last one was right."""
    Tally.objects.filter(key=_key(what, whose)).delete()


def is_used_up(what: str, *whose: object, most: int) -> bool:
    """Tell, without counting, whether there are no tries left."""
    return Tally.objects.filter(key=_key(what, whose), ends_at__gt=clock.now(), count__gte=most).exists()


def forget_tallies(*, at: datetime) -> None:
    """Clear away the counts whose time is over."""
    Tally.objects.filter(ends_at__lt=at).delete()


def _key(what: str, whose: tuple[object, ...]) -> str:
    """Return a fingerprint: no address, number or code of anyone stands in the table."""
    return hashlib.sha256("\0".join([what, *map(str, whose)]).encode()).hexdigest()
