"""What the worker does around initiatives, once a day: it reminds of passed terms."""

from datetime import time

from django.utils import timezone
from procrastinate.contrib.django import app

from socialewifi.core import clock
from socialewifi.core.daily import MORNING, once_a_day
from socialewifi.core.digest import send_digests
from socialewifi.initiatives.actions.calls import close_calls_of_expired
from socialewifi.initiatives.actions.reminders import remind

# Before the daily digest goes out, so that it takes the reminders along.
EARLY = time(6, 30)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="initiatives.remind")
def remind_of_terms(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Put the reminders in the digest of the day; after a time of being down, as soon as the worker is back."""
    at = clock.now()
    reminded = once_a_day("reminders", at=at, after=EARLY, act=lambda: remind(day=timezone.localdate(at), at=at))
    if reminded and timezone.localtime(at).time() >= MORNING:
        send_digests(at=at)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="initiatives.expired")
def close_expired_calls(timestamp: int) -> None:  # noqa: ARG001
    """Take the calls about invitations that ran out off the lists."""
    close_calls_of_expired(at=clock.now())
