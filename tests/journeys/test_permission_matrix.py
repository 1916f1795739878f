"""Every page and deed, for everyone there is, in their own part of the region and elsewhere (docs/access.md)."""

import re

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import get_resolver
from django.utils.http import urlencode

from socialewifi.core.models import Event, Message, SentForm
from tests.journeys.permission_grid import EXEMPT, PEOPLE, ROWS
from tests.journeys.permission_world import ADDRESS, ADVICE, EMAIL, NOTE, PHONE, UNTOLD, World
from tests.journeys.permission_world import something_that_looks_right as filled_in

# Who may ever read these words, wherever they stand.
SEES_CONTACT_DETAILS = {"owner", "contact", "colleague", "coordinator", "regional", "reading along"}
READERS = {
    PHONE: SEES_CONTACT_DETAILS,
    ADDRESS: SEES_CONTACT_DETAILS,
    EMAIL: SEES_CONTACT_DETAILS,
    NOTE: SEES_CONTACT_DETAILS - {"owner"},
    ADVICE: {"coordinator", "regional"},
    UNTOLD: SEES_CONTACT_DETAILS,
}
FORM = "application/x-www-form-urlencoded"
TRACES = (Event, SentForm, Message)
# Sent again, they lead somewhere else than the first time.
ANSWERED_OTHERWISE = {
    "report-start": "whose draft it is stands in the session (intake/tests/test_report_once.py)",
    "invitation": "the way in is shown once (owners/tests/test_mine_together.py)",
}
# But for the choice of a language, which another site may send as well (core.views.choose_language).
POST_FORM = re.compile(r'<form(?![^>]*action="/taal/")[^>]*method="post"', re.IGNORECASE)


@pytest.fixture
def world(db):
    return World()


class Browser(Client):
    """A browser that keeps no copy of the templates behind a page: five thousand requests take half the time."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


@pytest.fixture
def browsers(world):
    """Everyone with their own browser, signed in once."""
    opened = {person: Browser() for person in PEOPLE}
    for person, user in world.people.items():
        if user is not None:
            opened[person].force_login(user)
            opened[person].get("/toegankelijkheid/")
    return opened


def _asked(browser, method, address, data=None):
    """Ask, and undo what it did; return the answer, and what stands written meanwhile."""
    sent = (urlencode(data), FORM) if data else ()
    with transaction.atomic():
        answer = getattr(browser, method)(address, *sent)
        written = _written() if data else None
        transaction.set_rollback(True)
    return answer, written


def _written():
    """Count what every deed leaves: its line in the timeline, its token, its mail or letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {one._meta.db_table})" for one in TRACES))
        return cursor.fetchone()


def _sign(answer):
    where = answer.headers.get("Location", "")
    if answer.status_code == 302 and where.startswith(resolve_url(settings.LOGIN_URL)):
        return ">"
    if answer.status_code == 403 and b"<title>Je bent niet meer ingelogd" in answer.content:
        # The way in, with what was typed.
        return ">"
    return {200: "o", 302: "o", 303: "o", 422: "o", 403: "x", 404: ".", 405: "-"}.get(answer.status_code, "?")


def _patterns(patterns, before=""):
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _patterns(one.url_patterns, f"{before}{one.namespace}:" if one.namespace else before)
        else:
            yield f"{before}{one.name}"


def test_every_address_stands_in_the_grid():
    found = set(_patterns(get_resolver(settings.ROOT_URLCONF).url_patterns))
    assert found == {row.name for row in ROWS} | set(EXEMPT), "a row of tests/journeys/permission_grid.py"


def test_who_may_open_it(world, browsers):
    found, told, kept, unguarded = {}, [], [], []
    for row in ROWS:
        address = world.address(row.name, row.where)
        answers = {person: _asked(browsers[person], "get", address)[0] for person in row.asked}
        found[str(row)] = row.as_written(_sign(answer) for answer in answers.values())
        told += _told_to_others(row, answers)
        kept += [(row.name, person) for person, answer in answers.items() if person != "anonymous" and _is_kept(answer)]
        unguarded += [(row.name, person) for person, answer in answers.items() if not _is_guarded(row, answer)]

    assert found == {str(row): row.visit for row in ROWS}
    assert told == []
    assert kept == []
    assert unguarded == []


def test_who_may_do_it(world, browsers):
    found, told, done = {}, [], []
    before = _written()
    for row in ROWS:
        address = world.address(row.name, row.where)
        answers = {}
        for person in row.asked:
            answers[person], written = _asked(browsers[person], "post", address, filled_in())
            if written != before and _sign(answers[person]) not in row.may_write:
                done.append((str(row), person))
        found[str(row)] = row.as_written(_sign(answer) for answer in answers.values())
        told += _told_to_others(row, answers)

    assert found == {str(row): row.send for row in ROWS}
    assert done == []
    assert told == []


def test_who_sends_it_again_is_answered_as_the_first_time(world, browsers):
    """Also when the first time ended what it was about, or what this person may (R7)."""
    differs, done = [], 0
    for row in [row for row in ROWS if row.name not in ANSWERED_OTHERWISE]:
        address, form = world.address(row.name, row.where), urlencode(filled_in())
        for person in row.may_send:
            with transaction.atomic():
                answers = [_answer(browsers[person].post(address, form, FORM)) for _time in range(2)]
                transaction.set_rollback(True)
            if answers[0][0] == 303:
                done += 1
                differs += [(str(row), person, *answers)] if answers[0] != answers[1] else []
                break

    assert differs == []
    assert done > 60, "fewer deeds can be done with what is sent here"


def _answer(answer):
    return answer.status_code, answer.headers.get("Location", "")


def _told_to_others(row, answers):
    """Return who read what is not theirs to read."""
    return [
        (str(row), person, words)
        for person, answer in answers.items()
        if answer.headers.get("Content-Type", "").startswith("text/html")
        for words, readers in READERS.items()
        if person not in readers and words in answer.content.decode()
    ]


def _is_kept(answer):
    """Tell whether a browser that others use too may keep this page."""
    return "no-store" not in answer.headers.get("Cache-Control", "")


def _is_guarded(row, answer):
    """Tell whether every form on this page carries what keeps another site from sending it."""
    if row.is_public or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return True
    page = answer.content.decode()
    return len(POST_FORM.findall(page)) <= page.count("csrfmiddlewaretoken")
