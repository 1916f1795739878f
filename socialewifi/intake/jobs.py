"""What the worker does around ideas that are told: it clears away what was never sent."""

from procrastinate.contrib.django import app

from socialewifi.core import clock
from socialewifi.core.daily import once_a_day
from socialewifi.intake.actions.drafts import forget_codes, purge_drafts


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="intake.forget")
def forget_drafts(timestamp: int) -> None:  # noqa: ARG001
    """Clear away codes nobody wrote down, and once a day ideas not sent in time, as the privacy page promises."""
    at = clock.now()
    forget_codes(at=at)
    once_a_day("drafts", at=at, act=lambda: purge_drafts(at=at))
