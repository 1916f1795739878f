"""Production settings as a process reads them: each test starts one, with only its own environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent.parent
WELL_SET = {
    "SECRET_KEY": "a-long-text-that-nobody-guesses-0123456789-abcdefghijklmnopqrstuvwxyz",
    "BASE_URL": "https://wifi.voorbeeld.test",
    "SECURITY_CONTACT": "mailto:veilig@voorbeeld.test",
    "SECURITY_EXPIRES": "2999-01-01",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "DATABASE_URL"}}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def one_line(ended: subprocess.CompletedProcess[str]) -> str:
    assert ended.returncode != 0
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    return ended.stderr


def test_a_well_set_production_has_no_warnings():
    ended = manage("check", "--deploy", "--fail-level", "WARNING", **WELL_SET)

    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout


def test_without_a_secret_nothing_starts():
    assert "SECRET_KEY" in one_line(manage("check"))


def test_a_value_that_cannot_be_read_stops_the_start():
    assert "REMEMBER_SECONDS" in one_line(manage("check", **{**WELL_SET, "REMEMBER_SECONDS": "many"}))


@pytest.mark.parametrize(
    "url", ["mysql://someone:geheim@localhost/wifi", "postgresql://someone:geheim@localhost:port/wifi", "geheim"]
)
def test_a_malformed_database_address_is_one_line_without_the_password(url):
    said = one_line(manage("check", **{**WELL_SET, "DATABASE_URL": url}))

    assert "DATABASE_URL" in said
    assert "geheim" not in said
