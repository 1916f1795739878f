"""Each part of a page that is drawn by itself, when a form is refused without a new page, is there in its template."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from django.template import loader

from socialewifi.core import deeds, htmx, idempotency

ROOT = Path(__file__).resolve().parent.parent.parent
# Where the template comes from whoever calls, or something else is answered than a page.
PASSED_ON = {"socialewifi/core/deeds.py", "socialewifi/core/idempotency.py", "socialewifi/config/door.py"}
DRAWN_BY = {"answer": idempotency.answer, "render_page": htmx.render_page}


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


def all_deeds():
    """Return the deeds of every room."""
    for file in sorted((ROOT / "socialewifi").glob("*/deeds*.py")):
        module = importlib.import_module(file.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."))
        lists = [found for found in vars(module).values() if isinstance(found, tuple)]
        yield from (one for found in lists for one in found if isinstance(one, deeds.Deed))


OF_EVERY_DEED = {(template, "deed") for template in [*(one.template for one in all_deeds()), "core/deed_refused.html"]}
CALLED = {(template, part) for _file, _line, template, part in calls() if isinstance(template, str) and part}
PARTS = sorted(CALLED | OF_EVERY_DEED)


def test_nearly_all_pages_are_read_here():
    unread = [(file, line) for file, line, template, _part in calls() if not isinstance(template, str)]

    assert len(PARTS) > 10
    assert unread == []


def test_a_form_that_edits_is_drawn_with_what_it_is_based_on():
    own = {one.template for one in all_deeds() if one.form.edits} - {deeds.Deed.template}
    sources = {one: Path(loader.get_template(one).template.origin.name).read_text(encoding="utf-8") for one in own}

    assert own
    assert [one for one, source in sources.items() if not re.search(r"{{ form }}|form\.hidden_fields", source)] == []


@pytest.mark.parametrize(("template", "part"), PARTS)
def test_a_part_that_is_drawn_by_itself_is_there(template, part):
    loader.get_template(f"{template}#{part}")
