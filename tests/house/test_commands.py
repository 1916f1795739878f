"""The small commands behind make: one clear line when the machine does not have what they need."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

BIN = Path(__file__).resolve().parent.parent.parent / "bin"


@pytest.fixture
def fake(tmp_path):
    """Put a program with this name and these lines before the real one."""

    def make(name: str, lines: str) -> dict[str, str]:
        (tmp_path / name).write_text(f"#!/bin/sh\n{lines}\n")
        (tmp_path / name).chmod(0o755)
        return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}

    return make


def run(*command: str | Path, env: dict[str, str] | None = None, user: str | None = None):
    return subprocess.run(command, env=env, user=user, capture_output=True, text=True, check=False)


def test_a_full_disk_is_one_line(fake):
    ended = run(BIN / "has-room", env=fake("df", "echo 'Filesystem'; echo '/dev/x 100 99 1 99% /'"))

    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: too little room on the disk: 1 MB is free")
    assert len(ended.stderr.splitlines()) == 1


def test_a_folder_that_cannot_be_written_is_one_line():
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(BIN, Path(folder) / "bin")
        Path(folder).chmod(0o555)

        # Root may write everywhere.
        ended = run(Path(folder) / "bin" / "has-room", user="nobody" if os.geteuid() == 0 else None)

        Path(folder).chmod(0o755)
    assert ended.returncode == 1
    assert ended.stderr == f"Error: {folder} cannot be written by this user.\n"


@pytest.mark.parametrize("name", ['de "echte"', "prijs: hoog", "$HOME", "a`b", "a\\b"])
def test_a_path_that_nothing_can_be_installed_in_is_one_line(tmp_path, name):
    shutil.copytree(BIN, tmp_path / name / "bin")

    ended = run(tmp_path / name / "bin" / "has-room")

    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: the path of this folder has one of")
    assert len(ended.stderr.splitlines()) == 1


def test_a_path_with_spaces_accents_and_other_signs_is_fine(tmp_path):
    shutil.copytree(BIN, tmp_path / "Café 'Zuid', één & twee; #1" / "bin")

    assert run(tmp_path / "Café 'Zuid', één & twee; #1" / "bin" / "has-room").returncode == 0


@pytest.mark.parametrize("version", ["(3, 10, 9)", "(3, 15, 0)"])
def test_a_python_that_the_packages_are_not_made_for_is_passed_over(fake, version):
    pretends = f"import sys; sys.version_info = {version}; exec(sys.argv[1])"
    env = fake("other-python", f"exec {shlex.quote(sys.executable)} -c '{pretends}' \"$2\"")

    ended = run(BIN / "find-python", env=env | {"PYTHON": "other-python"})

    assert ended.returncode == 0
    assert "other-python" not in ended.stdout


def test_a_python_that_the_packages_are_made_for_is_taken(fake):
    env = fake("this-python", f'exec {shlex.quote(sys.executable)} "$@"')

    assert "this-python" in run(BIN / "find-python", env=env | {"PYTHON": "this-python"}).stdout


def test_what_goes_well_is_one_short_line():
    ended = run(BIN / "quietly", "Step", "echo", "much output")

    assert ended.returncode == 0
    assert ended.stdout.startswith("Step ... ")
    assert "much output" not in ended.stdout


def test_what_fails_shows_what_it_said_and_its_code():
    ended = run(BIN / "quietly", "Step", "sh", "-c", "echo reason; exit 3")

    assert ended.returncode == 3
    assert "reason" in ended.stderr


def test_a_node_that_is_too_old_does_not_count(fake):
    assert run(BIN / "has-node", env=fake("node", "exit 1")).returncode != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root sets up for other users.")
def test_a_python_in_a_home_folder_is_said_to_be_of_no_use_to_services(fake):
    home = Path(tempfile.mkdtemp(dir=Path.home()))
    (home / "python3").symlink_to(sys.executable)
    try:
        ended = run(BIN / "find-python", env={**os.environ, "PYTHON": str(home / "python3")})
    finally:
        shutil.rmtree(home)

    assert ended.stdout.strip() == str(home / "python3")
    assert ended.stderr.startswith("Note:") is Path(sys.executable).resolve().is_relative_to(Path.home())
