"""Real processes beside the test, on its database: they see what is committed, and can be killed at any moment."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from socialewifi.config import serve
from tests.processes.mailserver import MailServer

SECONDS = 120
WAITS_FOR_A_LOCK = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name <> 'holds'
"""

OTHERS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
EMPTY_THE_QUEUE = "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"


class Process:
    """A running part of the platform, in a group of its own."""

    def __init__(self, command: list[str], *, env: dict[str, str], log: Path):
        self.log = log
        with log.open("ab") as out:
            self._popen = subprocess.Popen(
                command, cwd=serve.PROJECT, env=env, stdout=out, stderr=out, start_new_session=True
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    def kill(self) -> None:
        """End it as a power cut does: no time for a last word."""
        with suppress(ProcessLookupError):
            os.killpg(self._popen.pid, signal.SIGKILL)

    def is_gone(self) -> bool:
        return self._popen.poll() is not None

    def end(self) -> None:
        self.kill()
        self._popen.wait(SECONDS)


def until(condition: Callable[[], object], *, told: Callable[[], str] = str) -> None:
    """Wait for what has to become true."""
    deadline = time.monotonic() + SECONDS
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, f"It did not happen within {SECONDS} s. {told()}"
        pause.wait(0.02)


def ask(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall() if cursor.description else []


def someone_waits_for_a_lock() -> bool:
    return bool(ask(WAITS_FOR_A_LOCK))


@contextmanager
def locks() -> Iterator[Callable[[str], object]]:
    """Take locks with a query, ``take("LOCK TABLE ...")``, and keep them until the end."""
    with psycopg.connect(address(), application_name="holds") as other:
        yield other.execute
        # The connections of what was killed go with it, as when its machine is gone.
        ask(f"SELECT pg_terminate_backend(pid) FROM ({WAITS_FOR_A_LOCK}) waiting")
        until(lambda: not someone_waits_for_a_lock())


def address() -> str:
    """Return where the database of this test is, as the other processes need it."""
    settings = connection.settings_dict
    host = settings["OPTIONS"].get("host") or settings["HOST"]
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={quote(host, safe='')}"


@pytest.fixture
def start(transactional_db, tmp_path):
    """Start a part of the platform: ``start(serve.worker(), CLOCK=...)``; whatever still runs is ended."""
    ask(EMPTY_THE_QUEUE)
    running = []

    def begin(command: list[str], **env: str) -> Process:
        known = {
            "DATABASE_URL": address(),
            "DJANGO_SETTINGS_MODULE": "tests.processes.settings",
            "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
            "LOG_LEVEL": "WARNING",
        }
        process = Process(command, env={**os.environ, **known, **env}, log=tmp_path / "log")
        running.append(process)
        return process

    yield begin
    for process in running:
        process.end()
    until(lambda: not ask(OTHERS))
    ask(EMPTY_THE_QUEUE)


@pytest.fixture
def mail_server():
    server = MailServer()
    server.start()
    yield server
    server.stop()
