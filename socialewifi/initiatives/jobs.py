"""What the worker does for initiatives."""

from procrastinate.contrib.django import app

from socialewifi.core import clock
from socialewifi.core.daily import once_a_day
from socialewifi.initiatives.actions.drafts import purge_drafts


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="initiatives.purge_drafts")
def clear_away_drafts(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Clear away, once a day, the ideas that were begun and never sent."""
    at = clock.now()
    once_a_day("drafts", at=at, act=lambda: purge_drafts(at=at))
