"""What happens once a day, and is caught up when the worker was down."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from socialewifi.core import clocks
from socialewifi.core.models import Heartbeat

# Before this hour nobody is mailed.
MORNING = time(7)
# Another worker's clock may be ahead of this one's. Further ahead is a day that was never: a clock that was set wrong.
FASTEST_CLOCK = timedelta(days=1)


def once_a_day(name: str, *, at: datetime, act: Callable[[], object], after: time = MORNING) -> bool:
    """
    Carry out ``act`` in one transaction, at the first call of the day after this hour; tell whether it was done.

    Two calls at once wait for each other. When ``act`` fails, nothing of it stays and the next call tries again.

    :raises ClockIsWrong: if this machine's clock is wrong: what is due, and forgotten, is of another day then
    """
    today = timezone.localdate(at)
    if timezone.localtime(at).time() < after:
        return False
    with transaction.atomic():
        Heartbeat.objects.get_or_create(name=name, defaults={"beat_at": at})
        last = Heartbeat.objects.select_for_update().get(name=name)
        if last.done_on is not None and today <= last.done_on <= today + FASTEST_CLOCK:
            return False
        clocks.require_right()
        act()
        last.beat_at, last.done_on = at, today
        last.save(update_fields=["beat_at", "done_on"])
    return True
