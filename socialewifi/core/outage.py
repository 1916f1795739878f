"""
A database that is away, full or too slow: said kindly to whoever asks, and written down once, with its end.

A connection that breaks says no SQLSTATE, or one of a server that goes or comes; a lock, a statement or a disk says
which of them it was. In each of them nothing was half done: a deed is one transaction.
"""

import logging
import sys
import threading
import time
from collections import Counter

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

# When whoever asked may ask again, in seconds.
AGAIN = 10
# Also where the driver speaks itself, and what the worker makes of it.
MODULES = ("psycopg", "procrastinate")
NAMES = {"OperationalError", "InterfaceError", "PoolTimeout", "PoolClosed", "ConnectorException"}
AWAY = "away"
# Classes of SQLSTATE that a connection ends with: it failed, the server stops, or has no room for another one.
CONNECTION = ("08", "57P", "53300")
logger = logging.getLogger(__name__)


def kind_of(exception: BaseException | None) -> str:
    """Return ``away`` or the SQLSTATE of what kept the database from answering; empty for any other exception."""
    found = ""
    while exception is not None:
        if _is_of_the_database(exception):
            state = getattr(exception, "sqlstate", None) or getattr(exception.__cause__, "sqlstate", None) or ""
            found = AWAY if not state or state.startswith(CONNECTION) else state
        exception = exception.__cause__ or exception.__context__
    return found


class Outages:
    """What is going wrong with the database now: since when, and how often it was met meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since: float | None = None
        self._met: Counter[str] = Counter()

    def meet(self, kind: str) -> bool:
        """Note that it happened, and tell whether it is the first of its kind."""
        with self._lock:
            self._since = self._since or time.monotonic()
            self._met[kind] += 1
            return self._met[kind] == 1

    def end(self) -> None:
        """Write down that the database answers, if it did not."""
        if self._since is None:
            return
        with self._lock:
            since, met = self._since, self._met.total()
            self._since, self._met = None, Counter()
        if since is not None:
            logger.warning(
                "The database answers again after %d seconds; %d times it did not", time.monotonic() - since, met
            )


now = Outages()


class Once(logging.Filter):
    """Let through one error of each kind of outage, and no more until it is over."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = kind_of(record.exc_info[1]) if record.exc_info else ""
        return not kind or now.meet(kind)


def _is_of_the_database(exception: BaseException) -> bool:
    if isinstance(exception, OperationalError | InterfaceError):
        return True
    return type(exception).__module__.startswith(MODULES) and bool(
        NAMES & {one.__name__ for one in type(exception).mro()}
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Answer what nobody expected: 503 where only the database did not answer, and else 500."""
    if not kind_of(sys.exc_info()[1]):
        return server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN)})
