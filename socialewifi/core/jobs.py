"""Jobs of the house itself. Every room's ``jobs.py`` is found by the worker (docs/operations.md)."""

from procrastinate import JobContext, RetryStrategy, builtin_tasks
from procrastinate.contrib.django import app

from socialewifi.core import clock, health, mail
from socialewifi.core.daily import once_a_day
from socialewifi.core.digest import send_digests
from socialewifi.core.queue import DELIVER

DAYS_A_DONE_JOB_IS_KEPT = 7
# After 3, 9, 27, ... seconds: ten times over about a day.
WHILE_THE_SERVER_IS_AWAY = RetryStrategy(max_attempts=10, exponential_wait=3, retry_exceptions=[OSError])


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="core.beat")
def beat(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Show that the worker is alive."""
    health.beat()


@app.task(name=DELIVER, retry=WHILE_THE_SERVER_IS_AWAY)
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
@app.task(queueing_lock="core.take_up", pass_context=True)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the jobs of a killed worker to a living one."""
    for job in await context.app.job_manager.get_stalled_jobs():
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="core.forget", pass_context=True)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Remove what was done long ago from the queue; what failed stays to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24 * DAYS_A_DONE_JOB_IS_KEPT)
