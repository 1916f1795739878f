"""What the house promises about its own lines (style 3.8), checked so that it stays true."""

import ast
import re
import subprocess
import tomllib
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

    assert names(path for path in files if len(text(path).splitlines()) > LONGEST_FILE) == []


def test_no_template_is_longer_than_120_lines():
    templates = (path for path in committed("*.html", "*.txt") if "templates" in path.parts)

    assert names(path for path in templates if len(text(path).splitlines()) > LONGEST_TEMPLATE) == []


def test_no_committed_file_names_a_package_registry():
    assert names(path for path in committed() if any(host in text(path) for host in REGISTRIES)) == []


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


def test_every_room_has_its_place_in_the_order_of_rooms(contracts):
    rooms = {path.parent.name for path in (PROJECT / "socialewifi").glob("*/__init__.py")}
    layers = next(contract for contract in contracts if contract["type"] == "layers")

    assert set(layers["layers"]) == rooms
    assert layers["exhaustive"] is True


def test_no_import_is_excused_from_the_order_of_rooms(contracts):
    assert [contract["name"] for contract in contracts if "ignore_imports" in contract] == []


def test_every_room_is_installed(settings):
    rooms = {path.parent.name for path in (PROJECT / "socialewifi").glob("*/apps.py")}

    assert {f"socialewifi.{room}" for room in rooms} <= set(settings.INSTALLED_APPS)
