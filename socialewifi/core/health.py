"""Whether the platform can do its work: for whoever keeps watch (docs/operations.md)."""

from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from socialewifi.core import clocks, outage, tables
from socialewifi.core.models import Heartbeat

WORKER = "worker"
# The worker beats once a minute; two may be missed.
LONGEST_SILENCE = timedelta(minutes=3)


def failures() -> dict[str, str]:
    """Return what keeps pages from being answered, by part; nothing when all is well."""
    try:
        if reason := tables.misfit():
            return {"tables": reason}
        if apart := clocks.difference():
            return {"clock": apart}
    except DatabaseError:
        return {"database": "cannot be reached"}
    return {}


def worker_failures() -> dict[str, str]:
    """Return what keeps mail, the night's work or what people write from being done; pages can be read without it."""
    if refusals := outage.now.refusals():
        return {"database": f"refuses what is asked: {', '.join(refusals)}"}
    try:
        return _worker_failure()
    except DatabaseError:
        return failures() or {"database": "does not answer"}


def beat() -> None:
    """Note that the worker is alive. By the machine's clock, not the demo's: this is about processes."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"beat_at": timezone.now()})


def _worker_failure() -> dict[str, str]:
    last = Heartbeat.objects.filter(name=WORKER).first()
    if last is None:
        return {"worker": "never seen"}
    if apart := clocks.difference():
        return {"clock": apart}
    # A sign of life from a moment that has yet to come is none.
    if abs(timezone.now() - last.beat_at) > LONGEST_SILENCE:
        return {"worker": f"silent since {last.beat_at:%Y-%m-%dT%H:%M:%S%z}"}
    if ahead := clocks.how_far_ahead():
        return {"clock": ahead}
    return {}
