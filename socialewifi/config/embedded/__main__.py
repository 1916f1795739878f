"""
The platform's own PostgreSQL by hand: ``python -m socialewifi.config.embedded``, with

``stop``                    stop it, when nobody uses it
``run PROGRAM ARGUMENTS``   run pg_dump, pg_restore, psql or another program of PostgreSQL on it
"""

import os
import sys
from pathlib import Path

from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import WHEEL, Place

PROJECT = Path(__file__).resolve().parent.parent.parent.parent


def main(arguments: list[str]) -> str:
    """Do what was asked; return what went wrong, in one line."""
    place = Place.of(PROJECT)
    match arguments:
        case ["stop"]:
            return "" if server.stop_if_unused(place) else "PostgreSQL is still in use and goes on."
        case ["run", program, *rest] if (WHEEL / "pginstall" / "bin" / program).exists():
            server.ensure_running(place)
            os.environ.update(PGHOST=str(place.sockets), PGUSER=server.SUPERUSER, PGDATABASE=server.DATABASE)
            os.execv(WHEEL / "pginstall" / "bin" / program, [program, *rest])  # noqa: S606
    return str(__doc__).strip()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]) or None)
    except server.CannotStart as wrong:
        sys.exit(f"Error: {wrong}")
