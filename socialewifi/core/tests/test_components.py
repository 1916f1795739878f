"""The components that work something out."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString
from django.utils.translation import override

from socialewifi.core.templatetags import ui

TODAY = date(2026, 11, 20)


def draw(source, request=None, **context):
    with override("nl"):
        return Template("{% load ui %}" + source).render(RequestContext(request or RequestFactory().get("/"), context))


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        (date(2026, 11, 14), "late", "14 november"),
        (date(2026, 11, 19), "late", "gisteren"),
        (date(2026, 11, 20), "today", "vandaag"),
        (date(2026, 11, 21), "soon", "morgen"),
        (date(2026, 11, 24), "soon", "dinsdag 24 november"),
        (date(2026, 12, 30), "later", "30 december"),
        (date(2027, 11, 2), "later", "2 november 2027"),
    ],
)
def test_a_due_day_is_said_as_people_say_it(day, state, words):
    page = draw("{% due day today=today %}", day=day, today=TODAY)

    assert f"due--{state}" in page
    assert f">{words}<" in page


def test_pages_of_a_list_keep_its_filters():
    request = RequestFactory().get("/", {"fase": "steunen", "page": "2"})
    page = draw("{% pagination page %}", request, page=Paginator(range(50), 20).get_page(2))

    assert 'href="?fase=steunen&amp;page=3"' in page
    assert 'aria-current="page"' in page


def test_one_page_needs_no_pages():
    page = Paginator(range(5), 20).get_page(1)

    assert draw("{% pagination page %}", RequestFactory().get("/"), page=page).strip() == ""


def test_the_road_says_in_words_where_you_are():
    steps = [
        {"title": "Verteld", "state": "done"},
        {"title": "Gebeld", "state": "now"},
        {"title": "Hulp", "state": "ahead"},
    ]
    page = draw('{% include "ui/road.html" with steps=steps only %}', steps=steps)

    assert 'aria-current="step"' in page
    assert [word for word in ("(klaar)", "(nu)", "(komt nog)") if word in page] == ["(klaar)", "(nu)", "(komt nog)"]


def test_a_card_escapes_what_people_type():
    page = draw("{% card title %}{{ words }}{% endcard %}", title="<b>", words="<script>")

    assert "&lt;b&gt;" in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_a_component_is_drawn_once_for_the_same_values_in_a_language(monkeypatch):
    asked = []
    monkeypatch.setattr(ui, "render_to_string", lambda _component, values: asked.append(values) or SafeString("<p>"))
    ui._drawn.cache_clear()

    for language, label in (("nl", "Groen"), ("nl", "Groen"), ("nl", "Samen eten"), ("en", "Groen")):
        with override(language):
            ui.drawn("ui/tag.html", label=label)

    assert [values["label"] for values in asked] == ["Groen", "Samen eten", "Groen"]
    ui._drawn.cache_clear()


def test_what_people_typed_is_shown_as_they_typed_it_in_a_drawn_component():
    assert "&lt;b&gt;Groen" in draw('{% drawn "ui/tag.html" label=label %}', label="<b>Groen")
