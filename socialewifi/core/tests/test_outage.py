"""What the database says when it does not answer: told apart from every other fault, and written down once."""

import logging

import psycopg
import psycopg_pool
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from procrastinate.exceptions import ConnectorException

from socialewifi.core import outage


@pytest.fixture
def outages(monkeypatch):
    """No outage yet."""
    monkeypatch.setattr(outage, "now", outage.Outages())
    return outage.now


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OperationalError("connection refused"), "away"),
        (InterfaceError("connection already closed"), "away"),
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


def test_of_each_kind_one_is_written_down_until_it_is_over(outages, caplog):
    locked = caused(OperationalError(), psycopg.errors.LockNotAvailable())

    assert [written(OperationalError()), written(OperationalError()), written(locked)] == [True, False, True]
    assert [written(RuntimeError()), written(RuntimeError())] == [True, True]
    outages.end()
    outages.end()

    assert [line.getMessage() for line in caplog.records] == [
        "The database answers again after 0 seconds; 3 times it did not"
    ]
    assert written(OperationalError())
