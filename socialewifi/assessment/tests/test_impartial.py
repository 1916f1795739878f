"""Whoever it is of, or may be of, judges nothing of it: nor of what rests in it (R5)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.advice import give_advice, write_advice_for
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.outcome import OutcomeByAnother, return_to_exploring
from socialewifi.assessment.actions.written import object_to_advice
from socialewifi.assessment.models import (
    AmbassadorQuestion,
    Assessment,
    CriterionScore,
    PanelAdvice,
    PanelSeat,
)
from socialewifi.assessment.tests.factories import (
    AmbassadorQuestionFactory,
    AssessmentFactory,
    CriterionScoreFactory,
    PanelAdviceFactory,
    PanelSeatFactory,
    conclude,
)
from socialewifi.core import clock
from socialewifi.core.errors import NotAllowed
from socialewifi.initiatives.models import JoinProposal
from socialewifi.initiatives.rules import has_part_in_join
from socialewifi.initiatives.tests.factories import (
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    InvitationFactory,
    JoinProposalFactory,
    PauseFactory,
    rest_in,
)
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


def told_with(initiative, person):
    InitiatorFactory(initiative=initiative, offline=True, email=person.email)


def invited(initiative, person):
    InvitationFactory(initiative=initiative, email=person.email)


def involved(initiative, person):
    InterestFactory(initiative=initiative, user=person)


def owns(initiative, person):
    InitiatorFactory(initiative=initiative, user=UserFactory(offline=True, account=person), phone="06 00 00 00 09")


def in_it(initiative):
    return initiative


def in_what_rests_in_it(initiative):
    beside = InitiativeFactory(exploring=True, municipality=initiative.municipality)
    rest_in(beside, initiative)
    return beside


each_way = pytest.mark.parametrize("may_be_theirs", [told_with, invited, involved, owns])
each_place = pytest.mark.parametrize("where", [in_it, in_what_rests_in_it])


@each_way
@each_place
def test_whose_it_may_be_is_offered_for_nothing(
    initiative, panel_member, coordinator, ambassador, may_be_theirs, where
):
    for person in (panel_member, coordinator, ambassador):
        may_be_theirs(where(initiative), person)
    day = timezone.localdate(NOON)

    assert panel_member not in queries.panel_candidates(initiative, day)
    assert coordinator not in queries.coordinators_of(initiative, day)
    assert coordinator not in queries.deciders_of(initiative, day)
    assert ambassador not in queries.ambassadors_of(initiative.municipality, initiative, day)


@each_way
@each_place
def test_whose_it_may_turn_out_to_be_advises_no_more(assessment, initiative, panel_member, may_be_theirs, where):
    seat = assessment.seats.get(member=panel_member)
    may_be_theirs(where(initiative), panel_member)

    with pytest.raises(NotAllowed):
        give_advice(seat=seat, choice="do", reason="Mooi.", by=panel_member, at=NOON)
    with pytest.raises(DatabaseError, match="R5"), transaction.atomic():
        PanelAdvice.objects.create(seat=seat, choice="do", reason="Mooi.", given_at=NOON)


@each_way
@each_place
def test_nor_do_they_decide(weighing, assessment, initiative, coordinator, may_be_theirs, where):
    weighing.score(assessment)
    weighing.advise(assessment)
    may_be_theirs(where(initiative), coordinator)

    with pytest.raises((OutcomeByAnother, NotAllowed)):
        weighing.conclude(assessment)
    for deed in (rules.can_decide, rules.can_read_advices, rules.can_run):
        assert not deed(coordinator, fresh(assessment))
    decided = {"reason": "Goed.", "advice_count": 3, "concluded_at": NOON + 2 * DAY, "concluded_by": coordinator}
    with pytest.raises(DatabaseError, match="R5"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(outcome="support", **decided)


def fresh(assessment):
    return Assessment.objects.select_related("initiative__municipality").get(pk=assessment.pk)


@each_way
@each_place
def test_nor_do_they_answer_for_the_municipality(weighing, initiative, trigger, ambassador, may_be_theirs, where):
    question = weighing.open(initiative, triggers=[trigger]).questions.get()
    may_be_theirs(where(initiative), ambassador)

    with pytest.raises(NotAllowed):
        answer_ambassador(question=question, answer="agree", by=ambassador, at=NOON)
    answered = {"answer": "agree", "answered_by": ambassador, "answered_at": NOON}
    with pytest.raises(DatabaseError, match="R5"), transaction.atomic():
        AmbassadorQuestion.objects.filter(pk=question.pk).update(**answered)


@each_way
def test_nor_do_they_write_down_a_yes_to_go_on_together(initiative, coordinator, may_be_theirs):
    proposal = JoinProposalFactory(initiative=initiative, into=InitiativeFactory(exploring=True))
    may_be_theirs(initiative, coordinator)

    assert has_part_in_join(coordinator, proposal) is (may_be_theirs is not involved)


def test_who_said_no_judges_again(assessment, initiative, panel_member):
    InvitationFactory(initiative=initiative, email=panel_member.email, refused_at=NOON)
    InvitationFactory(initiative=initiative, email=panel_member.email, expires_at=NOON - DAY, invited_at=NOON - 9 * DAY)

    assert rules.can_advise(panel_member, assessment.seats.get(member=panel_member))


def test_who_advised_in_an_earlier_weighing_does_not_answer_for_the_municipality(
    weighing, assessment, initiative, trigger, coordinator, panel_member, municipality
):
    weighing.advise(assessment, panel_member, at=NOON)
    return_to_exploring(assessment=assessment, reason="Eerst bellen.", by=coordinator, at=NOON)
    initiative.refresh_from_db()
    second = weighing.open(
        initiative, members=[UserFactory(roles=["panel_member"]) for _n in range(3)], triggers=[trigger]
    )
    panel_member.roles.create(
        kind="ambassador", municipality=municipality, starts_on="2026-06-10", given_at=NOON, confirmed_at=NOON
    )
    panel_member.forget_rights()
    question = second.questions.get()

    assert not rules.can_answer(panel_member, question)
    answered = {"answer": "agree", "answered_by": panel_member, "answered_at": NOON}
    with pytest.raises(DatabaseError, match="R15"), transaction.atomic():
        AmbassadorQuestion.objects.filter(pk=question.pk).update(**answered)


def test_an_advice_its_member_objected_to_is_told_to_nobody_as_an_earlier_one(
    weighing, assessment, initiative, coordinator, panel_member
):
    seat = assessment.seats.get(member=panel_member)
    advice = write_advice_for(seat=seat, choice="doubt", reason="Nooit gezegd.", by=coordinator, at=NOON)
    return_to_exploring(assessment=assessment, reason="Eerst bellen.", by=coordinator, at=NOON)
    object_to_advice(seat=PanelSeat.objects.get(pk=advice.seat_id), words="Niet van mij.", by=panel_member, at=NOON)
    initiative.refresh_from_db()
    second = weighing.open(initiative)

    assert queries.advices_of(second).earlier == []


@pytest.mark.parametrize("role", [None, "guide", "panel_member", "administrator", "coordinator_elsewhere"])
def test_only_a_coordinator_there_sets_an_outcome(role, subregion, municipality, request):
    weighed = AssessmentFactory(initiative__municipality=municipality, quorum=2)
    PanelAdviceFactory.create_batch(2, seat__assessment=weighed)
    place = {"guide": {"roles__subregion": subregion}}.get(role, {})
    if role == "coordinator_elsewhere":
        somebody = UserFactory(roles=["coordinator"], roles__subregion=request.getfixturevalue("other_subregion"))
    else:
        somebody = UserFactory(roles=[role] if role else [], **place)

    decided = {"reason": "Goed.", "advice_count": 2, "concluded_at": NOON + 2 * DAY, "concluded_by": somebody}
    with pytest.raises(DatabaseError, match="only a coordinator"), transaction.atomic():
        Assessment.objects.filter(pk=weighed.pk).update(outcome="support", **decided)


def test_nothing_is_decided_while_it_stands_still(coordinator, municipality):
    weighed = AssessmentFactory(initiative__municipality=municipality, quorum=2)
    PanelAdviceFactory.create_batch(2, seat__assessment=weighed)
    PauseFactory(initiative=weighed.initiative)

    decided = {"reason": "Goed.", "advice_count": 2, "concluded_at": NOON + 2 * DAY, "concluded_by": coordinator}
    with pytest.raises(DatabaseError, match="stands still"), transaction.atomic():
        Assessment.objects.filter(pk=weighed.pk).update(outcome="support", **decided)


def test_nothing_is_moved_out_of_a_weighing_that_has_ended():
    ended, other = AssessmentFactory(), AssessmentFactory()
    CriterionScoreFactory(assessment=ended)
    conclude(ended)

    with pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        CriterionScore.objects.filter(assessment=ended).update(assessment=other)


def test_the_municipality_where_it_is_keeps_its_term():
    question = AmbassadorQuestionFactory()
    question.assessment.initiative.municipality = question.municipality
    question.assessment.initiative.save(update_fields=["municipality"])

    with pytest.raises(DatabaseError, match="keeps its term"), transaction.atomic():
        AmbassadorQuestion.objects.filter(pk=question.pk).update(ended_at=NOON)


@pytest.mark.parametrize("change", [{"accepted_at": None}, {"undone_at": None}, {"accepted_at": NOON - 900 * DAY}])
def test_a_join_that_was_taken_back_stays_so(change):
    proposal = JoinProposalFactory(accepted_at=NOON, undone_at=NOON)

    with pytest.raises(DatabaseError), transaction.atomic():
        JoinProposal.objects.filter(pk=proposal.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_an_advice_that_is_written_while_an_outcome_is_set_past_every_action_is_counted_or_refused():
    """Each reads what the other is still writing: only one of the two may be kept as if it were alone."""
    for _round in range(4):
        weighed = AssessmentFactory(quorum=2)
        PanelAdviceFactory.create_batch(2, seat__assessment=weighed)
        late, decider = PanelSeatFactory(assessment=weighed), UserFactory(roles=["regional_coordinator"])
        start = Barrier(2)

        def advise(seat=late, start=start):
            PanelAdvice.objects.create(seat=seat, choice="doubt", reason="Wacht.", given_at=NOON)

        def decide(weighed=weighed, decider=decider):
            decided = {"reason": "Goed.", "advice_count": 2, "concluded_at": NOON + 2 * DAY, "concluded_by": decider}
            Assessment.objects.filter(pk=weighed.pk).update(outcome="support", **decided)

        def at_once(deed, start=start):
            try:
                with transaction.atomic():
                    start.wait(timeout=20)
                    deed()
            except DatabaseError:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(at_once, [advise, decide]))

        weighed.refresh_from_db()
        advised = PanelAdvice.objects.filter(seat__assessment=weighed).count()
        assert not weighed.outcome or weighed.advice_count == advised
