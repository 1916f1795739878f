import pytest
from django.urls import reverse

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.contact import log_contact
from socialewifi.initiatives.actions.conversation import write_to_contact
from socialewifi.initiatives.actions.doubles import CannotJoin, NotJoined, propose_join, undo_join
from socialewifi.initiatives.models import Deadline, Initiative
from socialewifi.initiatives.tests.factories import DeadlineFactory, HandoverFactory, InitiativeFactory, join
from socialewifi.people.tests.factories import NOON, UserFactory


@pytest.fixture
def other(municipality, guide):
    return InitiativeFactory(title="Tuin van ons", municipality=municipality, exploring=True, contact_person=guide)


def test_joining_tells_the_initiators_of_both_in_words(initiative, other, guide):
    join(initiative, other, by=guide)

    of_one, of_other = (Event.objects.about(one) for one in (initiative, other))
    assert "gaat samen verder met ‘Tuin van ons’" in said(of_one.get(kind="initiatives.initiative.joined"))
    assert "‘Moestuin’ gaat samen met jouw idee verder" in said(of_other.get(kind="initiatives.initiative.grown"))
    assert Message.objects.get(kind="initiatives-joined")


def test_a_joined_initiative_rests(initiative, other, guide):
    DeadlineFactory(initiative=initiative)

    join(initiative, other, by=guide)

    assert not Deadline.objects.running().filter(initiative=initiative).exists()
    assert initiative not in Initiative.objects.open()


def test_undoing_a_join_puts_both_back_where_they_stood(initiative, other, guide):
    DeadlineFactory(initiative=initiative)
    join(initiative, other, by=guide)

    undo_join(initiative=initiative, by=guide, at=NOON)

    initiative.refresh_from_db()
    assert initiative.is_open
    assert Deadline.objects.running().filter(initiative=initiative).exists()


def test_a_handover_that_was_waiting_lapses(explored, other, guide, coordinator):
    handover = HandoverFactory(initiative=explored, receiver=coordinator)

    join(explored, other, by=guide)

    handover.refresh_from_db()
    assert handover.dropped_at == NOON


def test_nothing_is_joined_to_itself(initiative, guide):
    with pytest.raises(CannotJoin):
        propose_join(initiative=initiative, into=initiative, by=guide, at=NOON)


def test_nothing_is_joined_while_it_is_weighed(municipality, other, guide):
    weighed = InitiativeFactory(municipality=municipality, assessing=True)

    with pytest.raises(CannotJoin):
        propose_join(initiative=weighed, into=other, by=guide, at=NOON)


def test_nothing_is_joined_into_what_has_ended(initiative, municipality, guide):
    with pytest.raises(CannotJoin):
        propose_join(
            initiative=initiative, into=InitiativeFactory(municipality=municipality, declined=True), by=guide, at=NOON
        )


def test_two_ways_round_at_once_is_one_join(initiative, other, guide):
    join(initiative, other, by=guide)

    with pytest.raises((CannotJoin, NotAllowed)):
        propose_join(initiative=other, into=initiative, by=guide, at=NOON)


def test_a_guide_joins_only_what_both_lie_in_their_subregion(initiative, guide, other_municipality, texts):
    elsewhere = InitiativeFactory(municipality=other_municipality)

    with pytest.raises(NotAllowed):
        propose_join(initiative=initiative, into=elsewhere, by=guide, at=NOON)


def test_a_join_is_undone_once(initiative, other, guide):
    join(initiative, other, by=guide)
    undo_join(initiative=initiative, by=guide, at=NOON)

    with pytest.raises(NotJoined):
        undo_join(initiative=initiative, by=guide, at=NOON)


def test_who_follows_reads_no_names_of_the_others(client, municipality, guide, texts, agreements):
    owner, roos = UserFactory(name="Geheim Naam"), UserFactory(name="Roos")
    into, rest = (
        InitiativeFactory(title=title, exploring=True, contact_person=guide, municipality=municipality, owners=[one])
        for title, one in (("Groot", owner), ("Klein", roos))
    )
    join(rest, into, by=guide)
    write_to_contact(initiative=into, body="Hallo", by=owner, at=NOON)
    log_contact(initiative=into, through="phone", summary="Geheim Naam wil door", by=guide, at=NOON)
    client.force_login(roos)

    for page in ("mine-timeline", "mine-initiative"):
        shown = client.get(reverse(page, args=[into.key])).content.decode()
        assert "Geheim Naam" not in shown, page
    assert "Iemand van dit idee stuurde een bericht." in shown_to(client, into)
    client.force_login(owner)
    assert "Geheim Naam stuurde" in shown_to(client, into)


def shown_to(client, initiative):
    return client.get(reverse("mine-timeline", args=[initiative.key])).content.decode()
