"""Who stepped aside from an idea reads nowhere how it is called: not in calls, letters, tasks or the timeline (R5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from socialewifi.core.models import Message, Text
from socialewifi.initiatives.actions.doubles import drop_join, propose_join, undo_join
from socialewifi.initiatives.models import Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory, InterestFactory, join
from socialewifi.people.tests.factories import NOON, UserFactory

DAY = timedelta(days=1)
NAME = "Taalcafé op woensdag"


@pytest.fixture
def pair(municipality, guide, coordinator, agreements, texts, monkeypatch):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 4 * DAY)
    # As the region words it: the other idea stands in what is asked.
    Text.objects.filter(code="join-asked").update(subject="Verder met ‘{{ other }}’?", body="{{ other }}?")
    mine = InitiativeFactory(title="Stoppen met roken", exploring=True, municipality=municipality, contact_person=guide)
    InitiatorFactory(initiative=mine, offline=True)
    InitiatorFactory(initiative=mine, by_letter=True)
    theirs = InitiativeFactory(
        title=NAME, exploring=True, municipality=municipality, contact_person=coordinator, owners=[UserFactory()]
    )
    InterestFactory(user=guide, initiative=theirs)
    return mine, theirs


def asked(mine, theirs, coordinator):
    propose_join(initiative=mine, into=theirs, by=coordinator, at=NOON)


def dropped(mine, theirs, coordinator):
    asked(mine, theirs, coordinator)
    drop_join(initiative=mine, by=coordinator, at=NOON + DAY)


def joined(mine, theirs, coordinator):
    join(mine, theirs, by=coordinator, at=NOON)


def undone(mine, theirs, coordinator):
    joined(mine, theirs, coordinator)
    undo_join(initiative=mine, by=coordinator, at=NOON + DAY)


@pytest.mark.parametrize("what", [asked, dropped, joined, undone])
def test_who_stepped_aside_reads_nowhere_how_it_is_called(client, pair, guide, coordinator, what):
    mine, _theirs = pair
    what(*pair, coordinator)
    pages = [reverse(name) for name in ("today", "work-calls", "letter-list")]
    pages += [reverse(name, args=[mine.key]) for name in ("work-initiative", "work-history", "work-doubles")]
    pages += [reverse("work-note-call", args=[mine.key, call.pk]) for call in Task.objects.filter(initiative=mine)]

    read = {}
    for user in (guide, coordinator):
        client.force_login(user)
        read[user] = [page for page in pages if NAME in client.get(page).content.decode()]

    assert read[guide] == []
    assert read[coordinator]


def test_a_letter_that_names_it_is_printed_by_a_colleague(client, pair, guide, coordinator):
    asked(*pair, coordinator)
    letter = Message.objects.letters().get(subject__contains=NAME)

    for user, status in ((guide, 404), (coordinator, 200)):
        client.force_login(user)
        assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == status
