"""A past that nobody could write, for a test that needs one: as a superuser, with no trigger of the database."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def rewriting():
    """Let what stands in append-only tables be altered and removed here."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")
