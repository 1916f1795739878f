"""The upkeep of access, by the worker."""

from procrastinate.contrib.django import app

from socialewifi.core import clock
from socialewifi.core.daily import once_a_day
from socialewifi.people.actions.upkeep import forget_what_is_over


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="people.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Forget, once a day, ended sessions and old mails about access."""
    at = clock.now()
    once_a_day("access", at=at, act=lambda: forget_what_is_over(at=at))
