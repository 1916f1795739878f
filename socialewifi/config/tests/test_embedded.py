"""The platform's own PostgreSQL: found again, stopped when unused, and one clear line when it cannot run."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from socialewifi.config.embedded import __main__ as by_hand
from socialewifi.config.embedded import place as places
from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place
from socialewifi.config.embedded.server import CannotStart
from tests.processes.conftest import until

START = """
import sys
from pathlib import Path
from socialewifi.config.embedded import __main__ as by_hand
from socialewifi.config.embedded import server
from socialewifi.config.embedded.place import Place

place = Place.of(Path(sys.argv[1]))
server.ensure_running(place)
print((place.data / "postmaster.pid").read_text().split()[0])
"""


@pytest.fixture
def project():
    """A project folder that every user can come to, as a clone mostly is."""
    folder = Path(tempfile.mkdtemp(prefix="wifi-"))
    folder.chmod(0o755)
    yield folder
    if server.stop_if_unused(Place.of(folder)):
        shutil.rmtree(folder)


def start_elsewhere(project: Path) -> str:
    """Start it as another process does, that ends right after; return the server's number."""
    ended = subprocess.run([sys.executable, "-c", START, project], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def test_the_server_outlives_who_started_it_and_is_found_again(project):
    first = start_elsewhere(project)
    second = start_elsewhere(project)

    assert first == second
    assert server.is_running(Place.of(project))


def test_a_server_that_was_killed_is_started_again_by_whoever_found_it_before(project):
    place = Place.of(project)
    server.ensure_running(place)
    killed = int((place.data / "postmaster.pid").read_text().split()[0])

    os.kill(killed, signal.SIGKILL)
    until(lambda: not server.is_running(place))

    until(lambda: _starts(place))
    assert server.is_running(place)


def _starts(place: Place) -> bool:
    """Try as the next page does: what the killed one left must end first."""
    try:
        server.ensure_running(place)
    except psycopg.OperationalError:
        return False
    return True


def test_only_the_owner_can_come_near_the_data(project):
    start_elsewhere(project)

    assert Place.of(project).data.stat().st_mode & 0o077 == 0


def test_a_server_in_use_is_not_stopped(project):
    start_elsewhere(project)
    place = Place.of(project)

    with psycopg.connect(host=str(place.sockets), user=server.SUPERUSER, dbname=server.DATABASE):
        assert server.stop_if_unused(place) is False

    assert server.is_running(place)


def test_a_start_that_was_interrupted_is_done_afresh(project):
    unfinished = project / "var" / "postgres.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "half").write_text("a folder that initdb would refuse")

    start_elsewhere(project)

    assert server.is_running(Place.of(project))
    assert not unfinished.exists()


@pytest.mark.parametrize("name", ["x" * 100, "é" * 50, "één, twee", 'de "echte"'], ids=["x", "é", "comma", "quotes"])
def test_a_path_that_cannot_hold_a_socket_gets_its_socket_elsewhere(project, name):
    place = Place.of(project / name)

    # Counted in bytes; more than one folder is told apart by commas and quotes.
    assert len(os.fsencode(place.sockets / ".s.PGSQL.5432")) <= 103
    assert not {",", '"'} & set(str(place.sockets))


@pytest.mark.parametrize(
    "name",
    ["Één wijk in Zuid", "Café 'Zuid', één", "Huis & tuin; #1 (nieuw) 100%", "é" * 50, "x" * 100],
    ids=["accents", "comma", "signs", "bytes", "long"],
)
def test_the_server_runs_in_a_folder_with_such_a_name(project, name):
    clone = project / name
    clone.mkdir()
    place = Place.of(clone)

    start_elsewhere(clone)
    running = server.is_running(place)
    stopped = server.stop_if_unused(place)

    assert (running, stopped) == (True, True)
    # As root some of these lie outside of the folder.
    shutil.rmtree(place.data.parent)
    shutil.rmtree(place.sockets, ignore_errors=True)


def test_a_folder_for_the_socket_that_is_someone_elses_is_one_line(project):
    someone_elses = replace(Place.of(project), sockets=project / "sockets")
    someone_elses.sockets.mkdir(mode=0o777)
    someone_elses.sockets.chmod(0o777)

    with pytest.raises(CannotStart, match="sockets is not only this user's"):
        server.ensure_running(someone_elses)


def test_as_root_a_private_folder_stays_private(tmp_path, monkeypatch):
    monkeypatch.setattr(places.os, "geteuid", lambda: 0)
    private = tmp_path / "home"
    private.mkdir(mode=0o700)

    place = Place.of(private / "clone")

    assert place.data.is_relative_to(places.SYSTEM_FOLDER)
    assert private.stat().st_mode & 0o777 == 0o700


def test_too_little_room_on_the_disk_is_one_line(project, monkeypatch):
    monkeypatch.setattr(server.shutil, "disk_usage", lambda _: namedtuple("Usage", "free")(1024))

    with pytest.raises(CannotStart, match="Too little room on the disk"):
        server.ensure_running(Place.of(project))


def test_a_folder_that_cannot_be_written_is_one_line(project, monkeypatch):
    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)

    with pytest.raises(CannotStart, match="cannot be written by this user"):
        server.ensure_running(Place.of(project))


def test_something_else_in_the_place_of_the_folder_is_one_line(project):
    (project / "var").write_text("not a folder")

    with pytest.raises(CannotStart, match="File exists"):
        server.ensure_running(Place.of(project))


def test_data_of_another_postgresql_are_left_alone(project):
    data = project / "var" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")

    with pytest.raises(CannotStart, match="made by PostgreSQL 12"):
        server.ensure_running(Place.of(project))


def test_damaged_data_are_one_line_with_what_postgresql_says(project):
    start_elsewhere(project)
    place = Place.of(project)
    assert server.stop_if_unused(place)
    (place.data / "global" / "pg_control").unlink()

    with pytest.raises(CannotStart, match="pg_control") as refused:
        server.ensure_running(place)

    assert "\n" not in str(refused.value)


def test_postgresqls_own_programs_run_on_it_by_hand():
    said = subprocess.run(
        [sys.executable, "-m", "socialewifi.config.embedded", "run", "psql", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.startswith("psql (PostgreSQL)")


def test_an_unknown_program_is_explained():
    assert "stop it, when nobody uses it" in by_hand.main(["run", "rm"])
