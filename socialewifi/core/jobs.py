"""Jobs of the house itself. Every room's ``jobs.py`` is found by the worker (docs/operations.md)."""

from django.db import OperationalError
from procrastinate import JobContext, RetryStrategy, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from socialewifi.core import clock, health, mail
from socialewifi.core.daily import once_a_day
from socialewifi.core.digest import send_digests
from socialewifi.core.queue import AT_ONCE, DELIVER

DAYS_A_DONE_JOB_IS_KEPT = 7
# After 3, 9, 27, ... seconds: ten times over about a day.
UNTIL_IT_IS_SENT = RetryStrategy(
    max_attempts=10, exponential_wait=3, retry_exceptions=[OSError, OperationalError, mail.BeingSent]
)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="core.beat", queue=AT_ONCE)
def beat(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Show that the worker is alive."""
    health.beat()


@app.task(name=DELIVER, retry=UNTIL_IT_IS_SENT)
def deliver(message_id: int) -> None:
    """Send a mail; core.mail tells what happens when this is killed half-way."""
    mail.deliver(message_id=message_id, at=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="core.digest")
def tell_what_is_new(timestamp: int) -> None:  # noqa: ARG001
    """Send the daily digests: in the morning, or as soon as the worker is back."""
    at = clock.now()
    once_a_day("digest", at=at, act=lambda: send_digests(at=at))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="core.take_up", queue=AT_ONCE, pass_context=True)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the jobs of a killed worker to a living one, but what waits again already to nobody."""
    queue = context.app.job_manager
    for job in await queue.get_stalled_jobs():
        try:
            await queue.retry_job(job)
        except UniqueViolation:
            await queue.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="core.forget", pass_context=True)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Remove what was done long ago from the queue; what failed stays to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24 * DAYS_A_DONE_JOB_IS_KEPT)
