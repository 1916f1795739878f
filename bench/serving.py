"""The web processes as they run for real: how fast they start and how much memory they take. Ended as they began."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
LONGEST_START = 30
# As the proxy in front of it would tell: without this, production sends every visitor to HTTPS.
BEHIND_PROXY = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


class DoesNotServe(Exception):
    """Raised when the web processes do not answer; its text is one line."""


def environment(database_url: str, port: int = 8000) -> dict[str, str]:
    """Return the environment of production, on this machine and with nobody to mail."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "DJANGO_SETTINGS_MODULE": "socialewifi.config.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only-for-the-bench-on-this-machine-and-nowhere-else-at-all",
        "BASE_URL": "https://localhost",
        "BEHIND_PROXY": "true",
        "WEB_WORKERS": "2",
        "LOG_LEVEL": "WARNING",
        "HOST": HOST,
        "PORT": str(port),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def web(database_url: str) -> AbstractContextManager["Web"]:
    """Serve the platform for as long as the block lasts."""
    port = free_port()
    return _served([sys.executable, "-m", "socialewifi.config.serve", "web"], database_url, port)


def yardstick(database_url: str) -> AbstractContextManager["Web"]:
    """Serve the page that others are measured by, with as many processes."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "bench.yardstick:application", "--interface", "wsgi", "--workers", "2"]
    command += ["--host", HOST, "--port", str(port), "--blocking-threads", "4", "--log-level", "warning"]
    return _served(command, database_url, port)


@contextmanager
def _served(command: list[str], database_url: str, port: int) -> Iterator["Web"]:
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=PROJECT, env=environment(database_url, port), start_new_session=True)
    try:
        _wait_for_first_page(process, port)
        yield Web(process.pid, port, time.monotonic() - began)
    finally:
        _end(process)


class Web:
    """What serves: its first process, its port, and the seconds from the command to the first page."""

    def __init__(self, pid: int, port: int, seconds_to_first_page: float) -> None:
        self.pid, self.port, self.seconds_to_first_page = pid, port, seconds_to_first_page

    def mebibytes(self) -> float:
        """Return the memory of all its processes; what they share counts once (PSS), where the system tells that."""
        return sum(_kibibytes(pid) for pid in [self.pid, *_children(self.pid)]) / 1024


def look(port: int, path: str, cookie: str = "") -> tuple[int, str]:
    """Look at one page as the proxy would, and return its status and its text."""
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request("GET", path, headers={**BEHIND_PROXY, **({"Cookie": cookie} if cookie else {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def _wait_for_first_page(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError, http.client.HTTPException):
            status, _page = look(port, "/")
            if status == http.HTTPStatus.OK:
                return
            raise DoesNotServe(f"The first page answers {status}.")
        time.sleep(0.02)
    raise DoesNotServe("The web processes do not start: try make run.")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [child for child, parent in pairs if parent == pid]
    return [*found, *(grandchild for child in found for grandchild in _children(child))]


def _kibibytes(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if rollup.exists():
        lines = rollup.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    counted = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607
    return int(counted.stdout.strip() or 0)
