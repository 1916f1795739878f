"""The bench as a person runs it, small: it fills, serves for real, asks and tells."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import pytest

from bench import serving
from tests.processes.conftest import address

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("bench")]


def test_the_bench_measures_the_platform_as_it_runs_for_real(tmp_path):
    here = urlsplit(address())
    small = {
        "BENCH_DATABASE_URL": urlunsplit(here._replace(path=f"/bench_{here.path[1:]}")),
        "BENCH_INITIATIVES": "150",
        "BENCH_EVENTS": "1800",
        "BENCH_SECONDS": "1",
        "BENCH_ONLY": "public home",
        # What was measured with the whole size stays.
        "BENCH_FILE": str(tmp_path / "bench.json"),
    }

    ended = subprocess.run(
        [sys.executable, "-m", "bench"],
        cwd=serving.PROJECT,
        env={**os.environ, **small},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert "public home" in ended.stdout
    [page] = json.loads((tmp_path / "bench.json").read_text())["pages"]
    assert page["failed"] == 0
