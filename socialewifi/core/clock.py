"""The moment that pages and jobs hand to actions. The demo's clock goes on from a fixed day, so its year never ages."""

import os
from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone

# Where the clock of a demo stood at which moment of the machine: for the processes that this one starts.
SHARED = "DEMO_CLOCK"


def now() -> datetime:
    """Return the present moment, with its time zone."""
    if settings.DEMO_NOW:
        began, by_the_machine = _began(settings.DEMO_NOW)
        return began + (timezone.now() - by_the_machine)
    return timezone.now()


def today() -> date:
    """Return the present day in the region's time zone."""
    return timezone.localdate(now())


def share() -> None:
    """Let every process that this one starts go by one and the same clock of the demo, from now on."""
    os.environ.pop(SHARED, None)
    _began.cache_clear()
    if settings.DEMO_NOW:
        os.environ[SHARED] = " ".join(moment.isoformat() for moment in _began(settings.DEMO_NOW))


@cache
def _began(day: str) -> tuple[datetime, datetime]:
    """
    Return where the clock of the demo began, and when that was by the machine's clock.

    A demo that is started again goes on after whatever was done in it the last time: no deed is of before another one.
    """
    if shared := os.environ.get(SHARED):
        began, by_the_machine = map(datetime.fromisoformat, shared.split())
        return began, by_the_machine
    fixed = datetime.fromisoformat(day)
    events = apps.get_model("core", "Event")
    # While the tables are made, moments are asked for too.
    if not settings.DEMO or events._meta.db_table not in connection.introspection.table_names():
        return fixed, timezone.now()
    latest = events.objects.aggregate(latest=Max("at"))["latest"]
    return max(fixed, latest or fixed), timezone.now()
