"""Everything a resident reads is B1 or easier, and holds no words of the office."""

import re
from pathlib import Path

import pytest

from socialewifi.core import events
from tests import plain

REGIONS = Path(__file__).resolve().parent.parent / "regions"
TEXTS = sorted(REGIONS.glob("*/texts/nl/*.md"))
FOR_WORK = {"ambassador-question", "handover-offered", "reminder-coordinator", "reminder-guide"}


def refuse_hard_words(pages):
    """Refuse office words and long sentences on each page, and pages that are hard to read."""
    read = {name: plain.lines_of(page) for name, page in pages.items()}
    sentences = {name: plain.sentences_of(lines) for name, lines in read.items()}
    assert {name: found for name, lines in read.items() if (found := plain.office_words(lines))} == {}
    assert {name: found for name, told in sentences.items() if (found := plain.too_long(told))} == {}
    # A page with a question and a button has too few sentences to measure: those are read as one text.
    short = [sentence for told in sentences.values() if len(told) < 4 for sentence in told]
    long = {name: told for name, told in sentences.items() if len(told) >= 4}
    scores = {name: plain.ease(told) for name, told in (long | {"short pages": short}).items() if told}
    assert {name: score for name, score in scores.items() if score < plain.EASY_ENOUGH} == {}


OF_THE_OFFICE = (
    "<main><p>Uw melding is in behandeling genomen. De beschikking op de aanvraag wordt u toegezonden nadat de "
    "procesbegeleider de volledigheid van de documentatie heeft beoordeeld en de routebepaling heeft plaatsgevonden "
    "conform de criteria van de regiegroep.</p></main>"
)


def test_words_of_the_office_are_found_out():
    lines = plain.lines_of(OF_THE_OFFICE)
    sentences = plain.sentences_of(lines)

    assert plain.office_words(lines) == [
        "melding",
        "in behandeling",
        "beschikking",
        "aanvraag",
        "routebepaling",
        "conform",
    ]
    assert plain.ease(sentences) < plain.EASY_ENOUGH
    assert plain.too_long(sentences) == sentences[1:]


@pytest.mark.django_db
def test_the_pages_of_initiators_are_easy_to_read(client, resident_pages):
    user, addresses = resident_pages
    client.force_login(user)

    refuse_hard_words({name: client.get(address).content.decode() for name, address in addresses.items()})


@pytest.mark.django_db
def test_the_pages_of_the_panel_are_easy_to_read(client, panel_pages):
    member, addresses = panel_pages
    client.force_login(member)

    shown = {name: client.get(address).content.decode() for name, address in addresses.items()}
    refused = {f"{name} refused": client.post(address).content.decode() for name, address in addresses.items()}
    refuse_hard_words({name: page for name, page in (shown | refused).items() if "<main" in page})


@pytest.mark.django_db
def test_the_pages_for_everyone_are_easy_to_read(client, open_pages):
    refuse_hard_words({name: client.get(address).content.decode() for name, address in open_pages.items()})


@pytest.mark.django_db
def test_every_page_of_telling_an_idea_is_easy_to_read(client, told_pages):
    refuse_hard_words(told_pages)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.parent.parent.name}/{path.stem}")
def test_mails_and_letters_are_easy_to_read(path):
    body = path.read_text().split("---", 2)[2]
    lines = [re.sub(r"{{[^}]*}}", "Roos", line) for line in body.splitlines()]
    sentences = plain.sentences_of([line for line in lines if not re.match(r"^\W*(https?:|Roos/)", line)])

    if path.stem not in FOR_WORK:
        assert plain.office_words(lines) == []
    assert plain.too_long(sentences) == []
    assert not sentences or plain.ease(sentences) >= plain.EASY_ENOUGH


def test_what_the_timeline_tells_initiators_holds_no_office_words():
    told = {name: str(kind.words) for name, kind in events.KINDS.items() if kind.words}

    assert {name: words for name, words in told.items() if plain.office_words([words])} == {}
    assert plain.ease(plain.sentences_of([re.sub(r"%\(\w+\)s", "Roos", words) for words in told.values()])) >= 70
