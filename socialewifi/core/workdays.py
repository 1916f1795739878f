"""Working days: terms skip weekends and Dutch public holidays (R3)."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def is_workday(day: date) -> bool:
    """Tell whether offices are open that day."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def add_workdays(day: date, count: int) -> date:
    """Return the ``count``-th working day after ``day``; with 0, ``day`` itself or the first working day after it."""
    while count > 0 or not is_workday(day):
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
