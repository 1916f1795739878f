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
    yardstick = figures["yardstick"]
    beside = f"{yardstick['p50']} ms, {yardstick['eight_per_second']:.0f}/s"
    rows = [row for page in figures["pages"] for row in _page(page, figures["counts"], yardstick)]
    return [("yardstick (plain Django)", "", "x1", beside, "ok"), *rows]


def _page(page: dict[str, Any], counts: dict[str, Any], yardstick: dict[str, float]) -> list[tuple[str, ...]]:
    """Return what it costs, and how many times as long as the yardstick it takes for one visitor and for eight."""
    name, most, times = page["name"], page["calls"], page["times"]
    if "missing" in page:
        return [(name, f"<= {most} calls", "-", page["missing"], "NOT MEASURED")]
    counted = counts[name]
    failed = f", {page['failed']} failed" if page["failed"] else ""
    alone = page["p50"] / yardstick["p50"]
    together = yardstick["eight_per_second"] / max(page["eight_per_second"], 0.1)
    calls = counted.get("again", counted["calls"])
    cost = f"{counted['queries']} queries, {counted['bytes'] / 1000:.1f} kB"
    if "again" in counted:
        cost = f"drawn anew {counted['calls']} calls, {cost}"
    one = f"{page['p50']} ms, p95 {page['p95']} ms{failed}"
    eight = f"{page['eight_per_second']:.0f}/s, p95 {page['eight_p95']} ms"
    return [
        (name, f"<= {most} calls", f"{calls}", cost, _verdict(calls <= most)),
        ("  1 visitor", f"<= x{times}", f"x{alone:.1f}", one, _verdict(alone <= times and not page["failed"])),
        ("  8 at once", f"<= x{times}", f"x{together:.1f}", eight, _verdict(together <= times)),
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
