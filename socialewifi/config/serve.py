"""
What runs: ``python -m socialewifi.config.serve`` with ``demo``, ``all``, ``web`` or ``worker``.

``demo`` fills the database first; ``demo`` and ``all`` run web and worker together, and stop both at Ctrl-C.
"""

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import NoReturn

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, get_commands
from django.db import connection, connections

from socialewifi.config import database, environment
from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place
from socialewifi.core import clock, clocks, tables, vault
from socialewifi.core.database import invents_moments

PROJECT = Path(__file__).resolve().parent.parent.parent
LAST_PORT = 65_535
SECONDS_TO_STOP = 15
# How long a part that ended waits before it begins again: longer each time that it did not live longer than this.
SECONDS_OF_A_SHORT_LIFE = 10
PAUSES = (1, 2, 5, 10, 20)
# Whoever fills the database holds this lock, until its connection is left.
FILLS = 20_260_101
WELCOME = """
Sociale WIFI runs as a DEMO: the people are invented, its clock stands at 20 November 2026, no mail leaves this machine.

  what everyone sees      {base}/
  sign in with one click  {base}/demo/

Stop with Ctrl-C."""


class CannotServe(Exception):
    """Raised when the platform cannot run; its text is one line for the person at the keyboard."""


def main(what: str) -> None:
    """
    Run what was asked until it is told to stop.

    :raises CannotServe: if it cannot run here, or if a part of it stopped by itself
    """
    if what == "demo":
        os.environ["DEMO"] = "true"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialewifi.config.settings")
    if what != "worker":
        refuse_taken_port()
    django.setup()
    if reason := database.refusal():
        raise CannotServe(reason)
    if what in {"web", "worker"}:
        refuse_other_tables()
        refuse_other_key()
        become(web() if what == "web" else worker())
    if what == "demo":
        fill()
        refuse_taken_port()
    else:
        refuse_other_tables()
    refuse_other_key()
    leave_database()
    try:
        run_together({"web": web(), "worker": worker()}, welcome=WELCOME if what == "demo" else "")
    finally:
        stop_database()


def web() -> list[str]:
    """Return the command of the web process; each of its processes divides its threads itself (config.door)."""
    refuse_what_is_not_built()
    environment.threads()
    return [
        *(sys.executable, "-m", "granian", "socialewifi.config.asgi:application", "--interface", "asginl", "--no-ws"),
        *("--host", host(), "--port", str(port()), "--http", "1", "--http1-header-read-timeout", "15000"),
        *("--workers", str(environment.number("WEB_WORKERS", 2, least=1, most=100))),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
    ]


def worker() -> list[str]:
    """Return the command of the worker process."""
    return [sys.executable, str(PROJECT / "manage.py"), "work"]


def host() -> str:
    return environment.text("HOST", "127.0.0.1")


def port() -> int:
    return environment.port("PORT", 8000)


def refuse_taken_port() -> None:
    """
    Refuse to start where something else answers already; the web server itself would silently share the port.

    :raises CannotServe: if the port is taken, or this machine has no such address
    """
    try:
        family, *_, where = socket.getaddrinfo(host(), port(), type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as unknown:
        raise CannotServe(f"HOST {host()!r} is no address: as 127.0.0.1, or 0.0.0.0 for every one.") from unknown
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                another = port() % LAST_PORT + 1
                raise CannotServe(f"Port {port()} is not free: choose another one, as PORT={another}.") from refused
            raise CannotServe(f"Nothing can listen on {host()}, port {port()}: {refused.strerror}.") from refused


def fill() -> None:
    """
    Make the tables, load the region, tell the sample year unless it was told before, and let its clock go on.

    Two that begin at once do so one after the other.
    """
    known = get_commands()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [FILLS])
    call_command("migrate", verbosity=0, interactive=False)
    if "load_region" in known:
        call_command("load_region", str(PROJECT / "regions" / "zuid-limburg"), stdout=StringIO())
    if "demo" in known and not apps.get_model("initiatives.Initiative").objects.exists():
        call_command("demo")
    clock.share()


def refuse_what_is_not_built() -> None:
    """
    Refuse to answer pages without their look: a ``make setup`` that was cut off leaves every page a bare error.

    :raises CannotServe: if the files of the look, or the list of them, are not there
    """
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        raise CannotServe("What pages look like is not built: run make setup, to its end.")


