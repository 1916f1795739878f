"""Each part of a page that is drawn by itself, when a form is refused without a new page, is there in its template."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from django.template import loader

from socialewifi.core import deeds, htmx

ROOT = Path(__file__).resolve().parent.parent.parent
# Where the template comes from whoever calls, or something else is answered than a page.
PASSED_ON = {"socialewifi/core/deeds.py", "socialewifi/config/door.py"}
DRAWN_BY = {"answer": deeds.answer, "render_page": htmx.render_page}


def calls():
    """Return where a page or its part is drawn: file, line, template, part."""
    for file in sorted((ROOT / "socialewifi").glob("*/**/*.py")):
        name = file.relative_to(ROOT).as_posix()
        if "/tests/" in name or "/migrations/" in name or name in PASSED_ON:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in DRAWN_BY:
                yield name, node.lineno, _given(node, "template", name), _given(node, "partial", name)


def _called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _given(node, argument, file):
    """Return what is handed over under this name, by name or by place, or what is taken without it."""
    signature = inspect.signature(DRAWN_BY[_called(node)])
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    placed = dict(zip(signature.parameters, node.args, strict=False))
    value = named.get(argument, placed.get(argument))
    if value is None:
        return signature.parameters[argument].default
    if isinstance(value, ast.Constant):
        return value.value
    if isinstance(value, ast.Name):
        module = importlib.import_module(file.removesuffix(".py").replace("/", "."))
        return getattr(module, value.id, None)
    return None


OF_EVERY_DEED = {("core/deed.html", "deed"), ("core/deed_refused.html", "deed")}
CALLED = {(template, part) for _file, _line, template, part in calls() if isinstance(template, str) and part}
PARTS = sorted(CALLED | OF_EVERY_DEED)


def test_nearly_all_pages_are_read_here():
    unread = [(file, line) for file, line, template, _part in calls() if not isinstance(template, str)]

    assert len(PARTS) > 10
    assert unread == []


@pytest.mark.parametrize(("template", "part"), PARTS)
def test_a_part_that_is_drawn_by_itself_is_there(template, part):
    loader.get_template(f"{template}#{part}")
