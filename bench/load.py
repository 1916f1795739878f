"""Asking pages over and over, as one visitor or as eight at once: with wrk where it is installed, else in Python."""

import http.client
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.serving import BEHIND_PROXY, HOST

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Load:
    """What came of it: milliseconds at the median and for the slowest twentieth, and requests a second."""

    p50: float
    p95: float
    per_second: float
    requests: int
    failed: int


@dataclass(frozen=True)
class Asking:
    """What is asked in turn, with which cookie and what status is right; ``skip`` of the requests were used before."""

    paths: list[str]
    bodies: list[str]
    cookie: str = ""
    skip: int = 0

    @property
    def expected(self) -> int:
        return 303 if self.bodies else 200

    def requests(self) -> Iterator[tuple[str, str, str]]:
        """Yield method, path and body of each; a form only once, for it cannot be sent twice."""
        if self.bodies:
            sent = zip(self.paths, self.bodies, strict=True)
            return (("POST", path, body) for path, body in islice(sent, self.skip, None))
        return (("GET", path, "") for path in self.paths)


def driver() -> str:
    return "wrk" if shutil.which("wrk") else "python"


def drive(asking: Asking, *, port: int, clients: int, seconds: float) -> Load:
    """Ask for so many seconds, with so many clients at once."""
    if driver() == "wrk":
        return _with_wrk(asking, port=port, clients=clients, seconds=max(1, round(seconds)))
    return _with_python(asking, port=port, clients=clients, seconds=seconds)


def _with_wrk(asking: Asking, *, port: int, clients: int, seconds: int) -> Load:
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "10s"]
    with _written(asking) as file:
        ran = subprocess.run(
            [*command, "-s", str(Path(__file__).with_name("load.lua")), f"http://{HOST}:{port}/"],
            env={"PATH": os.environ.get("PATH", ""), "BENCH_REQUESTS": file},
            capture_output=True,
            text=True,
            check=True,
        )
    told: dict[str, Any] = json.loads(ran.stdout.strip().splitlines()[-1])
    return Load(told["p50"], told["p95"], told["requests"] / told["seconds"], told["requests"], told["failed"])


@contextmanager
def _written(asking: Asking) -> Iterator[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.write(f"{asking.expected}\t{asking.cookie}\n")
        file.writelines("\t".join(one) + "\n" for one in asking.requests())
        file.flush()
        yield file.name


def _with_python(asking: Asking, *, port: int, clients: int, seconds: float) -> Load:
    """Ask from threads of this process; what it costs this process itself is counted along."""
    visit = Visit(asking, port, seconds)
    visitors = [threading.Thread(target=visit.go_on) for _n in range(clients)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    taken = visit.taken
    cuts = quantiles(taken, n=20) if len(taken) > 1 else [0.0] * 19
    return Load(cuts[9], cuts[18], len(taken) / (time.perf_counter() - visit.began), len(taken), len(visit.failed))


class Visit:
    """What visitors share who ask for the same pages: whose turn it is, and how long each answer took."""

    def __init__(self, asking: Asking, port: int, seconds: float) -> None:
        listed = list(asking.requests())
        self.turns = iter(listed) if asking.bodies else cycle(listed)
        self.asking, self.port = asking, port
        self.began = time.perf_counter()
        self.until = self.began + seconds
        self.taken: list[float] = []
        self.failed: list[str] = []

    def go_on(self) -> None:
        """Ask until the time is over or everything was sent."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        while time.perf_counter() < self.until and (one := next(self.turns, None)):
            self._ask(connection, *one)
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, method: str, path: str, body: str) -> None:
        turn = len(self.taken)
        headers = {**BEHIND_PROXY, "X-Forwarded-For": f"198.18.{turn % 7}.{turn % 250}"}
        headers |= {"Cookie": self.asking.cookie} if self.asking.cookie else {}
        headers |= FORM if body else {}
        began = time.perf_counter()
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        self.taken.append((time.perf_counter() - began) * 1000)
        if answer.status != self.asking.expected:
            self.failed.append(path)
