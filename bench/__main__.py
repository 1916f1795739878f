"""
``python -m bench``: fill, serve, ask, and print the table; the figures also stand in var/bench.json.

About four minutes on two cores. BENCH_INITIATIVES and BENCH_EVENTS change the size, BENCH_SECONDS how long each page is
asked (for one visitor three times so many seconds, for eight once), BENCH_DATABASE_URL where the database is, and
BENCH_ONLY (words in the name of a page, with commas between) which pages are asked.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from bench import database, load, serving, table
from socialewifi.config.embedded import server

ROUNDS = 3
STARTS = 3
CLIENTS = 8
SMALLER = 10
# The load that filling leaves behind by itself.
BUSY = 1.5


@dataclass(frozen=True)
class Size:
    initiatives: int
    events: int

    def tenth(self) -> "Size":
        return Size(self.initiatives // SMALLER, self.events // SMALLER)


def main() -> None:
    """Measure every page with the whole size, and the lists also with a tenth of it beside it."""
    size = Size(_number("BENCH_INITIATIVES", 20_000), _number("BENCH_EVENTS", 200_000))
    seconds = _number("BENCH_SECONDS", 2)
    say(f"Filling {size.initiatives} initiatives and {size.events} events, and a tenth of it.")
    with TemporaryDirectory() as folder:
        whole = _prepared("", size, Path(folder))
        growing = any(page["grows"] for page in whole.pages)
        tenth = _prepared("_tenth", size.tenth(), Path(folder)) if growing else None
    if (others := os.getloadavg()[0]) > BUSY:
        say(f"Something else runs here (load {others:.1f}): the figures will be too high.")
    say(f"Filled in {whole.facts['seconds']} s. Asking pages with {load.driver()}.")
    figures: dict[str, Any] = {"machine": table.machine(), "driver": load.driver(), "size": asdict(size)}
    figures["fill_seconds"] = whole.facts["seconds"]
    figures["cold_start_seconds"] = median(_start_again(whole) for _n in range(STARTS))
    figures["counts"] = _counted(whole)
    with serving.yardstick(whole.url) as plain:
        figures["yardstick"] = _yardstick(plain, seconds)
    with serving.web(whole.url) as web:
        figures["pages"] = [_measured(page, whole, web, seconds) for page in whole.pages]
        figures["mebibytes"] = round(web.mebibytes(), 1)
        figures["growth"] = _growth(whole, web, tenth) if tenth else {}
    say(table.write(figures, Path(os.environ.get("BENCH_FILE") or serving.PROJECT / "var" / "bench.json")))


@dataclass(frozen=True)
class Prepared:
    url: str
    facts: dict[str, Any]

    @property
    def pages(self) -> list[dict[str, Any]]:
        wanted = [words.strip() for words in os.environ.get("BENCH_ONLY", "").split(",")]
        return [page for page in self.facts["pages"] if any(words in page["name"] for words in wanted)]

    def asking(self, page: dict[str, Any], *, skip: int = 0) -> load.Asking:
        return load.Asking(page["paths"], page["bodies"], self.facts["cookies"].get(page["who"], ""), skip)


def _prepared(name: str, size: Size, folder: Path) -> Prepared:
    url, file = database.address(name), folder / f"asked{name}.json"
    database.make_anew(url)
    subprocess.run(
        [
            *(sys.executable, "-m", "bench.with_django", "bench.prepare"),
            str(file),
            str(size.initiatives),
            str(size.events),
        ],
        cwd=serving.PROJECT,
        env=serving.environment(url),
        check=True,
    )
    # What was filled in took place at moments of its own; from now on every moment is held against the clock.
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=serving.PROJECT, env=serving.environment(url), check=True)
    return Prepared(url, table.read(file))


def _start_again(prepared: Prepared) -> float:
    with serving.web(prepared.url) as web:
        return web.seconds_to_first_page


def _counted(prepared: Prepared) -> dict[str, Any]:
    """Return the calls, queries and bytes of each page, counted in a process of its own."""
    with TemporaryDirectory() as folder:
        asked, counted = Path(folder) / "asked.json", Path(folder) / "counted.json"
        asked.write_text(json.dumps({**prepared.facts, "pages": prepared.pages}), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "bench.with_django", "bench.count", str(counted), str(asked)],
            cwd=serving.PROJECT,
            env=serving.environment(prepared.url),
            check=True,
        )
        return table.read(counted)


def _yardstick(plain: serving.Web, seconds: int) -> dict[str, float]:
    """Return how long the page takes that others are measured by."""
    asking = load.Asking(["/"], [])
    one = median(load.drive(asking, port=plain.port, clients=1, seconds=seconds).p50 for _n in range(ROUNDS))
    eight = load.drive(asking, port=plain.port, clients=CLIENTS, seconds=seconds)
    return {"p50": round(one, 2), "eight_per_second": round(eight.per_second, 1)}


def _measured(page: dict[str, Any], prepared: Prepared, web: serving.Web, seconds: int) -> dict[str, Any]:
    """Ask one page as one visitor and as eight, after seeing that it is the page that was meant."""
    targets = {name: page[name] for name in ("name", "calls", "times")}
    if missing := _missing(page, prepared, web):
        return {**targets, "missing": missing}
    p50, p95, sent, failed = _for_one(page, prepared, web, seconds)
    eight = load.drive(prepared.asking(page, skip=sent), port=web.port, clients=CLIENTS, seconds=seconds + 1)
    return {
        **targets,
        "p50": p50,
        "p95": p95,
        "eight_per_second": round(eight.per_second, 1),
        "eight_p95": round(eight.p95, 1),
        "failed": failed + eight.failed,
    }


def _missing(page: dict[str, Any], prepared: Prepared, web: serving.Web) -> str:
    """Tell why this page cannot be measured; empty when it can."""
    if not page["paths"]:
        return "nothing to ask"
    if page["bodies"]:
        return ""
    status, words = serving.look(web.port, page["paths"][0], prepared.facts["cookies"].get(page["who"], ""))
    if status != load.Asking([], []).expected:
        return f"answers {status}"
    return "" if page["shows"] in words else f"does not show {page['shows']!r}"


def _for_one(page: dict[str, Any], prepared: Prepared, web: serving.Web, seconds: int) -> tuple[float, float, int, int]:
    """Return the median and the slowest twentieth of several rounds as one visitor, the requests and the failures."""
    rounds: list[load.Load] = []
    for _n in range(ROUNDS):
        skip = sum(one.requests + 1 for one in rounds)
        rounds.append(load.drive(prepared.asking(page, skip=skip), port=web.port, clients=1, seconds=seconds))
    sent, failed = (sum(one.requests + 1 for one in rounds), sum(one.failed for one in rounds))
    return round(median(one.p50 for one in rounds), 1), round(median(one.p95 for one in rounds), 1), sent, failed


def _growth(whole: Prepared, web: serving.Web, tenth: Prepared) -> dict[str, tuple[float, float]]:
    with serving.web(tenth.url) as other:
        return _grown(whole, web, tenth, other)


def _grown(whole: Prepared, web: serving.Web, tenth: Prepared, other: serving.Web) -> dict[str, tuple[float, float]]:
    """Return the milliseconds of each list with a tenth of the rows and with all, in turns: both meet the same."""
    grown = {page["name"]: page for page in whole.pages if page["grows"]}
    found = {}
    for page in tenth.pages:
        if page["name"] in grown and not _missing(page, tenth, other):
            sizes = ((tenth.asking(page), other.port), (whole.asking(grown[page["name"]]), web.port))
            rounds = [
                [load.drive(asking, port=port, clients=1, seconds=1).p50 for asking, port in sizes]
                for _n in range(ROUNDS)
            ]
            before, after = (round(median(times), 1) for times in zip(*rounds, strict=True))
            found[page["name"]] = (before, after)
    return found


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except (database.NotABench, serving.DoesNotServe, server.CannotStart, psycopg.OperationalError) as wrong:
        sys.exit(f"Error: {wrong}")
    except subprocess.CalledProcessError as wrong:
        sys.exit(f"Error: {' '.join(map(str, wrong.cmd[:5]))} failed. {wrong.stderr or ''}")
    finally:
        database.stop_if_ours()
