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
from django.core.management import call_command, get_commands
from django.db import connections

from socialewifi.config import database, environment
from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place
from socialewifi.core.database import invents_moments
from socialewifi.core.vault import is_the_key_of_this_database

PROJECT = Path(__file__).resolve().parent.parent.parent
LAST_PORT = 65_535
SECONDS_TO_STOP = 15
SECONDS_TO_START = 30
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
        refuse_other_key()
        become(web() if what == "web" else worker())
    if what == "demo":
        fill()
    else:
        refuse_old_tables()
    refuse_other_key()
    leave_database()
    try:
        run_together({"web": web(), "worker": worker()}, welcome=WELCOME if what == "demo" else "")
    finally:
        stop_database()


def web() -> list[str]:
    """Return the command of the web process."""
    return [
        *(sys.executable, "-m", "granian", "socialewifi.config.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", host(), "--port", str(port())),
        *("--workers", str(environment.number("WEB_WORKERS", 2, least=1, most=100))),
        *("--blocking-threads", str(environment.number("WEB_THREADS", 4, least=1, most=100))),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning"),
    ]


def worker() -> list[str]:
    """Return the command of the worker process."""
    manage = str(PROJECT / "manage.py")
    return [sys.executable, manage, "procrastinate", "worker", "--shutdown-graceful-timeout", "10"]


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
    """Make the tables, load the region, and tell the sample year unless it was told before."""
    known = get_commands()
    call_command("migrate", verbosity=0, interactive=False)
    if "load_region" in known:
        call_command("load_region", str(PROJECT / "regions" / "zuid-limburg"), stdout=StringIO())
    if "demo" in known and not apps.get_model("initiatives.Initiative").objects.exists():
        call_command("demo")


def refuse_old_tables() -> None:
    """
    Refuse to run on tables that are older than the code, or take every moment for now as the demo's do.

    :raises CannotServe: if a migration is not applied, or those of the demo were the last
    """
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit as missing:
        raise CannotServe("The tables are older than the program: run manage.py migrate first.") from missing
    if invents_moments() and not settings.MOMENTS_ARE_INVENTED:
        raise CannotServe("The tables are those of a demo: run manage.py migrate first.")


def refuse_other_key() -> None:
    """
    Refuse to run with a key that opens nothing of what this database keeps encrypted.

    :raises CannotServe: if it was made with another one
    """
    if not is_the_key_of_this_database():
        raise CannotServe(
            "SECRET_KEY is not the one this database was made with: give that one, also as SECRET_KEY_FALLBACKS; "
            "if it is lost, run manage.py renew_key --lost."
        )


def run_together(commands: dict[str, list[str]], *, welcome: str = "") -> None:
    """
    Run the commands side by side until a signal comes, then stop them all.

    :raises CannotServe: if one of them stopped by itself
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    # Each in a group of its own: Ctrl-C reaches this process only, which stops the others in order.
    running = {name: start(command) for name, command in commands.items()}
    try:
        wait_until_it_answers(stopping)
        if welcome and not stopping.is_set():
            say(welcome.format(base=f"http://localhost:{port()}"))
        while not stopping.wait(0.2):
            for name, process in running.items():
                if process.poll() is not None:
                    raise CannotServe(f"The {name} process stopped by itself (code {process.returncode}).")
    finally:
        for process in running.values():
            stop(process)
        say("Stopped.")


def start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        cwd=PROJECT,
        start_new_session=True,
        preexec_fn=end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # no thread runs here yet
    )


def end_with_parent() -> None:
    """Have Linux stop this process when its parent is gone, so that even a killed demo leaves nothing running."""
    set_signal_of_parents_death = 1
    ctypes.CDLL(None).prctl(set_signal_of_parents_death, signal.SIGTERM)


def wait_until_it_answers(stopping: threading.Event) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and not stopping.wait(0.1):
        try:
            with socket.create_connection((host(), port()), timeout=1):
                return
        except OSError:
            continue


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask the process to stop, and end whatever is left of its group."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        say("A process does not stop by itself and is ended.")
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def leave_database() -> None:
    """Close this process's own connections; the processes that it starts open theirs."""
    connections.close_all()
    connections["default"].close_pool()  # type: ignore[attr-defined]  # only Django's PostgreSQL has one


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
    except (CannotServe, ImproperlyConfigured, server.CannotStart) as wrong:
        sys.exit(f"Error: {wrong}")
