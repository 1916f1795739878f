"""Giving work to the worker, in the same transaction as the change it belongs to."""

from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

# The names of jobs that others defer; the jobs themselves stand in each room's ``jobs.py``.
DELIVER = "core.deliver"
# What someone waits for at this moment; all other work; and what keeps the worker itself alive.
AT_ONCE, IN_TURN, SIGN_OF_LIFE = "at-once", "default", "sign-of-life"


def defer(name: str, *, queue: str = IN_TURN, **arguments: Any) -> None:
    """
    Put the job with this name in a queue: it is there if and only if the present transaction is committed.

    In a web request ``task.defer`` would do the same, but in the worker it uses a connection of its own: the job
    could start before the change is there, or stay when the change is undone. Here it is always Django's.
    """
    deferrer = app.configure_task(name, allow_unknown=False, queue=queue)
    deferrer.job_manager = JobManager(DjangoConnector())
    deferrer.defer(**arguments)
