"""Tables and program belong together: neither is newer than the other, and no table changes under who works with it."""

import os
from functools import cache
from typing import Any

from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg.errors import InsufficientPrivilege

from socialewifi.core import vault

NEWER = "newer"
OURS = "Sociale WIFI"
WORKING = """
SELECT DISTINCT application_name FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE %s ORDER BY 1
"""


def work_as(part: str) -> None:
    """Let this process tell the database that it is ``web`` or ``worker``, at each connection it makes from now on."""
    os.environ["PGAPPNAME"] = f"{OURS} {part}"


def misfit() -> str:
    """Return why this program cannot work with these tables, in a few words; empty when it can."""
    known, rooms = _migrations()
    try:
        applied = {one for one in MigrationRecorder(connection).applied_migrations() if one[0] in rooms}
    except ProgrammingError as refused:
        if not isinstance(refused.__cause__, InsufficientPrivilege):
            raise
        return "not open to this user of the database: run manage.py grant_rights first"
    if missing := len(known - applied):
        return f"older than the program: run manage.py migrate first ({missing} to apply)"
    if unknown := len(applied - known):
        return f"{NEWER} than the program: it does not know {unknown} of their migrations"
    return ""


def require_fit() -> None:
    """
    Refuse a command on a database of another version or another key: what it writes there does not work.

    :raises CommandError: with what does not fit
    """
    if reason := misfit():
        raise CommandError(f"The tables are {reason}.")
    if not vault.is_the_key_of_this_database():
        raise CommandError(vault.ANOTHER_KEY)


def refuse_while_worked_with(*, using: str, plan: list[Any], **_: Any) -> None:
    """
    Refuse to change tables that web or worker work with: they know only the tables they were written for.

    :raises CommandError: if one of them is connected, or if the tables are those of a newer version
    """
    if not plan:
        if (reason := misfit()).startswith(NEWER):
            raise CommandError(f"The tables are {reason}.")
        return
    with connections[using].cursor() as cursor:
        cursor.execute(WORKING, [f"{OURS} %"])
        working = " and ".join(name.removeprefix(f"{OURS} ") for (name,) in cursor.fetchall())
    if working:
        raise CommandError(f"The tables are in use by {working}: stop web and worker first.")


@cache
def _migrations() -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    loader = MigrationLoader(None)
    return frozenset(loader.disk_migrations), frozenset(loader.migrated_apps)
