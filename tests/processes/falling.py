"""A whole platform beside the tests: a PostgreSQL that only it works with, its processes, and a mail server."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from socialewifi.config import serve
from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place
from tests.processes.conftest import Process, until
from tests.processes.mailserver import MailServer, a_free_port

SECRET = "abcdefghijklmnopqrstuvwxyz012345"
# People who can ask for a code, each once: who asks time and again is not mailed any more.
PEOPLE = [f"bea{number}@voorbeeld.test" for number in range(20)]
MAKE_PEOPLE = """
from socialewifi.core import clock
from socialewifi.people.actions.accounts import add_person
for email in {people}:
    add_person(name="Bea", email=email, by=None, at=clock.now())
"""
HALF_A_FORM = (
    "POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\n\r\nemail=b"
)
LIST = "GET /initiatieven/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
# Of two processes with four threads each, as it is unless someone chooses otherwise.
THREADS = 8


class Cluster:
    """A PostgreSQL that nobody else works with."""

    def __init__(self, folder: Path):
        self.place = Place.of(folder)

    @property
    def url(self) -> str:
        return f"postgresql://{server.SUPERUSER}@/{server.DATABASE}?host={quote(str(self.place.sockets), safe='')}"

    def start(self) -> None:
        server.ensure_running(self.place)

    def stop(self, how: str = "immediate") -> None:
        server.stop(self.place, how=how)

    def restart(self) -> None:
        self.stop("fast")
        self.start()

    def remove(self) -> None:
        if server.is_running(self.place):
            self.stop()
        shutil.rmtree(self.place.data, ignore_errors=True)

    def tell(self, command: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(command)

    def ask(self, query: str) -> list[tuple]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query).fetchall()

    def holding(self, lock: str) -> psycopg.Connection:
        """Take a lock and keep it until this is closed."""
        connection = psycopg.connect(self.url)
        connection.execute(lock)
        return connection


class Platform:
    """What `make run` starts, and a visitor of it."""

    def __init__(self, cluster: Cluster, mail: MailServer, folder: Path):
        self.cluster, self.mail, self.port, self.log = cluster, mail, a_free_port(), folder / "log"
        self._people = iter(PEOPLE)
        self.env = {
            **{name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}},
            "DJANGO_SETTINGS_MODULE": "tests.processes.settings",
            "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
            "DATABASE_URL": cluster.url,
            "BASE_URL": f"http://localhost:{self.port}",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail.port),
            "PORT": str(self.port),
        }

    def fill(self) -> None:
        """Make the tables, the region and people."""
        region = serve.PROJECT / "tests" / "regions" / "mini"
        self.manage("migrate")
        self.manage("load_region", str(region))
        self.manage("shell", "-c", MAKE_PEOPLE.format(people=PEOPLE))

    def manage(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = [sys.executable, "manage.py", *command]
        return subprocess.run(done, cwd=serve.PROJECT, env=self.env, check=check, capture_output=True, text=True)

    def miss_whoever_has_a_mail_in_hand(self) -> None:
        """Let pass the minutes after which a living worker takes up what a lost one had in hand."""
        self.cluster.ask(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '10 minutes' WHERE id IN"
            " (SELECT worker_id FROM procrastinate_jobs WHERE task_name = 'core.deliver' AND status = 'doing')"
            " RETURNING 1"
        )
        self.manage("procrastinate", "defer", "socialewifi.core.jobs.take_up_stalled_jobs", '{"timestamp": 0}')

    def start(self) -> None:
        self.process = Process([sys.executable, "-m", "socialewifi.config.serve", "all"], env=self.env, log=self.log)
        self.until(self.answers)

    def stop(self) -> None:
        os.kill(self.process.pid, signal.SIGTERM)
        self.until(self.process.is_gone)

    def until(self, condition) -> None:
        until(condition, told=self.worth_reading)

    def worth_reading(self) -> str:
        return "\n".join(line for line in self.log.read_text().splitlines() if '"level": "INFO"' not in line)

    def look(self, path: str, *, form: dict[str, str] | None = None, seconds: float = 15) -> tuple[int, str]:
        """Return what a page answers: status and content; status 0 when nothing came in so many seconds."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        headers = {"Cookie": f"csrftoken={SECRET}", "Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode({"csrfmiddlewaretoken": SECRET, **form})
        try:
            line.request("GET" if form is None else "POST", path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            line.close()

    def answers(self) -> bool:
        return self.look("/")[0] == 200

    def ask_for_a_code(self, *, seconds: float = 15) -> tuple[int, str]:
        """Ask for a code as one of the people who did not ask yet."""
        self._asked_last = next(self._people)
        return self.look("/account/login/", form={"email": self._asked_last}, seconds=seconds)

    def sent_the_code(self) -> bool:
        """Tell whether who asked last was mailed: another mail may go out again meanwhile."""
        return self._asked_last in {mail["To"] for mail in self.mail.accepted}

    def asking(self, words: str) -> socket.socket:
        """Say this to the platform and wait for no answer."""
        line = socket.create_connection(("127.0.0.1", self.port))
        line.sendall(words.encode())
        return line

    def both_are_connected(self) -> bool:
        """Tell whether web and worker are back after a fall; a worker that only looks has one connection."""
        many = "SELECT application_name, count(*) FROM pg_stat_activity GROUP BY 1"
        connected = dict(self.cluster.ask(many))
        return connected.get("Sociale WIFI web", 0) > 0 and connected.get("Sociale WIFI worker", 0) > 1

    def every_page_waits(self) -> bool:
        """Tell whether each thread of each process that answers pages waits for a lock."""
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return self.cluster.ask(waiting) == [(THREADS,)]

    def written(self) -> list[dict]:
        """Return the lines of the log; what the keeper of the processes says is none of it."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def tracebacks(self) -> int:
        return sum("error" in line for line in self.written())

    def children(self, of: int) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]

    def parts(self) -> dict[str, int]:
        """Return the process of web and that of the worker."""
        found = {}
        for pid in self.children(self.process.pid):
            command = Path(f"/proc/{pid}/cmdline").read_text()
            found["web" if "granian" in command else "worker"] = pid
        return found
