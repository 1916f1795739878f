"""What the documents point to is really there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
ROOMS = PROJECT / "socialewifi"
RULES = PROJECT / "docs" / "rules" / "README.md"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH_WITH_NAMES = re.compile(r"`([a-z_/]+\.py)`(?: \(((?:`[a-z_]+`(?:,\s+)?)+)\))?")
# A document, as a comment names it: no text of a region, nor a placeholder for one.
DOCUMENT = re.compile(r"(?<![\w/>{*.-])([\w./-]*\w\.md)\b")
CODE = re.compile(r"`([^`]+)`")
TEST = re.compile(r"`(test_[a-z0-9_]+)`")
DOCUMENTS = [*(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"))]
DOCUMENTS += sorted((PROJECT / "docs").rglob("*.md"))


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def anchors(document: Path) -> set[str]:
    """Return the anchors of the headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", text(document), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def missing_links(document: Path) -> Iterator[str]:
    for link in LINK.findall(text(document)):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_in_a_document_leads_somewhere(document):
    assert list(missing_links(document)) == []


def test_no_comment_refers_to_a_document_that_is_not_here():
    there = {name_of(path) for path in DOCUMENTS} | {name_of(path).removeprefix("docs/") for path in DOCUMENTS}
    named = {
        (document, name_of(path))
        for root in (ROOMS, PROJECT / "tests", PROJECT / "bench")
        for path in root.rglob("*.py")
        # The texts of a region are documents of their own.
        if "region" not in path.name
        for document in DOCUMENT.findall(text(path))
        if not document.startswith("texts/")
    }

    assert {one for one in named if one[0] not in there} == set()


def test_every_part_of_core_stands_on_its_one_page():
    named = set(CODE.findall(text(PROJECT / "docs" / "core.md")))
    parts = {path.stem for path in (ROOMS / "core").glob("*.py")} - {"__init__", "apps", "urls", "room"}

    assert parts - named == set()


def defined_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def test_the_rules_name_files_and_functions_that_are_there():
    missing = []
    for path, functions in PATH_WITH_NAMES.findall(text(RULES)):
        source = next((found for root in (ROOMS, PROJECT) if (found := root / path).is_file()), None)
        if source is None:
            missing.append(path)
            continue
        missing += [f"{path}: {name}" for name in CODE.findall(functions) if name not in defined_in(source)]

    assert missing == []


def named_after(label: str) -> set[str]:
    """Return the names in code marks after this label, in the lines of the list that it begins."""
    items = re.findall(rf"^- {label}: (.*(?:\n  .*)*)", text(RULES), flags=re.MULTILINE)
    return {name for item in items for name in CODE.findall(item)}


def test_the_rules_name_constraints_and_triggers_that_are_there():
    models = [ROOMS / "core" / "append_only.py", *ROOMS.glob("*/models.py"), *ROOMS.glob("*/models/*.py")]
    there = set(re.findall(r'name ?= ?"([a-z_]+)"', "\n".join(text(path) for path in models)))
    # On the tables of the library that signs people in, a trigger stands in a migration only.
    migrations = "\n".join(text(path) for path in ROOMS.glob("*/migrations/*.py"))
    there |= set(re.findall(r"CREATE TRIGGER ([a-z_]+)", migrations))
    # A table is named as a class: `core.SentForm`.
    named = {name for name in named_after("Database") if "." not in name}

    assert named
    assert named - there == set()


def test_every_test_that_a_document_names_is_there():
    tests = [*PROJECT.glob("tests/**/*.py"), *ROOMS.glob("*/tests/*.py")]
    there = {name for path in tests for name in re.findall(r"def (test_\w+)", text(path))}
    named = {name for document in DOCUMENTS for name in TEST.findall(text(document))}

    assert named - there == set()
