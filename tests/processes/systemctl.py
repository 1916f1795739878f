"""What the manual asks of systemd, where there is none: the units of /etc run as they say, but for their fences."""

import os
import select
import shlex
import signal
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

FOLDER = Path("/etc/systemd/system")
SECONDS = 60


def read(name: str) -> dict[str, str]:
    """Return what a unit says of its service."""
    unit = ConfigParser(strict=False, interpolation=None, delimiters=["="])
    unit.optionxform = str  # its names are told apart by their capitals
    unit.read_string((FOLDER / f"{name}.service").read_text())
    return dict(unit["Service"])


def environment(path: str) -> dict[str, str]:
    lines = [line for line in Path(path).read_text().splitlines() if line and line[0] != "#"]
    return dict("".join(shlex.split(line)).split("=", 1) for line in lines)


def start(name: str) -> None:
    service = read(name)
    base = {one: os.environ[one] for one in ("PATH", "PORT") if one in os.environ}
    log = Path(os.environ["UNITS"]) / f"{name}.log"
    with log.open("ab") as out:
        running = subprocess.Popen(
            shlex.split(service["ExecStart"]),
            cwd=service["WorkingDirectory"],
            env={**base, **environment(service["EnvironmentFile"])},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            umask=int(service["UMask"], 8),
        )
    (Path(os.environ["UNITS"]) / f"{name}.pid").write_text(str(running.pid))


def run_once(timer: str) -> None:
    """Do at once what a timer has done each night."""
    service = read(timer.removesuffix(".timer"))
    subprocess.run(shlex.split(service["ExecStart"]), check=True, umask=int(service["UMask"], 8))


def stop(name: str) -> None:
    if not (FOLDER / f"{name}.service").exists():
        sys.exit(f"Failed to stop {name}.service: Unit {name}.service not loaded.")
    number = Path(os.environ["UNITS"]) / f"{name}.pid"
    if not number.exists():
        return
    process = int(number.read_text())
    ending = os.pidfd_open(process)
    os.kill(process, signal.SIGTERM)
    if not select.select([ending], [], [], SECONDS)[0]:
        sys.exit(f"{name} does not stop.")
    number.unlink()


def main(deed: str, *names: str) -> None:
    if deed == "daemon-reload" or names == ("nginx",):
        return
    for name in names:
        if deed in {"stop", "restart"}:
            stop(name)
        if name.endswith(".timer"):
            run_once(name)
        elif deed in {"enable", "start", "restart"} and not name.startswith("--"):
            start(name)


main(*sys.argv[1:])
