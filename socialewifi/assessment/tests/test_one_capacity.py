"""Whoever works on an initiative, or speaks for its municipality, does not weigh it as a resident (R5, R8, R15)."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.advice import give_advice, write_advice_for
from socialewifi.assessment.actions.municipality import ask_ambassador
from socialewifi.assessment.actions.opening import CannotWeigh, add_panel_member
from socialewifi.assessment.actions.outcome import OutcomeByAnother
from socialewifi.assessment.actions.stepping_aside import release_who_works_on_it
from socialewifi.assessment.models import PanelAdvice, PanelSeat
from socialewifi.assessment.tests.conftest import DAY, HOUR
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message, Notice
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory, rest_in
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory

AT_WORK = ["guide", "coordinator", "regional_coordinator", "ambassador"]


@pytest.fixture
def give(subregion, municipality):
    """Give someone a role of work where the initiative is, and return them as they come in next."""

    def role(user, kind):
        places = {"ambassador": {"municipality": municipality}, "regional_coordinator": {}}
        RoleFactory(user=user, kind=kind, **places.get(kind, {"subregion": subregion}))
        return User.objects.get(pk=user.pk)

    return role


@pytest.mark.parametrize("kind", AT_WORK)
def test_who_works_there_is_not_asked_for_its_panel(assessment, coordinator, give, kind):
    member = give(UserFactory(roles=["panel_member"]), kind)

    assert member not in queries.panel_candidates(assessment.initiative, timezone.localdate(NOON))
    with pytest.raises(CannotWeigh):
        add_panel_member(assessment=assessment, member=member, by=coordinator, at=NOON + HOUR)
    with pytest.raises(DatabaseError, match="R15"), transaction.atomic():
        PanelSeat.objects.create(assessment=assessment, member=member, invited_at=NOON, invited_by=coordinator)


@pytest.mark.parametrize("kind", ["guide", "ambassador"])
def test_who_works_elsewhere_is_asked_like_anyone(assessment, kind, other_subregion, other_municipality):
    place = {"municipality": other_municipality} if kind == "ambassador" else {"subregion": other_subregion}
    member = UserFactory(roles=["panel_member"])
    RoleFactory(user=member, kind=kind, **place)

    assert member in queries.panel_candidates(assessment.initiative, timezone.localdate(NOON))


def test_who_wrote_the_idea_down_does_not_weigh_it(assessment, other_guide):
    RoleFactory(user=other_guide, kind="panel_member")
    initiative = assessment.initiative
    initiative.entered_by, initiative.entered_with_consent_at = other_guide, NOON
    initiative.save()

    assert other_guide not in queries.panel_candidates(initiative, timezone.localdate(NOON))


@pytest.mark.parametrize("kind", AT_WORK)
def test_a_role_received_later_takes_the_seat_out_of_reach_at_once(assessment, panel_member, coordinator, give, kind):
    seat = assessment.seats.get(member=panel_member)
    member = give(panel_member, kind)

    assert not PanelSeat.objects.visible_to(member).exists()
    for deed, by in ((give_advice, member), (write_advice_for, coordinator)):
        with pytest.raises(NotAllowed):
            deed(seat=seat, choice="do", reason="Ja.", by=by, at=NOON + HOUR)
    with pytest.raises(DatabaseError, match="R15"), transaction.atomic():
        PanelAdvice.objects.create(seat=seat, choice="do", reason="Ja.", given_at=NOON + HOUR)


@pytest.mark.parametrize("kind", ["coordinator", "regional_coordinator"])
def test_until_they_step_aside_who_holds_a_seat_reads_no_advice_and_decides_nothing(
    client, assessment, weighing, panel_members, give, kind
):
    weighing.advise(assessment, *panel_members[1:], reason="Dit is nog blind.")
    member = give(panel_members[0], kind)
    client.force_login(member)
    key = assessment.initiative.key

    assert not rules.can_read_advices(member, assessment)
    assert not rules.can_conclude(member, assessment)
    page = client.get(reverse("weigh-detail", args=[key])).content.decode()
    assert ("Dit is nog blind." in page, "Morgen stap je vanzelf uit het panel" in page) == (False, True)
    assert client.get(reverse("weigh-outcome", args=[key])).status_code == 403


@pytest.mark.parametrize("kind", AT_WORK)
def test_the_next_morning_they_step_aside_and_the_coordinator_hears_who_else_to_ask(
    assessment, panel_member, coordinator, give, kind
):
    give(panel_member, kind)

    assert release_who_works_on_it(day=timezone.localdate(NOON), at=NOON + DAY) == 1
    assert release_who_works_on_it(day=timezone.localdate(NOON), at=NOON + DAY) == 0

    seat = PanelSeat.objects.get(assessment=assessment, member=panel_member)
    assert seat.recused_at == NOON + DAY
    assert Event.objects.filter(kind="assessment.panel.released").count() == 1
    assert Notice.objects.filter(user=coordinator, words__contains="Vraag iemand anders").exists()


def test_advice_given_as_a_resident_stays_when_its_member_comes_to_work_there(
    assessment, weighing, panel_members, give
):
    weighing.score(assessment)
    weighing.advise(assessment)
    member = give(panel_members[0], "coordinator")

    assert release_who_works_on_it(day=timezone.localdate(NOON), at=NOON + DAY) == 0
    assert assessment.seats.advised().count() == 3
    assert rules.can_read_advices(member, assessment)
    with pytest.raises(OutcomeByAnother):
        weighing.conclude(assessment, by=member)
    assessment.outcome, assessment.reason, assessment.advice_count = "support", "Zo is het.", 3
    assessment.concluded_at, assessment.concluded_by = NOON + 2 * DAY, member
    with pytest.raises(DatabaseError, match="R15"), transaction.atomic():
        assessment.save()


@pytest.mark.parametrize("kind", ["guide", "coordinator", "regional_coordinator"])
def test_who_works_on_it_does_not_answer_for_the_municipality_and_the_coordinator_sees_the_gap(
    assessment, trigger, coordinator, ambassador, give, kind
):
    ambassador = give(ambassador, kind)

    question = ask_ambassador(assessment=assessment, triggers=[trigger], by=coordinator, at=NOON)

    assert not rules.can_answer(ambassador, question)
    assert not Message.objects.filter(kind="ambassador-question").exists()
    assert queries.progress_of(assessment, NOON).has_gap


def test_who_says_later_that_a_resting_idea_is_theirs_gives_no_advice_on_what_it_goes_on_in(
    initiative, weighing, guide, panel_member, municipality
):
    resting = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    typed = InitiatorFactory(initiative=resting, user__email=None, email=panel_member.email)
    rest_in(resting, initiative)
    assessment = weighing.open(initiative)
    seat = assessment.seats.get(member=panel_member)

    recognise(initiator=typed, by=panel_member, at=NOON + HOUR)

    assert not assessment.seats.taking_part().filter(member=panel_member).exists()
    with pytest.raises(NotAllowed):
        give_advice(seat=seat, choice="do", reason="Mijn idee.", by=panel_member, at=NOON + HOUR)
    with pytest.raises(DatabaseError, match="R5"), transaction.atomic():
        PanelAdvice.objects.create(seat=seat, choice="do", reason="Mijn idee.", given_at=NOON + HOUR)
