"""Nothing in the set-up depends on what was released since: each list is whole, and holds by version and by hash."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent.parent
LISTS = sorted((PROJECT / "requirements").glob("*.txt"))
FRONTEND = PROJECT / "frontend"
LOCKED = re.compile(
    r"(?P<name>[a-z0-9-]+)(\[(?P<extras>[a-z0-9, -]+)\])?==(?P<version>[a-z0-9.]+)"
    r"( ; [^@:]+?)?( --hash=sha256:[0-9a-f]{64})+"
)
INSTALLS = re.compile(r"pip\d? install|pip\d? download|npm (?!ci\b|run\b)\w+|\bnpx\b|\bpipx\b|curl |wget |easy_install")
# Debian keeps no older releases to hold on to: docs/adr/0017.
FROM_DEBIAN = {"install-chromium", "install-debian-packages"}


def label(path: Path) -> str:
    return path.name


def commands(path: Path) -> list[str]:
    """Return what the file says, each command on one line, without comments."""
    whole = re.sub(r"\s*\\\n\s*", " ", path.read_text(encoding="utf-8"))
    return [line for line in whole.splitlines() if line and not line.lstrip().startswith("#")]


def locked(path: Path) -> dict[str, re.Match[str]]:
    """Return what is locked in this list, by name."""
    return {found["name"]: found for line in commands(path) if (found := LOCKED.fullmatch(line))}


def extras(found: re.Match[str]) -> set[str]:
    return set((found["extras"] or "").replace(" ", "").split(",")) - {""}


@pytest.mark.parametrize("path", LISTS, ids=label)
def test_every_line_of_a_list_is_one_version_with_hashes_and_without_an_address(path):
    assert [line for line in commands(path) if not LOCKED.fullmatch(line)] == []
    assert locked(path)


@pytest.mark.parametrize(
    "line",
    [
        "coverage[toml]>=7.10.6 --hash=sha256:" + "0" * 64,
        "coverage==7.17.3",
        "coverage @ https://example.org/coverage.whl --hash=sha256:" + "0" * 64,
        "--index-url https://example.org/simple",
        "-e .",
    ],
)
def test_what_is_not_held_is_no_line_of_a_list(line):
    assert not LOCKED.fullmatch(line)


def wanted() -> Iterator[tuple[str, str]]:
    """Return each list with what was asked for it."""
    asked = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    for group, requirements in {"base": asked["project"]["dependencies"], **asked["dependency-groups"]}.items():
        yield from ((group, requirement) for requirement in requirements)


@pytest.mark.parametrize(("group", "requirement"), list(wanted()))
def test_what_was_asked_for_is_locked_with_its_extras(group, requirement):
    asked = Requirement(requirement)
    found = locked(PROJECT / "requirements" / f"{group}.txt")[canonicalize_name(asked.name)]

    assert asked.specifier.contains(found["version"])
    assert {canonicalize_name(extra) for extra in asked.extras} <= extras(found)


@pytest.mark.parametrize("path", LISTS, ids=label)
def test_whatever_a_package_needs_is_in_the_same_list_with_its_extras(path):
    there = locked(path)

    assert [
        f"{name} needs {needed}"
        for name, found in there.items()
        for needed in needs(name, extras(found))
        if not answered(needed, there.get(canonicalize_name(needed.name)))
    ] == []


def needs(name: str, chosen: set[str]) -> Iterator[Requirement]:
    """Return what this package needs here; nothing when it is not installed."""
    try:
        told = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in map(Requirement, told):
        if not requirement.marker or any(requirement.marker.evaluate({"extra": extra}) for extra in {"", *chosen}):
            yield requirement


def answered(needed: Requirement, found: re.Match[str] | None) -> bool:
    return bool(
        found
        and needed.specifier.contains(found["version"], prereleases=True)
        and {canonicalize_name(extra) for extra in needed.extras} <= extras(found)
    )


def test_the_packages_of_the_look_are_one_version_with_a_hash_and_without_an_address():
    packages = json.loads((FRONTEND / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    asked = json.loads((FRONTEND / "package.json").read_text(encoding="utf-8"))

    assert packages.pop("")["devDependencies"] == asked["devDependencies"]
    assert [name for name, one in packages.items() if not one.get("integrity") or "resolved" in one] == []


def test_no_package_of_the_look_runs_a_script_while_it_is_installed():
    """Such a script may fetch what it likes."""
    assert "ignore-scripts=true" in (FRONTEND / ".npmrc").read_text(encoding="utf-8").splitlines()


def test_nothing_is_installed_but_from_a_list():
    files = [
        PROJECT / "Makefile",
        *(PROJECT / "bin").iterdir(),
        *(PROJECT / ".ci").iterdir(),
        FRONTEND / "package.json",
    ]
    loose = [
        f"{path.name}: {line.strip()}"
        for path in files
        for line in commands(path)
        if INSTALLS.search(line) and "--require-hashes" not in line
    ]
    from_debian = {path.name for path in files if any("apt-get install" in line for line in commands(path))}

    assert loose == []
    assert from_debian == FROM_DEBIAN


def test_a_newer_release_is_not_taken(tmp_path):
    subprocess.run([sys.executable, PROJECT / "bin" / "invent-newer", tmp_path], check=True)

    held = download(tmp_path, "--require-hashes", "-r", str(PROJECT / "requirements" / "base.txt"))
    loose = download(tmp_path, "django")

    assert "django_999" not in held
    assert "django-999" in loose


def download(folder: Path, *what: str) -> str:
    """Return what pip says when the invented releases are all there is."""
    command = [sys.executable, "-m", "pip", "download", "--no-index", "--find-links", str(folder), "--no-deps"]
    ended = subprocess.run(
        [*command, "--dest", str(folder / "taken"), *what], capture_output=True, text=True, check=False
    )
    return ended.stdout + ended.stderr
