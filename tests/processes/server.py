"""A server on which the manual is typed: a PostgreSQL as Debian brings it, the files of /etc, and units that run."""

import os
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
from contextlib import ExitStack, suppress
from http.client import HTTPSConnection
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

from socialewifi.config import serve
from tests.processes.conftest import until
from tests.processes.falling import SECRET
from tests.processes.mailserver import a_free_port

HOST = "wifi.example.nl"
HOME = Path("/opt/sociale-wifi")
SETTINGS = Path("/etc/sociale-wifi")
UNITS = Path("/etc/systemd/system")
SITE = Path("/etc/nginx/sites-enabled/sociale-wifi")
BACKUP = Path("/var/backups/wifi.dump")
# Built by ``make setup``, and not in git.
BUILT = ("var/static", "var/messages.made", "socialewifi/core/static/build", "socialewifi/core/fonts/build")
# What `make` and systemd do where this test runs: packages are there already, and there is no systemd.
APT_GET = """#!/bin/sh
shift 2
exec dpkg --status "$@" >/dev/null
"""
SYSTEMCTL = """#!/bin/sh
exec "$PYTHON" -m tests.processes.systemctl "$@"
"""


class Debian:
    """PostgreSQL of this machine, as its package sets it up: peers locally, passwords over the network."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, a_free_port()
        folder.mkdir(mode=0o700)
        shutil.chown(folder, "postgres")
        self._programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]

    def start(self) -> None:
        locally, elsewhere = "--auth-local=peer", "--auth-host=scram-sha-256"
        self._run("initdb", "-D", self.folder / "data", "-U", "postgres", locally, elsewhere, "--encoding=UTF8")
        options = f"-c listen_addresses=127.0.0.1 -c fsync=off -p {self.port} -k {self.folder}"
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")

    def ask(self, query: str, *, of: str = "wifi") -> str:
        """Ask a database something as the superuser; return what it says, plainly."""
        return self._run("psql", "-h", self.folder, "-p", self.port, "-d", of, "-At", "-c", query)

    def _run(self, program: str, *arguments: object) -> str:
        command = [str(self._programs / program), *map(str, arguments)]
        # Into a file: the server that pg_ctl leaves behind would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            subprocess.run(command, cwd="/", user="postgres", check=True, stdout=said)
            said.seek(0)
            return said.read().strip()


class Server:
    """Where the manual is typed, line by line, as root."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, a_free_port()
        self.units = folder / "units"
        self.database = Debian(folder / "postgresql")
        self._env = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "PORT": str(self.port),
            "PYTHON": str(serve.PROJECT / ".venv" / "bin" / "python"),
            "UNITS": str(self.units),
            # Where psql finds the database when nothing is said, as it would on its usual port.
            "PGHOST": str(self.database.folder),
            "PGPORT": str(self.database.port),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }

    def prepare(self) -> None:
        """Clone the platform, as the manual asks, with what is built already."""
        self.units.mkdir()
        for name, words in {"apt-get": APT_GET, "systemctl": SYSTEMCTL}.items():
            (self.folder / "bin").mkdir(exist_ok=True)
            (self.folder / "bin" / name).write_text(words)
            (self.folder / "bin" / name).chmod(0o755)
        self.type(f"git clone --quiet {serve.PROJECT} {HOME}")
        self._take_along_what_is_not_committed()
        # Older than what was built of it.
        self.type(f"cd {HOME}; git ls-files -z | xargs -0r touch --no-create --date=2000-01-01")
        (HOME / ".venv").symlink_to(serve.PROJECT / ".venv")
        for built in BUILT:
            (HOME / built).parent.mkdir(exist_ok=True)
            self.type(f"cp -pr {serve.PROJECT / built} {HOME / built}")
        self.database.start()

    def _take_along_what_is_not_committed(self) -> None:
        changed = ["git", "ls-files", "-z", "--modified", "--others", "--exclude-standard"]
        names = subprocess.run(changed, cwd=serve.PROJECT, capture_output=True, text=True, check=True).stdout
        for name in filter(None, names.split("\0")):
            (HOME / name).parent.mkdir(parents=True, exist_ok=True)
            if (serve.PROJECT / name).exists():
                shutil.copy(serve.PROJECT / name, HOME / name)
            else:
                (HOME / name).unlink(missing_ok=True)
        # As if it were committed: whoever takes a new version changed nothing of the program.
        who = "-c user.name=x -c user.email=x@voorbeeld.test"
        self.type(f"git -C {HOME} add -A; git -C {HOME} {who} commit --quiet --allow-empty --message=x")

    def type(self, commands: str, *, code: int = 0) -> str:
        """Type these lines in the shell that is open; return what they say."""
        after = self.folder / "after"
        done = subprocess.run(
            ["bash", "-euc", f"cd {self._env.get('PWD', '/')}\n{commands}\nenv -0 >{after}"],
            env=self._env,
            capture_output=True,
            text=True,
            check=False,
        )
        said = f"{done.stdout}{done.stderr}"
        assert done.returncode == code, f"{commands}\n{said}"
        if not code:
            self._env = dict(one.split("=", 1) for one in after.read_text().split("\0") if one)
        return said

    def fill_in(self, name: str, **values: str) -> None:
        """Change what a file of /etc says, as its reader is asked to."""
        path = SETTINGS / name
        path.write_text("".join(f"{key}='{value}'\n" for key, value in {**self._filled_in(path), **values}.items()))

    @staticmethod
    def _filled_in(path: Path) -> dict[str, str]:
        lines = [line.split("=", 1) for line in path.read_text().splitlines() if "=" in line and line[0] != "#"]
        return {name: value.strip("'") for name, value in lines}

    def forget(self, *names: str) -> None:
        """Type on as someone for whom these variables say nothing."""
        self._env = {name: value for name, value in self._env.items() if name not in names}

    def leave(self) -> None:
        """Stop whatever runs, and leave the machine as it was, however far it came."""
        with ExitStack() as last:
            for rest in (HOME, SETTINGS):
                last.callback(shutil.rmtree, rest, ignore_errors=True)
            for file in (HOME / ".venv", *BACKUP.parent.glob("wifi*"), SITE, *UNITS.glob("sociale-wifi-*")):
                last.callback(file.unlink, missing_ok=True)
            last.callback(self.database.stop)
            last.callback(self.type, f"cd {HOME} && .venv/bin/python -m socialewifi.config.embedded stop || true")
            for running in self.units.glob("*.pid"):
                with suppress(ProcessLookupError):
                    os.killpg(int(running.read_text()), signal.SIGKILL)


