"""Starting, finding and stopping the embedded PostgreSQL. Whatever goes wrong is one clear line."""

import fcntl
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from socialewifi.config.embedded.place import SYSTEM_USER, WHEEL, Place

DATABASE = "sociale_wifi"
SUPERUSER = "postgres"
NEEDED_BYTES = 200 * 1024**2
_found: set[Path] = set()


class CannotStart(psycopg.OperationalError):
    """
    Raised when the embedded PostgreSQL cannot run here; its text is one line for the person at the keyboard.

    To whoever asks the database something meanwhile it is one that cannot be reached.
    """


def ensure_running(place: Place) -> None:
    """
    Start the server unless it runs already, also when it ended by itself; first make its data folder and its database.

    :raises CannotStart: if it cannot run here
    """
    if place.data in _found and is_running(place):
        return
    try:
        place.data.parent.mkdir(parents=True, exist_ok=True)
        _make_socket_folder(place)
        with _one_at_a_time(place):
            if not is_running(place):
                if os.geteuid() == 0:
                    _prepare_for_root(place)
                _make_data_folder(place)
                _start(place)
            _make_database(place)
    except PermissionError as refused:
        raise CannotStart(f"{refused.filename or place.data} cannot be written by this user.") from refused
    except OSError as failed:
        raise CannotStart(f"PostgreSQL cannot start in {place.data}: {failed.strerror or failed}.") from failed
    _found.add(place.data)


def is_running(place: Place) -> bool:
    try:
        with _connect(place):
            return True
    except psycopg.OperationalError:
        return False


def stop_if_unused(place: Place) -> bool:
    """Stop the server when nobody else is connected to it; tell whether it is no longer running."""
    try:
        with _connect(place) as connection:
            others = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            ).fetchone()
    except psycopg.OperationalError:
        return True
    if others != (0,):
        return False
    stop(place)
    return True


def stop(place: Place, *, how: str = "fast") -> None:
    """Stop the server; ``immediate`` is how it ends when its machine fails."""
    _found.discard(place.data)
    _run(place, "pg_ctl", "-D", str(place.data), "-w", "-m", how, "stop")


def _make_socket_folder(place: Place) -> None:
    """Make the folder of the socket, when it is another one than that of the data: where everyone may write."""
    if place.sockets == place.data:
        return
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    found = place.sockets.lstat()
    # Who may write there could put a server of their own in the place of ours.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise CannotStart(f"PostgreSQL cannot start: {place.sockets} is not only this user's, remove it first.")


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    with (place.data.parent / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _connect(place: Place) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        host=str(place.sockets), user=SUPERUSER, dbname="postgres", connect_timeout=5, autocommit=True
    )


def _make_data_folder(place: Place) -> None:
    if place.data.is_dir() and (place.data / "PG_VERSION").exists():
        _refuse_other_version(place)
        return
    if shutil.disk_usage(place.data.parent).free < NEEDED_BYTES:
        raise CannotStart(f"Too little room on the disk for PostgreSQL in {place.data}: 200 MB is needed.")
    _tell(f"Making a PostgreSQL of our own in {place.data} (once, a few seconds).")
    if os.geteuid() == 0:
        _tell(f"As root: PostgreSQL runs as the system user {SYSTEM_USER}; no folder is opened wider for it.")
    # Under another name first: whoever is interrupted here starts afresh the next time.
    unfinished = place.data.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(unfinished, SYSTEM_USER, pwd.getpwnam(SYSTEM_USER).pw_gid)
    _run(
        place,
        *("initdb", "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )
    unfinished.rename(place.data)


def _refuse_other_version(place: Place) -> None:
    made_by = (place.data / "PG_VERSION").read_text().strip()
    ours = _run(place, "postgres", "--version").split()[-1].split(".")[0]
    if made_by != ours:
        raise CannotStart(
            f"{place.data} was made by PostgreSQL {made_by}, this is {ours}: docs/operations.md tells how to move it."
        )


def _prepare_for_root(place: Place) -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
    if place.wheel != WHEEL and not place.wheel.parent.exists():
        _copy_wheel(place.wheel.parent)


def _copy_wheel(target: Path) -> None:
    """Copy the wheel and the libraries beside it to where the system user can come."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for folder in WHEEL.parent.glob(f"{WHEEL.name}*"):
        if folder.suffix != ".dist-info":
            shutil.copytree(folder, unfinished / folder.name)
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    unfinished.rename(target)


def _make_system_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", SYSTEM_USER]
    if not shutil.which("useradd"):
        command = ["adduser", "-S", "-D", "-H", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as refused:
        raise CannotStart(
            f"PostgreSQL does not run as root and the system user {SYSTEM_USER} cannot be made: "
            "start as an ordinary user, or set DATABASE_URL."
        ) from refused


def _start(place: Place) -> None:
    # Its log says what went wrong, and not with which row or question: those hold names and addresses.
    discreet = "-c log_error_verbosity=terse -c log_min_error_statement=panic"
    where = f"-c unix_socket_permissions=0700 -k {shlex.quote(str(place.sockets))}"
    options = f"-c listen_addresses= {where} {discreet}"
    log = place.data / "log"
    try:
        _run(place, "pg_ctl", "-D", str(place.data), "-l", str(log), "-w", "-t", "60", "-o", options, "start")
    except CannotStart:
        reason = _reason(log.read_text(errors="replace")) if log.exists() else f"see {log}"
        raise CannotStart(f"PostgreSQL cannot start in {place.data}: {reason}") from None


def _make_database(place: Place) -> None:
    with _connect(place) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _run(place: Place, program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs as the user that may, and return what it printed."""
    runs_as = _system_user(place) if os.geteuid() == 0 else None
    # Into a file: the server that pg_ctl leaves behind would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output:
        ended = subprocess.run(
            [place.program(program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**os.environ, "LC_ALL": "C", "PGOPTIONS": ""},
            start_new_session=True,
            user=runs_as.pw_uid if runs_as else None,
            group=runs_as.pw_gid if runs_as else None,
            extra_groups=[] if runs_as else None,
        )
        output.seek(0)
        said = output.read().strip()
    if ended.returncode:
        raise CannotStart(f"PostgreSQL cannot start in {place.data}: {_reason(said) or program}")
    return said


def _reason(said: str) -> str:
    lines = said.splitlines()
    wrong = [line for line in lines if any(mark in line for mark in ("error:", "FATAL:", "PANIC:"))]
    return (wrong or lines or [""])[-1]


def _system_user(place: Place) -> pwd.struct_passwd:
    owner = place.data.stat().st_uid if place.data.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam(SYSTEM_USER)


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
