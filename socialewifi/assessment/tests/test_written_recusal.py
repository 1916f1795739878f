"""A member of the panel who is called steps aside on the phone, as others do on their page (R5, R10)."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from socialewifi.assessment.actions.advice import write_advice_for, write_recusal_for
from socialewifi.assessment.actions.outcome import OutcomeByAnother
from socialewifi.assessment.models import Assessment, PanelSeat
from socialewifi.assessment.tests.conftest import DAY, HOUR
from socialewifi.assessment.tests.factories import PanelSeatFactory
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.models import Interest, Task
from socialewifi.people.tests.factories import NOON, UserFactory


@pytest.fixture
def second(subregion):
    return UserFactory(name="Dina Tweede", roles=["coordinator"], roles__subregion=subregion)


@pytest.fixture
def member(db):
    """Someone on the panel who is called."""
    return UserFactory(name="Oma Telefoon", offline=True, roles=["panel_member"])


@pytest.fixture
def seat(assessment, member):
    return PanelSeatFactory(assessment=assessment, member=member)


def write(seat, by):
    return write_recusal_for(
        seat=seat, relation=Interest.Relation.FAMILY, explanation="Zijn zus.", by=by, at=NOON + HOUR
    )


def test_the_member_is_out_and_does_not_see_it_any_more(seat, member, coordinator):
    write(seat, coordinator)

    assert PanelSeat.objects.taking_part().filter(pk=seat.pk).count() == 0
    assert not PanelSeat.objects.visible_to(member).exists()
    assert Interest.objects.get(user=member).explanation == "Zijn zus."


def test_it_stands_in_the_timeline_with_who_wrote_it(seat, member, coordinator):
    write(seat, coordinator)

    told = Event.objects.get(kind="assessment.panel.recusal_written")
    assert (told.by, told.details["member"], said(told)) == (coordinator, member.name, "")


def test_somebody_else_than_its_writer_asks_whether_it_is_right(seat, member, coordinator, second):
    write(seat, coordinator)

    call = Task.objects.get(kind=Task.Kind.CALL)
    assert (call.assignee, call.person_to_call, call.written_by) == (second, member, coordinator)
    assert "opzij" in call.words


def test_who_has_a_mailbox_steps_aside_themselves_and_nobody_for_them(assessment, panel_member, coordinator):
    with pytest.raises(NotAllowed):
        write(assessment.seats.get(member=panel_member), coordinator)


def test_whoever_wrote_it_sets_no_outcome(weighing, assessment, seat, coordinator, second):
    """Otherwise one person could leave out who doubts, and decide (R2)."""
    write(seat, coordinator)
    weighing.score(assessment)
    weighing.advise(assessment)

    with pytest.raises(OutcomeByAnother):
        weighing.conclude(assessment)
    with pytest.raises(DatabaseError, match="steps aside"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(
            outcome="decline",
            reason="Nee.",
            alternative="Elders.",
            concluded_by=coordinator,
            concluded_at=NOON + 3 * DAY,
            advice_count=3,
        )
    assert weighing.conclude(assessment, by=second).outcome


def test_only_who_may_write_their_advice_may(seat, guide, panel_member, administrator):
    for other in (guide, panel_member, administrator):
        with pytest.raises(NotAllowed):
            write(seat, other)


def test_who_gave_advice_does_not_step_aside_any_more(seat, coordinator):
    write_advice_for(seat=seat, choice="do", reason="Mooi idee.", by=coordinator, at=NOON)

    with pytest.raises(NotAllowed):
        write(PanelSeat.objects.get(pk=seat.pk), coordinator)


def test_a_coordinator_finds_it_beside_the_member_and_writes_it_down(client, seat, coordinator):
    client.force_login(coordinator)
    address = reverse("weigh-write-recusal", args=[seat.assessment.initiative.key, seat.pk])
    assert address in client.get(reverse("weigh-detail", args=[seat.assessment.initiative.key])).content.decode()

    client.post(address, {"token": "00000000-0000-4000-8000-000000000001", "relation": "family"})

    assert PanelSeat.objects.get(pk=seat.pk).recused_at is not None
