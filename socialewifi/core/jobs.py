"""Jobs of the house itself. Every room's ``jobs.py`` is found by the worker (docs/operations.md)."""

from procrastinate.contrib.django import app

from socialewifi.core import health


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="core.beat")
def beat(timestamp: int) -> None:  # noqa: ARG001  # every periodic job is told its moment
    """Show that the worker is alive."""
    health.beat()
