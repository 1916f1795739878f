"""Days are written as people do in each language."""

from datetime import date

import pytest
from django.template import engines
from django.utils.translation import override

from socialewifi.core import dates

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "vrijdag 20 november 2026"), ("en", "Friday 20 November 2026"), ("de", "Freitag, 20. November 2026")],
)
def test_a_day_is_written_as_people_do(language, words):
    page = engines["django"].from_string('{{ day|date:"l j F Y" }}')

    with override(language):
        assert dates.date_in_words(FRIDAY, "l j F Y") == words
        assert page.render({"day": FRIDAY}) == words


def test_no_day_is_no_words():
    page = engines["django"].from_string('{{ none|date:"j F" }}')

    with override("de"):
        assert page.render({"none": None}) == ""