class Proxy:
    """The proxy of the manual, on this machine alone, and a visitor who comes by it."""

    def __init__(self, server: Server):
        self.folder = server.folder / "proxy"
        self._port = a_free_port()
        here = {
            r"/var/log/nginx": str(self.folder),
            r"127\.0\.0\.1:8000": f"127.0.0.1:{server.port}",
            r"listen \[::\].*": "",
            r"listen 80;": f"listen 127.0.0.1:{a_free_port()};",
            r"listen 443 ": f"listen 127.0.0.1:{self._port} ",
        }
        self._site = SITE.read_text()
        for found, instead in here.items():
            self._site = re.sub(found, instead, self._site)

    def __enter__(self) -> Self:
        self.folder.mkdir()
        kept = f"daemon off; pid {self.folder}/pid; error_log {self.folder}/start.log; events {{}}"
        (self.folder / "nginx.conf").write_text(f"{kept} http {{ {self._site} }}")
        self._process = subprocess.Popen(["nginx", "-c", self.folder / "nginx.conf"])
        until(self._answers)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def ask(
        self, path: str, *, form: dict[str, str] | None = None, said: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Return what a page answers: its status, how long a browser keeps to HTTPS, and its words."""
        trusted = ssl.create_default_context(cafile=SETTINGS / "certificate.pem")
        trusted.check_hostname = False
        headers = {"Host": HOST, "Referer": f"https://{HOST}/", "Cookie": f"csrftoken={SECRET}", **(said or {})}
        line = HTTPSConnection("127.0.0.1", self._port, context=trusted, timeout=60)
        if form is None:
            line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", path, urlencode({"csrfmiddlewaretoken": SECRET, **form}), headers)
        answer = line.getresponse()
        found = answer.status, answer.headers["Strict-Transport-Security"], answer.read().decode()
        line.close()
        return found

    def _answers(self) -> bool:
        try:
            return self.ask("/")[0] > 0
        except OSError:
            return False
