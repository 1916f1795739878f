import threading
from datetime import timedelta

import pytest
from django.db import connection

from socialewifi.core.models import Message, Notice
from socialewifi.initiatives.actions.contact import (
    HandoverClosed,
    accept_handover,
    log_contact,
    offer_handover,
    take_contact,
)
from socialewifi.initiatives.actions.road import pause_initiative, resume_initiative, withdraw_initiative
from socialewifi.initiatives.models import Deadline, IllegalMove, Initiative, Step
from socialewifi.initiatives.tests.factories import DeadlineFactory, HandoverFactory, InitiativeFactory, TaskFactory
from socialewifi.people.tests.factories import NOON, UserFactory


def test_taking_contact_tells_the_initiators_who_it_is(initiative, guide):
    take_contact(initiative=initiative, by=guide, at=NOON)

    assert "Gijs Begeleider" in Message.objects.get(kind="contact-taken").body


def test_an_accepted_handover_tells_the_initiators_who_it_is_now(explored, coordinator):
    HandoverFactory(initiative=explored, receiver=coordinator)

    accept_handover(initiative=explored, by=coordinator, at=NOON)

    assert "Cora Coordinator" in Message.objects.get(kind="contact-changed").body


def test_who_is_asked_to_take_over_finds_it_in_the_digest(explored, guide, coordinator):
    offer_handover(initiative=explored, receiver=coordinator, reason="Verlof.", by=guide, at=NOON)

    notice = Notice.objects.get()
    assert notice.user == coordinator
    assert explored.key in notice.path


def test_a_conversation_before_anyone_is_contact_leaves_the_promise_of_contact(initiative, guide):
    DeadlineFactory(initiative=initiative, kind=Deadline.Kind.CONTACT)

    log_contact(initiative=initiative, through="visit", summary="Aan de balie.", by=guide, at=NOON)

    assert initiative.deadlines.running().exists()


@pytest.mark.django_db(transaction=True)
def test_two_guides_who_take_the_same_initiative_at_once_give_one_contact(texts, agreements, municipality):
    initiative = InitiativeFactory(municipality=municipality)
    guides = [
        UserFactory(name=name, roles=["guide"], roles__subregion=municipality.subregion) for name in ("Ank", "Bas")
    ]
    ready, outcomes = threading.Barrier(2), []

    def take(guide):
        try:
            ready.wait(timeout=10)
            take_contact(initiative=initiative, by=guide, at=NOON)
            outcomes.append("gelukt")
        except IllegalMove as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[guide]) for guide in guides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winner = Initiative.objects.get().contact_person
    assert Initiative.objects.get().step == Step.EXPLORING
    assert sorted(outcomes) == sorted(["gelukt", f"{winner.name} heeft dit initiatief al opgepakt."])


def test_the_calls_that_waited_for_the_giver_go_along_in_a_handover(explored, guide, coordinator):
    call = TaskFactory(initiative=explored, kind="call", assignee=guide)
    own = TaskFactory(initiative=explored, kind="todo", assignee=guide)
    HandoverFactory(initiative=explored, giver=guide, receiver=coordinator)

    accept_handover(initiative=explored, by=coordinator, at=NOON)

    call.refresh_from_db()
    own.refresh_from_db()
    assert (call.assignee, own.assignee) == (coordinator, guide)


def test_a_handover_that_waited_lapses_when_the_initiators_stop(explored, coordinator):
    handover = HandoverFactory(initiative=explored, receiver=coordinator)

    withdraw_initiative(initiative=explored, by=explored.initiators.get().user, at=NOON)

    with pytest.raises(HandoverClosed):
        accept_handover(initiative=explored, by=coordinator, at=NOON)
    handover.refresh_from_db()
    assert handover.dropped_at == NOON


def test_a_term_that_began_during_a_pause_shifts_only_by_what_was_left_of_it(municipality, guide, agreements):
    initiative = InitiativeFactory(sustaining=True, municipality=municipality, contact_person=guide)
    before = DeadlineFactory(initiative=initiative, kind=Deadline.Kind.EXPLORATION)
    weeks = timedelta(weeks=2)
    pause_initiative(initiative=initiative, reason="Vakantie.", by=guide, at=NOON)
    log_contact(initiative=initiative, through="phone", summary="Alles goed.", by=guide, at=NOON + weeks)
    check_in = initiative.deadlines.running().get(kind=Deadline.Kind.CHECK_IN)

    resume_initiative(initiative=initiative, by=guide, at=NOON + weeks)

    assert initiative.deadlines.get(pk=check_in.pk).due_on == check_in.due_on
    assert initiative.deadlines.get(pk=before.pk).due_on > before.due_on
