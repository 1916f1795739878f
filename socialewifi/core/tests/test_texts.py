from datetime import date
from types import SimpleNamespace

import pytest

from socialewifi.core.models import Text
from socialewifi.core.texts import KINDS, MissingValue, TextKind, faults, render


@pytest.fixture
def texts(db):
    Text.objects.create(
        code="hello",
        language="nl",
        subject="Dag {{ name }}",
        body="Tot {{ due }}.\n\nBel {{ contact.phone }}.\n\nGroet",
    )
    Text.objects.create(code="hello", language="de", subject="Guten Tag {{ name }}", body="Bis {{ due }}.")


@pytest.fixture
def opening(monkeypatch):
    """Make a text known that may open something."""
    monkeypatch.setitem(KINDS, "hello", TextKind("Hallo", {"link": "een link", "access_code": "een code"}))


MONDAY = date(2026, 3, 2)


def test_values_stand_in_the_words_and_days_in_the_language(texts):
    contact = SimpleNamespace(phone="088 1")

    assert render("hello", language="nl", name="Roos", due=MONDAY, contact=contact) == (
        "Dag Roos",
        "Tot maandag 2 maart.\n\nBel 088 1.\n\nGroet",
    )
    assert render("hello", language="de", name="Roos", due=MONDAY) == ("Guten Tag Roos", "Bis Montag, 2. März.")


def test_a_language_the_region_has_no_text_in_falls_back_to_dutch(texts):
    assert render("hello", language="en", name="Roos", due=MONDAY, contact=None)[0] == "Dag Roos"


@pytest.mark.parametrize("contact", [None, SimpleNamespace(phone="")])
def test_a_paragraph_about_something_that_is_not_there_is_left_out(texts, contact):
    _subject, body = render("hello", language="nl", name="Roos", due=MONDAY, contact=contact)

    assert body == "Tot maandag 2 maart.\n\nGroet"


def test_what_people_typed_is_never_read_as_a_placeholder(texts):
    subject, _body = render("hello", language="nl", name="{{ due }}\nBcc: x", due=MONDAY, contact=None)

    assert subject == "Dag {{ due }} Bcc: x"


def test_a_value_that_was_not_given_is_an_error(texts):
    with pytest.raises(MissingValue):
        render("hello", language="nl", name="Roos", due=MONDAY)


def test_a_text_the_region_does_not_have_is_an_error(texts):
    with pytest.raises(Text.DoesNotExist):
        render("bye", language="nl", name="Roos")


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [
        ("Je pagina {{ link }}", "{{ link }}", "subject"),
        ("Je code {{ access_code }}", "{{ link }}", "subject"),
        ("Dag", "https://elders.test/?naar={{ link }}", "body"),
        ("Dag", "{{link}}@elders.test", "body"),
        ("Dag", "{{ link }}.elders.test", "body"),
        ("Dag", "{{ link }}{{ access_code }}", "body"),
    ],
)
def test_what_opens_something_is_never_part_of_anything_else(opening, subject, body, field):
    assert [name for name, _why in faults("hello", subject=subject, body=body)] == [field]


@pytest.mark.parametrize(
    "body",
    [
        "{{ link }}",
        "Kijk hier: {{ link }}.",
        "Ga naar {{ base_url }}/code/ met {{access_code}}, of {{ link }}",
        "(\n{{ link }}\n)",
    ],
)
def test_what_opens_something_stands_by_itself(opening, body):
    assert faults("hello", subject="Dag", body=body) == []
