"""How another idea is called, for who may not know it, or not all of it (R5, R15)."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from socialewifi.core import events
from socialewifi.core.redaction import name_for_mail, without_contact_details
from socialewifi.initiatives.queries.joining import titles_out_of_sight
from socialewifi.initiatives.tests.factories import (
    EffectStoryFactory,
    InitiativeFactory,
    InterestFactory,
    JoinProposalFactory,
    TaskFactory,
    rest_in,
)
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory
from socialewifi.support.queries.calls import open_calls

pytestmark = pytest.mark.django_db
NUMBER = "06 40 12 34 56"
TYPED = [
    f"Zangkoor {NUMBER} www.zangkoor.nl in Linde",
    f"Zangkoor {NUMBER} in Linde",
    "Zangkoor www.zangkoor.nl samen",
    "Zang\u200bkoor in Linde",
    "Zangkoor",
]


def in_a_mail(title):
    """As everyone reads it, and then as a mail has it."""
    return name_for_mail(without_contact_details(title))


LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def _in_june(monkeypatch):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("written_in", LANGUAGES)
@pytest.mark.parametrize("read_in", LANGUAGES)
@pytest.mark.parametrize("form", [str, without_contact_details, name_for_mail, in_a_mail])
def test_who_stepped_aside_tells_nobody_of_that_idea_in_whatever_language_it_was_written(
    guide, municipality, typed, written_in, read_in, form
):
    mine = InitiativeFactory(municipality=municipality, contact_person=guide, exploring=True)
    aside = InitiativeFactory(title=typed, municipality=municipality, exploring=True)
    JoinProposalFactory(initiative=aside, into=mine)
    InterestFactory(initiative=aside, user=guide)
    with translation.override(written_in):
        TaskFactory(initiative=mine, kind="call", what="Bel", words=f"Wil je samen met ‘{form(typed)}’?")

    with translation.override(read_in):
        assert form(typed) in titles_out_of_sight(guide)
        assert not open_calls(guide).exists()


def test_an_order_tells_nothing_of_a_number_that_is_left_out(client, ambassador, municipality):
    probes = ["06 10 00 00 00", "06 40 12 34 55", "06 40 12 34 57", "06 90 00 00 00"]
    hidden = InitiativeFactory(title=f"Bel {NUMBER}", municipality=municipality)
    asked = [InitiativeFactory(title=f"Bel {probe}", municipality=municipality) for probe in probes]
    client.force_login(ambassador)

    page = client.get(reverse("work-list"), {"volgorde": "naam"}).content.decode()
    places = [page.index(reverse("work-initiative", args=[one.key])) for one in (hidden, *asked)]
    assert places == sorted(places)


def test_the_page_of_today_calls_the_other_idea_as_everyone_does(
    client, guide, municipality, other_municipality, other_guide
):
    mine = InitiativeFactory(title="Tuin A", municipality=municipality, contact_person=guide, exploring=True)
    theirs = InitiativeFactory(
        title=f"Tuin B {NUMBER}", municipality=other_municipality, contact_person=other_guide, exploring=True
    )
    JoinProposalFactory(initiative=mine, into=theirs, due_on=timezone.localdate(NOON))
    RoleFactory(user=other_guide, kind="ambassador", municipality=municipality)
    for person, about in ((guide, mine), (other_guide, theirs)):
        client.force_login(person)
        page = client.get(reverse("today")).content.decode()

        assert reverse("work-join-answer", args=[about.key]) in page
        assert reverse("work-join-answer", args=[(mine if about == theirs else theirs).key]) not in page
        assert (NUMBER in page) is (person == other_guide)


def test_the_page_at_work_calls_what_rests_in_it_as_everyone_does(client, guide, municipality, other_municipality):
    mine = InitiativeFactory(title="Tuin A", municipality=municipality, contact_person=guide, exploring=True)
    theirs = InitiativeFactory(title=f"Tuin B {NUMBER}", municipality=other_municipality, exploring=True)
    rest_in(theirs, mine)
    client.force_login(guide)

    page = client.get(reverse("work-initiative", args=[mine.key])).content.decode()

    assert "Tuin B" in page
    assert NUMBER not in page


def test_the_municipality_reads_no_number_in_the_name_of_who_tells_a_story(client, ambassador, municipality):
    told_by = UserFactory(name=f"Jan {NUMBER}")
    shown = InitiativeFactory(municipality=municipality, supporting=True, weighed_at=NOON, owners=[told_by])
    story = EffectStoryFactory(initiative=shown, told_by=told_by, published=True)
    client.force_login(ambassador)

    page = client.get(reverse("work-initiative", args=[shown.key])).content.decode()

    assert story.title in page
    assert NUMBER not in page


def test_an_administrator_reads_no_number_in_the_log(client, administrator):
    jan = UserFactory(name=f"Jan {NUMBER}")
    events.record("people.user.met", on=jan, by=jan, at=NOON, name=jan.name)
    client.force_login(administrator)

    shown = client.get(reverse("access-log")).content.decode()

    assert "Vroeg een code aan" in shown
    assert NUMBER not in shown
