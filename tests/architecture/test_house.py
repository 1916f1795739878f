"""What the house promises about its own lines (style 3.8), checked so that it stays true."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
# Written in parts, so that this file does not name them itself.
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "yarnpkg" + ".com"]
LONGEST_FILE = 400
LONGEST_TEMPLATE = 120


def committed(*patterns: str) -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *patterns],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return (path for name in listed.stdout.split("\0") if name and (path := PROJECT / name).is_file())


def names(paths: Iterator[Path]) -> list[str]:
    return sorted(str(path.relative_to(PROJECT)) for path in paths)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def test_no_python_file_is_longer_than_400_lines():
    files = (path for path in committed("*.py") if "migrations" not in path.parts)
    long = names(path for path in files if len(text(path).splitlines()) > LONGEST_FILE)

    assert long == [], f"give what is new a module of its own, by what it is about: {', '.join(long)}"


def test_no_template_is_longer_than_120_lines():
    templates = (path for path in committed("*.html", "*.txt") if "templates" in path.parts)

    assert names(path for path in templates if len(text(path).splitlines()) > LONGEST_TEMPLATE) == []


def test_no_row_that_is_there_is_written_whole():
    """Whoever writes all columns undoes what someone else wrote meanwhile, and more than the application may."""
    # A message that was just made.
    new = {("socialewifi/core/actions.py", "message")}
    found = set()
    for path in committed("socialewifi/*.py"):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(text(path))):
            is_save = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save"
            if is_save and not node.args and not node.keywords:
                found.add((str(path.relative_to(PROJECT)), ast.unparse(node.func.value)))

    assert found - new == set()


def test_the_day_of_a_moment_is_asked_in_the_region_s_time():
    """Moments are kept in UTC: between midnight and two, ``moment.date()`` is still yesterday."""
    found = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path in committed("*.py")
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date"
        if not node.args and not node.keywords
    ]

    assert found == []


def test_no_committed_file_names_a_package_registry():
    assert names(path for path in committed() if any(host in text(path) for host in REGISTRIES)) == []


def test_the_address_of_a_page_is_written_once_and_is_asked_by_its_name_elsewhere():
    pages = re.compile(r"""["'}]/(werk|mijn|meekijken|gemeente|beheer|initiatieven|verhalen|vertel|uitnodiging)/""")
    # The door divides addresses before there is a program; the gallery shows made-up ones.
    exempt = {"socialewifi/config/door.py", "socialewifi/core/gallery.py"}
    code = (path for path in committed("socialewifi/*.py") if "tests" not in path.parts and pages.search(text(path)))

    assert set(names(code)) == exempt


def test_no_page_trusts_html_that_someone_typed():
    templates = (path for path in committed("*.html") if re.search(r"\|\s*safe\b|\bautoescape off", text(path)))
    code = (path for path in committed("*.py") if "tests" not in path.parts and re.search(r"\bmark_safe\b", text(path)))

    assert names(templates) + names(code) == []


def test_no_page_holds_a_style_or_a_script_of_its_own():
    inline = re.compile(r"<style\b|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)

    assert names(path for path in committed("socialewifi/*.html") if inline.search(text(path))) == []


def test_no_model_sorts_itself():
    assert names(path for path in committed("socialewifi/*.py") if _has_meta_ordering(path)) == []


def _has_meta_ordering(path: Path) -> bool:
    if "migrations" in path.parts:
        return False
    metas = (node for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.ClassDef) and node.name == "Meta")
    assigned = (
        statement for meta in metas for statement in meta.body if isinstance(statement, (ast.Assign, ast.AnnAssign))
    )
    return any(re.match(r"ordering\b", ast.unparse(statement)) for statement in assigned)


@pytest.fixture(scope="module")
def contracts() -> list[dict]:
    return tomllib.loads(text(PROJECT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]


def test_no_room_holds_more_than_a_fifth_of_the_code():
    """A room that grows over it is more than one (ADR 11)."""
    lines = Counter()
    for path in committed("socialewifi/*.py"):
        if not {"tests", "migrations"} & set(path.parts):
            lines[path.relative_to(PROJECT).parts[1]] += len(text(path).splitlines())

    assert [room for room, many in lines.items() if many > sum(lines.values()) / 5] == []


def test_every_room_has_its_place_in_the_order_of_rooms(contracts):
    rooms = {path.parent.name for path in (PROJECT / "socialewifi").glob("*/__init__.py")}
    layers = next(contract for contract in contracts if contract["type"] == "layers")

    assert {room for layer in layers["layers"] for room in layer.split(" | ")} == rooms
    assert layers["exhaustive"] is True


def test_no_import_is_excused_from_the_order_of_rooms(contracts):
    assert [contract["name"] for contract in contracts if "ignore_imports" in contract] == []


def test_every_room_is_installed(settings):
    rooms = {path.parent.name for path in (PROJECT / "socialewifi").glob("*/apps.py")}

    assert {f"socialewifi.{room}" for room in rooms} <= set(settings.INSTALLED_APPS)
