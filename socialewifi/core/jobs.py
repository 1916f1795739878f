"""Jobs of the house itself. Every room's ``jobs.py`` is found by the worker (docs/operations.md)."""

import logging

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from socialewifi.core import clock, health, mail, outage
from socialewifi.core.daily import once_a_day
from socialewifi.core.digest import send_digests
from socialewifi.core.queue import DELIVER, SIGN_OF_LIFE

logger = logging.getLogger(__name__)
DAYS_A_DONE_JOB_IS_KEPT = 7
LONGEST_WAIT = 30 * 60
# No job takes hours, and each may be done again: that its worker lives says nothing then.
BEGAN_LONG_AGO = """
SELECT job.id FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
WHERE job.status = 'doing' AND event.type = 'started'
GROUP BY job.id HAVING max(event.at) < now() - interval '3 hours'
"""


class UntilItIsSent(BaseRetryStrategy):
    """Try again after 3, 9, 27, ... seconds, and at last each half hour; core.mail says when it was long enough."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, OSError | mail.BeingSent) and not outage.kind_of(exception):
            return None
        return RetryDecision(retry_in={"seconds": min(3 ** min(job.attempts + 1, 10), LONGEST_WAIT)})


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="core.beat", queue=SIGN_OF_LIFE)
def beat(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Show that the worker is alive."""
    health.beat()


@app.task(name=DELIVER, retry=UntilItIsSent())
def deliver(message_id: int) -> None:
    """Send a mail; core.mail tells what happens when this is killed half-way."""
    try:
        if mail.deliver(message_id=message_id, at=clock.now()):
            outage.mail_server.end()
    except mail.BeingSent:
        raise
    except Exception as error:
        if isinstance(error, OSError) and outage.mail_server.meet(type(error).__name__):
            logger.warning("Mail waits: %s, code %s", error, next(iter(mail.answers_of(error)), [0])[0])
        passes = isinstance(error, OSError) or bool(outage.kind_of(error))
        if not mail.give_up(message_id=message_id, at=clock.now(), at_once=not passes) or not passes:
            raise


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="core.digest")
def tell_what_is_new(timestamp: int) -> None:  # noqa: ARG001
    """Send the daily digests: in the morning, or as soon as the worker is back."""
    at = clock.now()
    once_a_day("digest", at=at, act=lambda: send_digests(at=at))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="core.take_up", queue=SIGN_OF_LIFE, pass_context=True)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Give the jobs of a killed worker, and those without an end, to a living one; what waits again to nobody."""
    queue = context.app.job_manager
    for job in [*await queue.get_stalled_jobs(), *await _without_an_end(context)]:
        try:
            await queue.retry_job(job)
        except UniqueViolation:
            await queue.finish_job(job, status=Status.ABORTED, delete_job=False)


async def _without_an_end(context: JobContext) -> list[Job]:
    """Return what began so long ago that it must be done, or broken off: the database was away as that was noted."""
    rows = await context.app.connector.execute_query_all_async(BEGAN_LONG_AGO)
    return [job for row in rows for job in await context.app.job_manager.list_jobs_async(id=row["id"])]


@app.periodic(cron="30 3 * * *")
@app.task(queueing_lock="core.forget", pass_context=True)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Remove what was done long ago from the queue; what failed stays to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24 * DAYS_A_DONE_JOB_IS_KEPT)