def refuse_other_tables() -> None:
    """
    Refuse to run on tables that are older or newer than the code, or take every moment for now as the demo's do, or by
    a clock that is wrong.

    :raises CannotServe: if a migration is not applied or not known, those of the demo were the last, or the clock is
        further from that of the database than the two may be
    """
    if reason := tables.misfit():
        raise CannotServe(f"The tables are {reason}.")
    if apart := clocks.difference():
        raise CannotServe(f"The clock of this machine is {apart}: set it right first.")
    if invents_moments() and not settings.MOMENTS_ARE_INVENTED:
        raise CannotServe("The tables are those of a demo: run manage.py migrate first.")


def refuse_other_key() -> None:
    """
    Refuse to run with a key that opens nothing of what this database keeps encrypted.

    :raises CannotServe: if it was made with another one
    """
    if not vault.is_the_key_of_this_database():
        raise CannotServe(vault.ANOTHER_KEY)


def run_together(commands: dict[str, list[str]], *, welcome: str = "") -> None:
    """
    Run the commands side by side until a signal comes, then stop them all. Whichever ends by itself begins again.

    :raises CannotServe: if one of them ends time and again as soon as it began
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    parts = [Part(name, command) for name, command in commands.items()]
    try:
        for part in parts:
            part.start()
        while not stopping.wait(0.2):
            for part in parts:
                part.keep_running()
            if welcome and answers():
                say(welcome.format(base=f"http://localhost:{port()}"))
                welcome = ""
    finally:
        for part in parts:
            part.stop()
        say("Stopped.")


class Part:
    """A process that begins again when it ends by itself, after a pause that grows while that goes on."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command = name, command
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._again_at: float | None = None
        self._short_lives = 0

    def start(self) -> None:
        # In a group of its own: Ctrl-C reaches the process that keeps it only, which stops all in order.
        self._process = subprocess.Popen(
            self.command,
            cwd=PROJECT,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509  # no other thread runs in this process
        )
        self._began, self._again_at = time.monotonic(), None

    def keep_running(self) -> None:
        """
        Begin again once it is time, when it ended by itself.

        :raises CannotServe: if it ended too often too soon
        """
        if self._process is None or self._process.poll() is None:
            return
        if self._again_at is None:
            self._plan(self._process)
        elif time.monotonic() >= self._again_at:
            self.start()

    def stop(self) -> None:
        """Ask it to stop, and end whatever is left of its group."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            say("A process does not stop by itself and is ended.")
        self._end_group(self._process)

    def _plan(self, ended: "subprocess.Popen[bytes]") -> None:
        self._end_group(ended)
        code = ended.returncode
        lived = time.monotonic() - self._began
        self._short_lives = self._short_lives + 1 if lived < SECONDS_OF_A_SHORT_LIFE else 0
        if self._short_lives >= len(PAUSES):
            raise CannotServe(f"The {self.name} process ends each time it begins (code {code}).")
        pause = PAUSES[self._short_lives]
        say(f"The {self.name} process ended by itself (code {code}) and begins again in {pause} s.")
        self._again_at = time.monotonic() + pause

    @staticmethod
    def _end_group(process: "subprocess.Popen[bytes]") -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def end_with_parent() -> None:
    """Have Linux stop this process when its parent is gone, so that even a killed one leaves nothing running."""
    if sys.platform == "linux":
        set_signal_of_parents_death = 1
        ctypes.CDLL(None).prctl(set_signal_of_parents_death, signal.SIGTERM)


def answers() -> bool:
    """Tell whether something answers where web listens."""
    try:
        with socket.create_connection((host(), port()), timeout=1):
            return True
    except OSError:
        return False


def leave_database() -> None:
    """Close this process's own connections; the processes that it starts open theirs."""
    connections.close_all()


def stop_database() -> None:
    """Stop the platform's own PostgreSQL, unless there is none or someone else still works with it."""
    if environment.text("DATABASE_URL"):
        return
    place = Place.of(PROJECT)
    for _attempt in range(10):
        if server.stop_if_unused(place):
            return
        time.sleep(0.3)
    say("PostgreSQL is still in use by something else and goes on.")


def become(command: list[str]) -> NoReturn:
    """Go on as this command, so that signals reach it directly."""
    leave_database()
    os.chdir(PROJECT)
    os.execv(command[0], command)  # noqa: S606


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    if sys.argv[1:] not in (["demo"], ["all"], ["web"], ["worker"]):
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("Stopped while it began; what was not finished is undone.")
    except (CannotServe, CommandError, ImproperlyConfigured, server.CannotStart) as wrong:
        sys.exit(f"Error: {wrong}")
