"""
What one warm request costs, counted: Python calls, queries and bytes.

Counted in this process, with Django's own client: no machine and no work beside it changes a count. A call is one of
Python or of what is built in, as cProfile counts them; what stands before Django (config.door) is not among them.
"""

import cProfile
import json
import pstats
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load import FORM, Asking
from bench.serving import BEHIND_PROXY

# So many are asked first: what is kept in the process is there then.
WARMING = 4


def main(file: str, asked: str) -> None:
    """Count the pages in ``asked`` and write what each costs to ``file``, by its name."""
    told: dict[str, Any] = json.loads(Path(asked).read_text(encoding="utf-8"))
    found = {page["name"]: count(page, told["cookies"].get(page["who"], "")) for page in told["pages"] if page["paths"]}
    Path(file).write_text(json.dumps(found), encoding="utf-8")


def count(page: dict[str, Any], cookie: str) -> dict[str, int]:
    """
    Return the calls, queries and bytes of one request for this page, of an address that was not asked before.

    Of a page that is kept until something changes (core.page_cache) also the calls when it is asked ``again``.
    """
    client = Client(headers={**BEHIND_PROXY, "Cookie": cookie})
    # The last ones: the load that is measured begins with the first, and a form is sent once.
    requests = list(Asking(page["paths"], page["bodies"]).requests())[-WARMING - 1 :]
    # A page with one address is asked there again and again.
    for one in islice(cycle(requests[:-1] or requests), WARMING):
        _ask(client, *one)
    counted = _counted(client, *requests[-1])
    if page["kept"]:
        counted["again"] = _counted(client, *requests[-1])["calls"]
    return counted


def _counted(client: Client, method: str, path: str, body: str) -> dict[str, int]:
    profile = cProfile.Profile()
    with CaptureQueriesContext(connection) as queries:
        profile.enable()
        answer = _ask(client, method, path, body)
        profile.disable()
    calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return {"calls": calls, "queries": len(queries), "bytes": len(answer.content)}


def _ask(client: Client, method: str, path: str, body: str) -> Any:
    if method == "GET":
        return client.get(path)
    return client.post(path, body, content_type=FORM["Content-Type"])
