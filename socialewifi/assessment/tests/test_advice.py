"""R5 and R8: advice is free, given once, and never by who is involved."""

import pytest

from socialewifi.assessment.actions.advice import AdviceGiven, ReasonMissing, give_advice, recuse, write_advice_for
from socialewifi.assessment.actions.locking import AssessmentClosed
from socialewifi.assessment.models import PanelAdvice, PanelSeat
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.road import withdraw_initiative
from socialewifi.initiatives.tests.factories import InterestFactory
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory


@pytest.fixture
def seat(assessment, panel_member):
    return assessment.seats.get(member=panel_member)


def advise(seat, by, **fields):
    return give_advice(seat=seat, by=by, at=NOON, **{"choice": "do", "reason": "Mooi plan.", **fields})


def test_a_member_gives_advice_once(seat, panel_member):
    advise(seat, panel_member, choice="do_with_tip", reason="Denk aan water.")

    with pytest.raises(AdviceGiven):
        advise(seat, panel_member, choice="doubt")
    assert PanelAdvice.objects.get(seat=seat).choice == "do_with_tip"


def test_advice_needs_a_reason(seat, panel_member):
    with pytest.raises(ReasonMissing):
        advise(seat, panel_member, reason="  ")


def test_a_member_gives_advice_on_their_own_seat_only(seat, panel_members):
    with pytest.raises(NotAllowed):
        advise(seat, panel_members[1])


def test_the_timeline_never_tells_what_was_advised(seat, panel_member, initiative):
    advise(seat, panel_member, choice="doubt", reason="Te dicht bij de weg.")

    event = Event.objects.about(initiative).get(kind="assessment.advice.given")
    assert said(event) == ""
    assert event.details == {}


def test_an_expired_panel_member_gives_no_advice(seat, panel_member):
    panel_member.roles.update(ends_on="2020-12-31")
    member = type(panel_member).objects.get(pk=panel_member.pk)

    with pytest.raises(NotAllowed):
        advise(seat, member)


def test_who_became_involved_gives_no_advice(seat, panel_member, initiative):
    InterestFactory(user=panel_member, initiative=initiative)

    with pytest.raises(NotAllowed):
        advise(seat, panel_member)


def test_there_is_no_advice_after_the_outcome(weighing, assessment, panel_members, coordinator):
    extra = UserFactory(roles=["panel_member"])
    late = PanelSeat.objects.create(assessment=assessment, member=extra, invited_at=NOON, invited_by=coordinator)
    weighing.score(assessment)
    weighing.advise(assessment)
    weighing.conclude(assessment)

    with pytest.raises(AssessmentClosed):
        advise(late, extra)


def test_there_is_no_advice_once_the_initiators_stopped(seat, panel_member, initiative, resident):
    withdraw_initiative(initiative=initiative, by=resident, at=NOON)

    with pytest.raises(AssessmentClosed):
        advise(seat, panel_member)


def test_advice_by_phone_counts_the_same_and_says_who_wrote_it_down(seat, panel_member, coordinator, initiative):
    advice = write_advice_for(seat=seat, choice="do", reason="Zei het aan de telefoon.", by=coordinator, at=NOON)

    assert advice.written_by == coordinator
    assert Event.objects.about(initiative).get(kind="assessment.advice.given").on_behalf_of == panel_member.name
    assert seat.assessment.seats.advised().count() == 1


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("coordinator", True), ("regional_coordinator", True), ("guide", False), ("resident", False), ("stranger", False)],
)
def test_who_may_write_advice_down_for_a_member(request, seat, who, allowed):
    by = request.getfixturevalue(who)

    if allowed:
        assert write_advice_for(seat=seat, choice="do", reason="Goed.", by=by, at=NOON)
    else:
        with pytest.raises(NotAllowed):
            write_advice_for(seat=seat, choice="do", reason="Goed.", by=by, at=NOON)


def test_who_steps_aside_is_left_out_for_good(seat, panel_member, initiative, assessment):
    recuse(seat=seat, relation="family", explanation="Mijn broer doet mee.", by=panel_member, at=NOON)

    assert seat not in assessment.seats.taking_part()
    assert not PanelSeat.objects.visible_to(panel_member).exists()
    with pytest.raises(NotAllowed):
        advise(seat, panel_member)
    assert "broer" not in str(list(Event.objects.about(initiative).values()))


def test_the_coordinator_hears_when_too_few_members_are_left(seat, panel_member, coordinator):
    recuse(seat=seat, relation="other", by=panel_member, at=NOON)

    words = Notice.objects.get(user=coordinator).words
    assert words == "Een panellid stapt opzij bij ‘Moestuin de Groene Hoek’. Vraag iemand anders."


def test_nobody_steps_aside_after_giving_advice(seat, panel_member):
    advise(seat, panel_member)

    with pytest.raises(AdviceGiven):
        recuse(seat=seat, relation="family", by=panel_member, at=NOON)


def test_nobody_steps_aside_for_someone_else(seat, panel_members, coordinator):
    for by in (panel_members[1], coordinator):
        with pytest.raises(NotAllowed):
            recuse(seat=seat, relation="family", by=by, at=NOON)


def test_advice_of_who_became_an_initiator_later_does_not_count(seat, panel_member, initiative, assessment):
    advise(seat, panel_member)
    InterestFactory(user=panel_member, initiative=initiative)

    assert not assessment.seats.advised().exists()


@pytest.mark.parametrize(
    "who", ["guide", "coordinator", "ambassador", "treasurer", "steering_member", "administrator", "resident"]
)
def test_only_panel_members_have_a_list_of_what_waits(request, assessment, who):
    assert not PanelSeat.objects.visible_to(request.getfixturevalue(who)).exists()


def test_a_member_sees_their_own_seats_only(assessment, panel_members):
    outsider = UserFactory()
    RoleFactory(user=outsider, kind="panel_member")

    assert not PanelSeat.objects.visible_to(outsider).exists()
    assert PanelSeat.objects.visible_to(panel_members[0]).get().member == panel_members[0]
