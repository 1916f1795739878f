"""Residents' pages are complete in English and German; the pages of work are Dutch (ADR 12)."""

from collections import defaultdict

import pytest
from asgiref.local import Local
from babel.messages.mofile import write_mo
from django.utils import timezone, translation
from django.utils.translation import trans_real

from socialewifi.assessment.actions.reminders import remind_of_advice
from socialewifi.assessment.models import Assessment
from socialewifi.core.events import KINDS
from socialewifi.core.models import Notice
from socialewifi.initiatives.models import InsteadOfLetter, LetterEnds
from socialewifi.people.models import User
from tests import languages, residents


@pytest.fixture
def asked(monkeypatch):
    """Every text that is looked up in another language than Dutch."""
    found = set()

    def listening(name):
        lookup = getattr(trans_real, name)

        def listen(message, *rest):
            if translation.get_language() != "nl":
                found.add(str(message))
            return lookup(message, *rest)

        return listen

    for name in ("gettext", "ngettext"):
        monkeypatch.setattr(translation._trans, name, listening(name), raising=False)
    yield found
    translation.activate("nl")


@pytest.fixture
def translated(settings, tmp_path, monkeypatch):
    """The catalogues as they are when the platform is set up."""
    for language in languages.LANGUAGES:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, languages.catalog(language))
    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(trans_real, "_default", None)
    monkeypatch.setattr(trans_real, "_active", Local())
    yield
    translation.activate("nl")


def untranslated(asked, language):
    catalog = languages.catalog(language)
    ours = {text for text in asked if text.strip()} - languages.of_others()
    return sorted(text for text in ours if not languages.is_translated(catalog.get(text)))


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_text_for_residents_is_translated(language):
    catalog, needed = languages.catalog(language), languages.in_the_code()

    assert len(needed) > 500
    assert sorted(text for text in needed if not languages.is_translated(catalog.get(text))) == []


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_every_sentence_of_the_timeline_is_translated(language):
    with translation.override("nl"):
        said = {str(kind.words) for kind in KINDS.values() if kind.words}
        said |= {str(label) for ends in (LetterEnds, InsteadOfLetter) for label in ends.labels}

    assert untranslated(said, language) == []


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_translation_fills_in_the_same_values(language):
    filled = [message for message in languages.catalog(language) if message.id and languages.is_translated(message)]

    wrong = [m.id for m in filled if languages.placeholders(m.id) != languages.placeholders(m.string)]
    assert wrong == []


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_what_several_rooms_say_is_translated_in_one_way(language):
    told = defaultdict(set)
    for catalog in languages.catalogs(language).values():
        for message in catalog:
            if message.id and languages.is_translated(message):
                told[message.id].add(message.string)

    assert {text: words for text, words in told.items() if len(words) > 1} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_an_initiator_reads_every_page_in_their_language(client, resident_pages, asked, language):
    user, addresses = resident_pages
    client.force_login(user)

    for address in addresses.values():
        client.get(address, headers={"accept-language": language})

    missing = untranslated(asked, language)
    assert missing == [], "\n".join(missing)


@pytest.mark.django_db
@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_member_of_the_panel_reads_every_page_and_line_in_their_language(client, panel_pages, asked, language):
    member, addresses = panel_pages
    client.force_login(member)

    for address in addresses.values():
        client.get(address, headers={"accept-language": language})
        client.post(address, headers={"accept-language": language})
    User.objects.filter(pk=member.pk).update(language=language)
    closes = Assessment.objects.open().get().panel_closes_at
    remind_of_advice(day=timezone.localdate(closes), at=closes)

    missing = untranslated(asked, language)
    assert missing == [], "\n".join(missing)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "is waiting for your advice"), ("de", "wartet auf deinen Rat")])
def test_the_line_that_asks_for_advice_is_in_the_language_of_the_member(mini_region, translated, language, words):
    cast = residents.a_cast()
    User.objects.filter(pk=cast.panel[0].pk).update(language=language)
    cast.panel[0].refresh_from_db()
    residents.initiatives_of(cast)

    assert all(words in notice.words for notice in Notice.objects.filter(user=cast.panel[0]))
    assert Notice.objects.filter(user=cast.panel[0]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_everyone_reads_the_open_pages_in_their_language(client, open_pages, asked, language):
    for address in open_pages.values():
        client.get(address, headers={"accept-language": language})

    missing = untranslated(asked, language)
    assert missing == [], "\n".join(missing)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "headline", "told"),
    [
        ("en", "Now: neighbours have a look", "You told your idea."),
        ("de", "Jetzt: Nachbarn schauen mit", "Du hast deine Idee erzählt."),
    ],
)
def test_the_page_and_what_happened_are_told_in_the_language(
    client, resident_pages, translated, language, headline, told
):
    user, addresses = resident_pages
    client.force_login(user)

    page = client.get(addresses["page assessing"], headers={"accept-language": language}).content.decode()
    timeline = client.get(addresses["timeline"], headers={"accept-language": language}).content.decode()

    assert f'<html lang="{language}">' in page
    assert headline in page
    assert told in timeline
