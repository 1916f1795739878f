"""What the database says when it does not answer: told apart from every other fault, and written down once."""

import logging

import psycopg
import psycopg_pool
import pytest
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError, ProgrammingError, connection
from procrastinate.exceptions import ConnectorException

from socialewifi.core import health, outage


@pytest.fixture
def outages(monkeypatch):
    """No outage yet."""
    monkeypatch.setattr(outage, "now", outage.Outages())
    return outage.now


def caused(error, cause):
    error.__cause__ = cause
    return error


def meanwhile(error, context):
    error.__context__ = context
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OperationalError("connection refused"), "away"),
        (InterfaceError("connection already closed"), "away"),
        (InterfaceError("the cursor is closed"), ""),
        (psycopg.errors.IdleInTransactionSessionTimeout(), "25P03"),
        (caused(InternalError(), psycopg.errors.IdleInTransactionSessionTimeout()), "25P03"),
        (caused(InternalError(), psycopg.errors.ReadOnlySqlTransaction()), "25006"),
        (caused(OperationalError(), psycopg.errors.DeadlockDetected()), "40P01"),
        (caused(ProgrammingError(), psycopg.errors.InsufficientPrivilege()), ""),
        (caused(ConnectorException(), psycopg.errors.InsufficientPrivilege()), ""),
        (caused(ConnectorException(), psycopg.errors.UndefinedTable()), ""),
        (meanwhile(KeyError(), OperationalError()), ""),
        (meanwhile(InternalError(), caused(OperationalError(), psycopg.errors.DiskFull())), "53100"),
        (caused(OperationalError(), psycopg.errors.AdminShutdown()), "away"),
        (caused(OperationalError(), psycopg.errors.CannotConnectNow()), "away"),
        (caused(OperationalError(), psycopg.errors.TooManyConnections()), "away"),
        (psycopg_pool.PoolTimeout(), "away"),
        (caused(ConnectorException(), psycopg.OperationalError()), "away"),
        (caused(OperationalError(), psycopg.errors.LockNotAvailable()), "55P03"),
        (caused(OperationalError(), psycopg.errors.QueryCanceled()), "57014"),
        (caused(OperationalError(), psycopg.errors.DiskFull()), "53100"),
        (caused(ValueError(), OperationalError()), "away"),
        (IntegrityError(), ""),
        (RuntimeError(), ""),
        (ConnectionRefusedError(), ""),
        (None, ""),
    ],
)
def test_a_database_that_does_not_answer_is_told_apart_from_every_other_fault(error, kind):
    assert outage.kind_of(error) == kind


def written(error):
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "x", (), (type(error), error, None))
    return outage.Once().filter(record)


LOCKED = caused(OperationalError(), psycopg.errors.LockNotAvailable())


def test_of_each_kind_one_is_written_down_until_it_is_over(outages, caplog):
    assert [written(OperationalError()), written(OperationalError())] == [True, False]
    assert [written(RuntimeError()), written(RuntimeError())] == [True, True]
    outages.end()
    outages.end()

    assert [line.getMessage() for line in caplog.records] == [
        "The database answers again after 0 seconds; 2 times it did not"
    ]
    assert written(OperationalError())


def test_a_lock_or_a_full_disk_is_over_when_it_was_not_met_for_a_minute(outages, caplog, monkeypatch):
    assert written(LOCKED)
    outages.end()
    assert not written(LOCKED)
    assert not caplog.records

    monkeypatch.setattr(outages, "_quiet", -1)
    outages.end()

    assert caplog.records
    assert written(LOCKED)


class NoDatabase:
    """A connection with nothing behind it."""

    def cursor(self):
        raise OperationalError


@pytest.mark.django_db
def test_a_page_that_asked_the_database_nothing_ends_no_outage(client, outages, monkeypatch):
    outages.meet(outage.AWAY)
    monkeypatch.setattr(outage, "connection", NoDatabase())

    client.get("/robots.txt")
    assert not outages.meet(outage.AWAY)

    monkeypatch.setattr(outage, "connection", connection)
    client.get("/robots.txt")
    assert outages.meet(outage.AWAY)


ABSENT = caused(ProgrammingError(), psycopg.errors.UndefinedTable())


@pytest.mark.parametrize(("misfit", "status"), [("older than the program", 503), ("", 500)])
def test_where_tables_are_missing_pages_say_kindly_that_it_does_not_work_now(rf, monkeypatch, misfit, status):
    monkeypatch.setattr(outage.tables, "misfit", lambda: misfit)
    try:
        raise ABSENT
    except ProgrammingError:
        answer = outage.failed(rf.get("/"))

    assert answer.status_code == status


def test_whoever_keeps_watch_is_told_what_was_refused_in_the_last_minute(outages, monkeypatch):
    outages.meet("53100")
    outages.meet(outage.AWAY)

    assert outages.refusals() == ["53100"]
    assert health.worker_failures() == {"database": "refuses what is asked: 53100"}
    monkeypatch.setattr(outages, "_quiet", -1)
    assert outages.refusals() == []
