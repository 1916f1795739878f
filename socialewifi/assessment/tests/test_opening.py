from datetime import timedelta

import pytest

from socialewifi.assessment.actions.municipality import MunicipalityUnknown
from socialewifi.assessment.actions.opening import (
    CannotWeigh,
    PanelTooSmall,
    add_panel_member,
)
from socialewifi.assessment.models import Assessment
from socialewifi.core.errors import NotAllowed
from socialewifi.core.events import for_initiators
from socialewifi.core.models import Event, Message, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.road import reopen_initiative, withdraw_initiative
from socialewifi.initiatives.models import Deadline, IllegalMove, Step
from socialewifi.initiatives.tests.factories import InterestFactory
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory


def test_a_weighing_asks_the_panel_and_tells_the_initiators(weighing, initiative, panel_members):
    assessment = weighing.open(initiative)

    initiative.refresh_from_db()
    assert initiative.step == Step.ASSESSING
    assert {seat.member for seat in assessment.seats.waiting()} == set(panel_members)
    assert initiative.deadlines.running().get().kind == Deadline.Kind.ASSESSMENT
    [told] = for_initiators(Event.objects.about(initiative))
    assert said(told) == (
        "Buren kijken nu mee met je idee. Zij lezen en geven advies. Je hoort uiterlijk 1 juli 2026 wat het wordt."
    )


def test_the_panel_gets_a_line_in_the_digest_and_no_mail_for_each_initiative(weighing, initiative, panel_members):
    weighing.open(initiative)

    assert Message.objects.count() == 0
    assert Notice.objects.filter(user__in=panel_members).count() == 3
    assert Notice.objects.first().words == "‘Moestuin de Groene Hoek’ wacht op jouw advies, uiterlijk 17 juni."


def test_the_numbers_in_force_stay_with_the_weighing(weighing, initiative, agreements):
    assessment = weighing.open(initiative)

    agreements["panel-quorum"].value = 5
    agreements["panel-quorum"].save()

    assessment.refresh_from_db()
    assert assessment.quorum == 3
    assert assessment.panel_closes_at == NOON + timedelta(days=7)


def test_fewer_panel_members_than_the_quorum_is_refused(weighing, initiative, panel_members):
    with pytest.raises(PanelTooSmall):
        weighing.open(initiative, members=panel_members[:2])

    initiative.refresh_from_db()
    assert initiative.step == Step.EXPLORING


def test_who_is_involved_is_not_asked(weighing, initiative, panel_members):
    InterestFactory(user=panel_members[0], initiative=initiative)

    with pytest.raises(CannotWeigh):
        weighing.open(initiative)


def test_an_initiator_who_is_a_panel_member_never_weighs_their_own(weighing, initiative, resident, panel_members):
    RoleFactory(user=resident, kind="panel_member")

    with pytest.raises(CannotWeigh):
        weighing.open(initiative, members=[*panel_members, resident])


def test_the_contact_does_not_weigh_what_they_help_with(weighing, initiative, guide, panel_members):
    RoleFactory(user=guide, kind="panel_member")

    with pytest.raises(CannotWeigh):
        weighing.open(initiative, members=[*panel_members, guide])


@pytest.mark.parametrize("trait", ["expired", "future"])
def test_a_panel_member_who_is_not_one_today_is_not_asked(weighing, initiative, panel_members, trait):
    former = UserFactory()
    RoleFactory(user=former, kind="panel_member", **{trait: True})

    with pytest.raises(CannotWeigh):
        weighing.open(initiative, members=[*panel_members, former])


def test_a_second_weighing_at_the_same_time_is_refused(weighing, initiative):
    weighing.open(initiative)

    with pytest.raises(IllegalMove):
        weighing.open(initiative)


def test_a_panel_member_is_added_once(weighing, assessment, coordinator):
    extra = UserFactory(roles=["panel_member"])

    add_panel_member(assessment=assessment, member=extra, by=coordinator, at=NOON)

    assert assessment.seats.count() == 4
    with pytest.raises(CannotWeigh):
        add_panel_member(assessment=assessment, member=extra, by=coordinator, at=NOON)


def test_the_municipality_has_to_be_known_before_it_can_be_asked(weighing, initiative, trigger):
    initiative.municipality = None
    initiative.save()

    with pytest.raises(MunicipalityUnknown):
        weighing.open(initiative, triggers=[trigger])


def test_a_weighing_ends_at_the_moment_the_initiators_stop_without_an_outcome(weighing, initiative, resident):
    assessment = weighing.open(initiative)

    withdraw_initiative(initiative=initiative, reason="Te druk.", by=resident, at=NOON)

    assessment.refresh_from_db()
    assert (assessment.returned_at, assessment.without_outcome, assessment.outcome) == (NOON, "withdrawn", "")


def test_a_weighing_that_was_withdrawn_does_not_stand_in_the_way_of_a_new_one(weighing, initiative, resident, guide):
    first = weighing.open(initiative)
    withdraw_initiative(initiative=initiative, by=resident, at=NOON)
    reopen_initiative(initiative=initiative, reason="Toch verder.", by=resident, at=NOON)

    second = weighing.open(initiative)

    first.refresh_from_db()
    assert first.returned_because == "De initiatiefnemers stopten tijdens de weging."
    assert list(Assessment.objects.open()) == [second]


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("coordinator", True),
        ("regional_coordinator", True),
        ("guide", False),
        ("other_guide", False),
        ("panel_member", False),
        ("ambassador", False),
        ("administrator", False),
        ("resident", False),
    ],
)
def test_who_may_begin_a_weighing(request, weighing, initiative, who, allowed):
    by = request.getfixturevalue(who)

    if allowed:
        assert weighing.open(initiative, by=by).is_open
    else:
        with pytest.raises(NotAllowed):
            weighing.open(initiative, by=by)


def test_a_coordinator_who_is_involved_does_not_weigh(weighing, initiative, coordinator):
    InterestFactory(user=coordinator, initiative=initiative)

    with pytest.raises(NotAllowed):
        weighing.open(initiative)
