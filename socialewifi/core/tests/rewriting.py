"""A past that nobody could write, for a test that needs one: as a superuser, with no trigger of the database."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def rewriting():
    """Let what stands in append-only tables be altered and removed here."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            # In a transaction that failed nothing can be said any more; its end puts it right.
            if not connection.needs_rollback:
                cursor.execute("SET session_replication_role = origin")
