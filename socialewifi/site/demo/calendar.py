"""When things happen in the sample year."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.utils import timezone

from socialewifi.core.workdays import add_workdays

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Voice = TypeVar("Voice")


class Calendar:
    """Moments of one initiative: so many working days after it came in, in order, never after the year's end."""

    def __init__(self, start: date, *, number: int, end: datetime) -> None:
        self.start = start
        self.number = number
        self.end = end
        self.last = datetime.combine(start, time(), AMSTERDAM)

    def on(self, workdays: int, hour: int, minute: int = 0) -> datetime:
        """Return this moment; earlier when the year ends before it, but always after the one asked for before."""
        day = add_workdays(self.start, workdays) if workdays else self.start
        wanted = datetime.combine(day, time(hour, (minute + 7 * self.number) % 60), AMSTERDAM)
        self.last = max(min(wanted, self.end - timedelta(minutes=90)), self.last + timedelta(minutes=3))
        return self.last

    def before(self, day: date) -> datetime:
        """Return a moment on the day before this one."""
        self.last = datetime.combine(day - timedelta(days=1), time(10, 30), AMSTERDAM)
        return self.last

    def has_come(self, workdays: int) -> bool:
        """Tell whether that day lies within the year."""
        return add_workdays(self.start, workdays) < timezone.localdate(self.end)

    def pick(self, voices: Sequence[Voice], shift: int = 0) -> Voice:
        """Return what is said here, in turn."""
        return voices[(self.number + shift) % len(voices)]
