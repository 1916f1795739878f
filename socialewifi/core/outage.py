"""
A database that is away, full or too slow: said kindly to whoever asks, and written down once, with its end. So is a
mail server that takes no mail.

A connection that breaks says no SQLSTATE, or one of a server that goes or comes; a lock, a statement or a disk says
which of them it was. In each of them nothing was half done: a deed is one transaction. What does not pass by itself
(rights that are missing, a table that is not there, a fault of ours) is no outage; where the tables are not those of
this program, pages say the same words all the same.
"""

import logging
import sys
import threading
import time
from collections import Counter

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from socialewifi.core import tables

# When whoever asked may ask again, in seconds.
AGAIN = 10
AWAY = "away"
# Classes of SQLSTATE that a connection ends with: it failed, the server stops, or has no room for another one.
CONNECTION = ("08", "57P", "53300")
# What passes otherwise: no room, a lock, a slow statement, an idle transaction, a server that only reads, a deadlock.
PASSES = ("53", "55P03", "57014", "25P03", "25006", "40")
OF_THE_DATABASE = (DatabaseError, InterfaceError, psycopg.Error)
# What is not about the connection is over when it was not met for so long.
SECONDS_OF_QUIET = 60
# Something is not there; or not for this user, which no program can set right.
ABSENT = ("42P01", "42703", "3F000")
NOT_ALLOWED = "42501"
logger = logging.getLogger(__name__)


def kind_of(exception: BaseException | None) -> str:
    """Return ``away`` or the SQLSTATE of what kept the database from answering; empty for any other exception."""
    found = ""
    while exception is not None:
        is_of_the_database = isinstance(exception, OF_THE_DATABASE)
        if is_of_the_database:
            found = _kind(exception) or found
        # What happened while it was dealt with otherwise is a fault of its own.
        exception = exception.__cause__ or (exception.__context__ if is_of_the_database else None)
    return found


def _state(error: BaseException) -> str:
    return getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None) or ""


def _kind(error: BaseException) -> str:
    if state := _state(error):
        return AWAY if state.startswith(CONNECTION) else state if state.startswith(PASSES) else ""
    is_broken = isinstance(error, InterfaceError | psycopg.InterfaceError) and "connection" in str(error)
    return AWAY if is_broken or isinstance(error, OperationalError | psycopg.OperationalError) else ""


class Outages:
    """What goes wrong now with something we need: since when, and how often it was met meanwhile."""

    def __init__(self, name: str = "database", *, quiet: int = SECONDS_OF_QUIET) -> None:
        self._name, self._quiet = name, quiet
        self._lock = threading.Lock()
        self._since = 0.0
        self._met: Counter[str] = Counter()
        self._last: dict[str, float] = {}

    def meet(self, kind: str) -> bool:
        """Note that it happened, and tell whether it is the first of its kind."""
        with self._lock:
            self._since = self._since if self._met else time.monotonic()
            self._met[kind] += 1
            is_first = kind not in self._last
            self._last[kind] = time.monotonic()
            return is_first

    def refusals(self) -> list[str]:
        """Return the SQLSTATEs with which it refused what was asked in the last minute, though it can be reached."""
        with self._lock:
            quiet = time.monotonic() - self._quiet
            return sorted(kind for kind, last in self._last.items() if kind != AWAY and last >= quiet)

    def end(self) -> None:
        """Write down that it answers, if it did not; whoever calls this had an answer of it just now."""
        if not self._met:
            return
        with self._lock:
            quiet = time.monotonic() - self._quiet
            for kind in [kind for kind, last in self._last.items() if kind == AWAY or last < quiet]:
                del self._last[kind]
            if self._last or not self._met:
                return
            since, met = self._since, self._met.total()
            self._met = Counter()
        away = time.monotonic() - since
        logger.warning(f"The {self._name} answers again after %d seconds; %d times it did not", away, met)

    def end_if_it_answers(self) -> None:
        """Ask the database, if it did not answer before; a page that went well need not have asked it anything."""
        if not self._met:
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except OF_THE_DATABASE:
            return
        self.end()


now = Outages()
mail_server = Outages("mail server", quiet=0)


class Once(logging.Filter):
    """Let through one error of each kind of outage, and no more until it is over."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind = kind_of(record.exc_info[1]) if record.exc_info else ""
        return not kind or now.meet(kind)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer what nobody expected: 503 where only the database did not answer, and else 500."""
    error = sys.exc_info()[1]
    if not kind_of(error) and not _meets_other_tables(error):
        return server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(AGAIN)})


def _meets_other_tables(error: BaseException | None) -> bool:
    """Tell whether something was not there because the tables are not those of this program, or not open to it."""
    if not isinstance(error, DatabaseError):
        return False
    state = _state(error)
    try:
        return state == NOT_ALLOWED or (state.startswith(ABSENT) and bool(tables.misfit()))
    except OF_THE_DATABASE:
        return True
