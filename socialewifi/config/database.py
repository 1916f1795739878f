"""Which PostgreSQL the platform works with: the one of DATABASE_URL, or its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import NotSupportedError, OperationalError, connections

from socialewifi.config import environment
from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place

OLDEST = 15
EXAMPLE = "postgresql://user:password@host:5432/name"


@dataclass(frozen=True)
class Patience:
    """How long the database may take, in seconds, before what it was asked ends as if it had failed (ADR 22)."""

    statement: int
    lock: int
    idle_in_transaction: int

    @property
    def options(self) -> str:
        parts = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle_in_transaction,
        }
        return " ".join(f"-c {name}={seconds}s" for name, seconds in parts.items())


# Someone waits for a page; a job, a command or a migration has the time of the night.
PATIENCE = {"PAGE": Patience(statement=15, lock=5, idle_in_transaction=30), "JOB": Patience(600, 60, 120)}
# A server that does not answer is given up after so many seconds, and one that fell silent as well.
NETWORK = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


def settings(project: Path, *, prepare: bool, patience: Patience) -> dict[str, Any]:
    """
    Return Django's settings of the database. Nothing is started or asked here.

    Each thread keeps its connection, and asks at the start of a request whether it is still there.

    :raises ImproperlyConfigured: if DATABASE_URL cannot be understood
    """
    url = environment.text("DATABASE_URL")
    chosen = _given(url) if url else _own(project)
    given = chosen.get("OPTIONS", {})
    # Whatever else the address asks for: how long we wait stands, and who works here says so itself (core.tables).
    named = {name: value for name, value in given.items() if name not in {"options", "application_name"}}
    options = {**NETWORK, **named, "options": f"{patience.options} {given.get('options', '')}".strip()}
    if prepare:
        # What a connection asks for the fifth time, the database has thought about before.
        options = {**options, "server_side_binding": True, "prepare_threshold": 5}
    return {**chosen, "OPTIONS": options, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def refusal() -> str:
    """Return why the platform cannot work with its database, in one line; empty when it can."""
    try:
        connection = connections["default"]
        connection.ensure_connection()
        version = connection.connection.info.server_version // 10000
    except server.CannotStart as wrong:
        return str(wrong)
    except (OperationalError, NotSupportedError) as wrong:
        return f"The database cannot be reached: {' '.join(str(wrong).split())}"
    if version < OLDEST:
        return f"The database is PostgreSQL {version}: {OLDEST} or newer is needed."
    return ""


def _own(project: Path) -> dict[str, Any]:
    return {
        "ENGINE": "socialewifi.config.embedded",
        "PROJECT": str(project),
        "HOST": str(Place.of(project).sockets),
        "USER": server.SUPERUSER,
        "NAME": server.DATABASE,
    }


def _given(url: str) -> dict[str, Any]:
    # Never shows the address itself: it may hold a password.
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"DATABASE_URL must be the address of a PostgreSQL, as {EXAMPLE}.")
    try:
        chosen = dj_database_url.parse(url)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read; it looks like {EXAMPLE}.") from wrong
    if not chosen["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL names no database; it looks like {EXAMPLE}.")
    return dict(chosen)
