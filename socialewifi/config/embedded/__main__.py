"""``python -m socialewifi.config.embedded stop``: stop this project's server when nobody uses it."""

import sys
from pathlib import Path

from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place

if __name__ == "__main__":
    place = Place.of(Path(__file__).resolve().parent.parent.parent.parent)
    if sys.argv[1:] == ["stop"] and not server.stop_if_unused(place):
        sys.stderr.write("PostgreSQL is still in use and goes on.\n")
