"""Starting the platform where it cannot run: one clear line, and nothing left behind."""

import os
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from socialewifi.config import database, serve
from socialewifi.config.serve import CannotServe
from socialewifi.config.tests.test_production import PROJECT, WELL_SET, manage, one_line

# Nothing listens on the first port of a machine.
NOWHERE = "postgresql://someone:geheim@127.0.0.1:1/wifi"


def start(what: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "-m", "socialewifi.config.serve", what],
        cwd=PROJECT,
        env={**clean, **WELL_SET, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.mark.parametrize("what", ["demo", "all", "web"])
def test_a_taken_port_is_one_line(what, taken_port):
    said = one_line(start(what, PORT=str(taken_port)))

    assert f"Port {taken_port} is not free" in said


@pytest.mark.parametrize("what", ["demo", "all", "web", "worker"])
def test_a_database_that_cannot_be_reached_is_one_line_without_the_password(what, free_port):
    said = one_line(start(what, PORT=str(free_port), DATABASE_URL=NOWHERE))

    assert "The database cannot be reached" in said
    assert "geheim" not in said


def test_a_malformed_database_address_is_one_line(free_port):
    said = one_line(start("demo", PORT=str(free_port), DATABASE_URL="localhost:5432/wifi"))

    assert "DATABASE_URL must be the address of a PostgreSQL" in said


def test_a_command_without_a_database_is_one_line():
    said = manage("migrate", **WELL_SET, DATABASE_URL=NOWHERE).stderr.strip().splitlines()[-1]

    assert said.startswith("Error: The database cannot be reached")


def test_a_postgresql_that_is_too_old_is_one_line(monkeypatch):
    driver = SimpleNamespace(info=SimpleNamespace(server_version=140_012))
    old = SimpleNamespace(ensure_connection=lambda: None, connection=driver)
    monkeypatch.setattr(database, "connections", {"default": old})

    assert database.refusal() == "The database is PostgreSQL 14: 15 or newer is needed."


@pytest.mark.django_db
def test_the_database_of_these_tests_is_good_enough():
    assert database.refusal() == ""


@pytest.mark.django_db
def test_tables_older_than_the_program_are_one_line():
    serve.refuse_other_tables()
    [latest] = MigrationLoader(connection).graph.leaf_nodes("assessment")
    MigrationRecorder(connection).record_unapplied(*latest)

    with pytest.raises(CannotServe, match=r"older than the program: run manage\.py migrate first"):
        serve.refuse_other_tables()


@pytest.mark.django_db
def test_tables_newer_than_the_program_are_one_line():
    MigrationRecorder(connection).record_applied("assessment", "9999_of_next_year")

    with pytest.raises(CannotServe, match=r"The tables are newer than the program"):
        serve.refuse_other_tables()
