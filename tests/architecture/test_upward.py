"""No room knows of a later one by a string either: no kind of event, no model, no name of a page."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.test_house import PROJECT, committed, text

# Pages that rooms below lead to by name; a later room promises that they are there. A new one needs a reason.
LANDMARKS = {
    "home": "where everyone can go on",
    "start": "one's own first page",
    "account_request_login_code": "how one comes in with a mail",
    "account_logout": "at the top of every page of someone who is in",
    "code": "how one comes in with a letter",
    "reading-end": "in the line above every page while someone reads along",
    "work-list": "the initiatives at work",
    "work-initiative": "one initiative at work, with what every room shows of it",
    "work-code-letter": "the letter for whom an idea was written down",
    "mine-list": "one's own ideas",
    "mine-initiative": "one's own idea, with what every room shows of it",
    "mine-public": "where an initiator says whether it may be shown",
    "mine-story": "where an initiator says whether a story may be shown",
    "agreement-list": "one of the pages of the administration",
}
WORD = re.compile(r"""["']([a-z][a-z0-9_-]+)["']""")
DOTTED = re.compile(r"""["'](?:socialewifi\.)?([a-z]+)\.[a-z_.]+["']""")
LEADS = re.compile(r"""(?:reverse|redirect|reverse_lazy)\(\s*["']([a-z0-9_-]+)|{%\s*url\s+["']([a-z0-9_-]+)""")


@pytest.fixture(scope="module")
def rooms_of_pages():
    """By the name of a page, the room whose list of addresses it stands in."""
    found = {}
    for included in get_resolver("socialewifi.config.urls").url_patterns:
        room = included.urlconf_module.__name__.split(".")[1]
        found |= dict.fromkeys(_names(included.url_patterns), room)
    return found


def _names(patterns: list[URLPattern | URLResolver]):
    for one in patterns:
        yield from _names(one.url_patterns) if isinstance(one, URLResolver) else [one.name]


def _of_rooms(*patterns: str):
    for path in committed(*patterns):
        parts = path.relative_to(PROJECT).parts
        if not {"tests", "migrations"} & set(parts):
            yield parts[1], path


def test_no_room_names_a_kind_of_event_or_a_model_of_a_later_one(order):
    named = {
        (room, word, _name(path))
        for room, path in _of_rooms("socialewifi/*.py")
        for word in DOTTED.findall(text(path))
        # The program itself is at the top, and is where Django is told to look.
        if word in order and word != "config" and order[word] > order[room]
    }

    assert named == set()


def test_no_room_names_a_page_of_a_later_one(order, rooms_of_pages):
    named = set()
    for room, path in _of_rooms("socialewifi/*.py", "socialewifi/*.html", "socialewifi/*.txt"):
        words = text(path)
        found = {word for pair in LEADS.findall(words) for word in pair if word}
        # A name with a line in it is that of a page, wherever it stands (``to=("mine-initiative", ...)``).
        found |= {word for word in WORD.findall(words) if "-" in word}
        later = {word for word in found if word in rooms_of_pages and order[rooms_of_pages[word]] > order[room]}
        named |= {(word, _name(path)) for word in later - set(LANDMARKS)}

    assert named == set()


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))
