"""What the worker does around weighings, once a day: who works on it leaves the panel, who is asked is reminded."""

from datetime import date, datetime, time

from django.utils import timezone
from procrastinate.contrib.django import app

from socialewifi.assessment.actions.reminders import remind_of_advice
from socialewifi.assessment.actions.stepping_aside import release_who_works_on_it
from socialewifi.core import clock
from socialewifi.core.daily import MORNING, once_a_day
from socialewifi.core.digest import send_digests

# Before the daily digest goes out, so that it takes the reminders along.
EARLY = time(6, 30)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="assessment.remind")
def remind_who_is_asked(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Put the reminders in the digest of the day; after a time of being down, as soon as the worker is back."""
    at = clock.now()
    day = timezone.localdate(at)
    reminded = once_a_day("advice-reminders", at=at, after=EARLY, act=lambda: _morning(day, at))
    if reminded and timezone.localtime(at).time() >= MORNING:
        send_digests(at=at)


def _morning(day: date, at: datetime) -> None:
    """Let who works on it step aside first, so that nobody is reminded of a seat that is no longer theirs."""
    release_who_works_on_it(day=day, at=at)
    remind_of_advice(day=day, at=at)
