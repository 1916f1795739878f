"""What lies behind the page of one initiative: what happened, what was said and done, and what it looks like."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socialewifi.core import clock, events
from socialewifi.initiatives.models import Step
from socialewifi.initiatives.tests.factories import (
    InitiativeFactory,
    InterestFactory,
    JoinProposalFactory,
    NoteFactory,
    PostFactory,
    TaskFactory,
)
from socialewifi.people.tests.factories import NOON
from socialewifi.site.queries.work_page import EVENTS_SHOWN, LAST_SHOWN


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def read(client):
    """Read a page about an initiative as someone."""

    def open_page(user, initiative, name="work-history", **asked):
        client.force_login(user)
        return client.get(reverse(name, args=[initiative.key]), asked)

    return open_page


def words(response):
    return response.content.decode()


def test_it_tells_what_happened_and_marks_what_the_initiators_read(read, guide, explored):
    events.record("initiatives.initiative.paused", on=explored, by=guide, at=NOON, reason="vakantie")
    events.record("initiatives.note.written", on=explored, by=guide, at=NOON)

    page = words(read(guide, explored))

    assert "Je idee staat even stil: vakantie" in page
    assert "Alleen voor collega" in page


def test_the_page_shows_the_last_that_was_said_and_leads_to_the_rest(read, guide, explored):
    for number in range(LAST_SHOWN + 1):
        at = NOON + timedelta(minutes=number)
        PostFactory(initiative=explored, body=f"Bericht {number}.", at=at)
        NoteFactory(initiative=explored, body=f"Notitie {number}.", at=at)

    page, past = words(read(guide, explored, "work-initiative")), words(read(guide, explored))

    assert reverse("work-history", args=[explored.key]) in page
    for said in ("Bericht", "Notitie"):
        assert f"{said} {LAST_SHOWN}." in page
        assert f"{said} 0." not in page
        assert f"{said} 0." in past


def test_what_is_done_stands_there_and_no_longer_on_the_page(read, guide, explored):
    TaskFactory(initiative=explored, what="Sleutel halen", done_at=NOON, done_by=guide)

    assert "Sleutel halen" not in words(read(guide, explored, "work-initiative"))
    assert "✓ Sleutel halen" in words(read(guide, explored))


def test_an_older_part_of_the_timeline_is_asked_for(read, guide, explored):
    for number in range(EVENTS_SHOWN + 2):
        events.record(
            "initiatives.initiative.paused", on=explored, by=guide, at=NOON, reason=f"reden {number} van {EVENTS_SHOWN}"
        )
    first = read(guide, explored)

    older = read(guide, explored, voor=first.context["history"].earlier_than)

    assert "reden 0 van" not in words(first)
    assert [entry["words"] for entry in older.context["timeline"][-2:]] == [
        f"Je idee staat even stil: reden {number} van {EVENTS_SHOWN}" for number in (1, 0)
    ]
    assert "Wat er eerder gebeurde" not in words(older)


@pytest.mark.parametrize("nonsense", ["", "abc", "-1", "0", "9" * 30, "²", "1;--"])
def test_whatever_part_is_asked_for_there_is_a_page(read, guide, explored, nonsense):
    assert read(guide, explored, voor=nonsense).status_code == 200


def test_no_part_of_another_timeline_is_read(read, guide, explored, municipality):
    other = InitiativeFactory(exploring=True, municipality=municipality)
    events.record("initiatives.initiative.paused", on=explored, by=guide, at=NOON, reason="van hier")
    foreign = events.record("initiatives.initiative.paused", on=other, by=guide, at=NOON, reason="van daar")

    assert "van" not in [entry["words"] for entry in read(guide, explored, voor=foreign.pk).context["timeline"]]
    assert read(guide, explored, voor=foreign.pk).context["timeline"] == []


def test_the_municipality_reads_the_page_and_nothing_behind_it(read, ambassador, explored):
    assert read(ambassador, explored, "work-initiative").status_code == 200
    for name in ("work-history", "work-doubles"):
        assert read(ambassador, explored, name).status_code == 403
        assert reverse(name, args=[explored.key]) not in words(read(ambassador, explored, "work-initiative"))


def test_it_asks_no_more_of_the_database_however_much_happened(read, guide, explored, django_assert_max_num_queries):
    def something_happens():
        events.record("initiatives.note.written", on=explored, by=guide, at=NOON)
        PostFactory(initiative=explored)
        NoteFactory(initiative=explored)
        TaskFactory(initiative=explored, done_at=NOON, done_by=guide)

    something_happens()
    with CaptureQueriesContext(connection) as asked:
        read(guide, explored)
    for _n in range(5):
        something_happens()

    with django_assert_max_num_queries(len(asked)):
        read(guide, explored)


def test_who_stepped_aside_from_another_idea_does_not_read_there_how_it_is_called(read, guide, explored, municipality):
    other = InitiativeFactory(title="Het geheime plan", exploring=True, municipality=municipality)
    JoinProposalFactory(initiative=explored, into=other)
    events.record("initiatives.join.asked", on=explored, by=guide, at=NOON, name=guide.name, other=other.title)
    TaskFactory(initiative=explored, what="Bellen over Het geheime plan", done_at=NOON, done_by=guide)
    assert words(read(guide, explored)).count("Het geheime plan") > 1
    InterestFactory(initiative=other, user=guide)

    assert "Het geheime plan" not in words(read(guide, explored))


def test_what_it_looks_like_is_told_as_long_as_going_on_together_is_the_thing_to_do(read, guide, municipality):
    garden = InitiativeFactory(title="Moestuin achter de kerk", exploring=True, municipality=municipality)
    again = InitiativeFactory(title="Moestuin achter de kerk", exploring=True, municipality=municipality)

    assert read(guide, again, "work-doubles").context["doubles"] == [garden]
    assert reverse("work-doubles", args=[again.key]) in words(read(guide, again, "work-initiative"))

    again.step, again.weighed_at, again.contact_person = Step.SUPPORTING, NOON, guide
    again.save()

    assert read(guide, again, "work-doubles").context["doubles"] == []
    assert reverse("work-doubles", args=[again.key]) not in words(read(guide, again, "work-initiative"))


def test_opened_in_the_page_only_the_part_itself_is_sent(client, guide, explored):
    client.force_login(guide)
    for name in ("work-history", "work-doubles"):
        part = client.get(reverse(name, args=[explored.key]), headers={"HX-Request": "true"})
        assert "<html" not in words(part)
