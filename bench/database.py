"""
The database of the bench: its own, beside the others.

Without BENCH_DATABASE_URL it is made in the platform's own PostgreSQL. The name must begin with ``bench``, since
whatever is in it is thrown away.
"""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "bench"


class NotABench(Exception):
    """Raised when the bench is pointed at a database that may hold something; its text is one line."""


def address(name: str) -> str:
    """
    Return the address of the bench's database with this name after ``bench``.

    :raises NotABench: if BENCH_DATABASE_URL names a database that does not begin with ``bench``
    """
    if given := os.environ.get("BENCH_DATABASE_URL", "").strip():
        parts = urlsplit(given)
        if not parts.path.startswith(f"/{PREFIX}"):
            raise NotABench(f"The bench throws its database away: in BENCH_DATABASE_URL its name begins with {PREFIX}.")
        return urlunsplit(parts._replace(path=f"{parts.path}{name}"))
    place = Place.of(PROJECT)
    server.ensure_running(place)
    return f"postgresql://{server.SUPERUSER}@{quote(str(place.sockets), safe='')}/{PREFIX}{name}"


def make_anew(url: str) -> None:
    """Make this database empty."""
    parts = urlsplit(url)
    name = sql.Identifier(parts.path.lstrip("/"))
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def stop_if_ours() -> None:
    """Stop the platform's own PostgreSQL, unless someone else still works with it."""
    if not os.environ.get("BENCH_DATABASE_URL"):
        server.stop_if_unused(Place.of(PROJECT))
