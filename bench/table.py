"""The table of figures beside their targets, and the same figures as JSON."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MOST_MEBIBYTES = 300
MOST_SECONDS_TO_START = 3
MOST_GROWTH = 1.5
# Below this, a difference between two sizes says more about the clock than about the rows.
TOO_SMALL_TO_COMPARE = 1.0


def machine() -> str:
    cores = os.cpu_count() or 1
    return f"{cores} cores ({platform.machine()}), Python {platform.python_version()}"


def read(file: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def write(figures: dict[str, Any], file: Path) -> str:
    """Keep the figures with their verdicts in ``file`` and return the table."""
    rows = [*_pages(figures), *_growth(figures), *_processes(figures)]
    figures["at"] = datetime.now(UTC).isoformat(timespec="seconds")
    figures["load_average"] = os.getloadavg()[0]
    figures["targets_met"] = all(row[-1] == "ok" for row in rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=2), encoding="utf-8")
    size = figures["size"]
    head = f"{size['initiatives']} initiatives, {size['events']} events; {figures['machine']}; {figures['driver']}"
    return "\n".join(["", head, "", *_aligned([("what", "target", "measured", "beside it", ""), *rows])])


def _pages(figures: dict[str, Any]) -> list[tuple[str, ...]]:
    return [row for page in figures["pages"] for row in _page(page)]


def _page(page: dict[str, Any]) -> list[tuple[str, ...]]:
    name, most, least = page["name"], page["milliseconds"], page["per_second"]
    if "missing" in page:
        return [(name, f"<= {most:g} ms", "-", page["missing"], "NOT MEASURED")]
    failed = f", {page['failed']} failed" if page["failed"] else ""
    is_fast = page["p50"] <= most and not page["failed"]
    many = page["eight_per_second"]
    return [
        (name, f"<= {most:g} ms", f"{page['p50']} ms", f"p95 {page['p95']} ms{failed}", _verdict(is_fast)),
        ("  8 at once", f">= {least:g}/s", f"{many:.0f}/s", f"p95 {page['eight_p95']} ms", _verdict(many >= least)),
    ]


def _growth(figures: dict[str, Any]) -> list[tuple[str, ...]]:
    rows = []
    for name, (before, after) in figures["growth"].items():
        times = after / before if before else 1.0
        is_flat = times <= MOST_GROWTH or after - before < TOO_SMALL_TO_COMPARE
        beside = f"{before} to {after} ms"
        rows.append((f"10 times the rows: {name}", f"<= x{MOST_GROWTH}", f"x{times:.2f}", beside, _verdict(is_flat)))
    return rows


def _processes(figures: dict[str, Any]) -> list[tuple[str, ...]]:
    memory, start = figures["mebibytes"], figures["cold_start_seconds"]
    return [
        (
            "memory of web",
            f"<= {MOST_MEBIBYTES} MiB",
            f"{memory:.0f} MiB",
            "2 workers",
            _verdict(memory <= MOST_MEBIBYTES),
        ),
        (
            "cold start to first page",
            f"<= {MOST_SECONDS_TO_START} s",
            f"{start:.1f} s",
            "",
            _verdict(start <= MOST_SECONDS_TO_START),
        ),
    ]


def _verdict(is_met: bool) -> str:  # noqa: FBT001
    return "ok" if is_met else "NOT MET"


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
