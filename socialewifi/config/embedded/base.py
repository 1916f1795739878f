"""Django's own PostgreSQL engine, on a server that starts itself when it is first needed."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        # Every way to this database passes here: pages, worker and tests.
        server.ensure_running(Place.of(Path(self.settings_dict["PROJECT"])))
        return super().get_connection_params()
