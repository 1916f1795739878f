"""Two people at the same moment, on real PostgreSQL: exactly one outcome, and never one without what it counted."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from socialewifi.assessment.actions.advice import AdviceGiven, give_advice, recuse
from socialewifi.assessment.actions.locking import AssessmentClosed
from socialewifi.assessment.actions.municipality import AlreadyAnswered, AlreadyAsked, answer_ambassador, ask_ambassador
from socialewifi.assessment.actions.outcome import PanelNotReady, return_to_exploring
from socialewifi.assessment.models import Assessment, PanelAdvice
from socialewifi.core.errors import DomainError
from socialewifi.core.models import Event, Message
from socialewifi.initiatives.models import IllegalMove, Interest
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def together(*deeds):
    """Carry out the deeds at the same moment, each with its own connection; return what came of each."""
    ready = threading.Barrier(len(deeds))
    came_of = [None] * len(deeds)

    def carry_out(number, deed):
        try:
            ready.wait(timeout=10)
            came_of[number] = deed()
        except DomainError as refusal:
            came_of[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=carry_out, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return came_of


def refusals(came_of):
    return [type(one) for one in came_of if isinstance(one, DomainError)]


def count_of(kind):
    return Event.objects.filter(kind=kind).count()


def test_two_coordinators_set_the_outcome_at_once_and_one_does(weighing, assessment, regional_coordinator):
    weighing.score(assessment)
    weighing.advise(assessment)

    came_of = together(
        lambda: weighing.conclude(assessment),
        lambda: weighing.conclude(
            assessment, outcome="decline", parts=[], alternative="Een fonds.", by=regional_coordinator
        ),
    )

    assert refusals(came_of) == [AssessmentClosed]
    assert count_of("assessment.assessment.concluded") == 1
    assert Message.objects.filter(kind="outcome").count() == 1


def test_an_outcome_and_a_step_back_at_once_give_one_of_both(weighing, assessment, regional_coordinator):
    weighing.score(assessment)
    weighing.advise(assessment)

    came_of = together(
        lambda: weighing.conclude(assessment),
        lambda: return_to_exploring(
            assessment=assessment, reason="Nog iets.", by=regional_coordinator, at=NOON + 2 * DAY
        ),
    )

    assert len(refusals(came_of)) == 1
    assessment.refresh_from_db()
    assert (assessment.concluded_at is None) != (assessment.returned_at is None)


def test_advice_that_comes_in_with_the_outcome_is_counted_or_refused(weighing, assessment, coordinator):
    extra = UserFactory(roles=["panel_member"])
    seat = assessment.seats.create(member=extra, invited_at=NOON, invited_by=coordinator)
    weighing.score(assessment)
    weighing.advise(assessment)

    came_of = together(
        lambda: weighing.conclude(assessment),
        lambda: give_advice(seat=seat, choice="doubt", reason="Wacht even.", by=extra, at=NOON + 2 * DAY),
    )

    assert refusals(came_of) in ([], [AssessmentClosed])
    concluded = Assessment.objects.get(pk=assessment.pk)
    assert concluded.advice_count == PanelAdvice.objects.count()


def test_advice_and_stepping_aside_at_once_give_one_of_both(assessment, panel_member):
    seat = assessment.seats.get(member=panel_member)

    came_of = together(
        lambda: give_advice(seat=seat, choice="do", reason="Mooi.", by=panel_member, at=NOON),
        lambda: recuse(seat=seat, relation="family", by=panel_member, at=NOON),
    )

    assert len(refusals(came_of)) == 1
    assert PanelAdvice.objects.exists() != Interest.objects.filter(user=panel_member).exists()


def test_advice_given_twice_at_once_is_given_once(assessment, panel_member):
    seat = assessment.seats.get(member=panel_member)
    give = [
        lambda choice=choice: give_advice(seat=seat, choice=choice, reason="Mooi.", by=panel_member, at=NOON)
        for choice in ("do", "doubt")
    ]

    assert refusals(together(*give)) == [AdviceGiven]
    assert PanelAdvice.objects.count() == 1


def test_stepping_aside_at_the_moment_of_the_outcome_never_leaves_a_false_count(weighing, assessment, panel_members):
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[:2])
    last = assessment.seats.get(member=panel_members[2])

    came_of = together(
        lambda: weighing.conclude(assessment, at=NOON + 8 * DAY, below_quorum_because="De rest is met vakantie."),
        lambda: recuse(seat=last, relation="other", by=panel_members[2], at=NOON + 8 * DAY),
    )

    assert refusals(came_of) in ([], [AssessmentClosed])
    assert Assessment.objects.get(pk=assessment.pk).advice_count == 2


def test_two_weighings_begun_at_once_become_one(weighing, initiative, regional_coordinator):
    came_of = together(lambda: weighing.open(initiative), lambda: weighing.open(initiative, by=regional_coordinator))

    assert refusals(came_of) == [IllegalMove]
    assert Assessment.objects.count() == 1
    assert count_of("assessment.assessment.opened") == 1


def test_the_municipality_is_asked_and_answers_once(assessment, trigger, guide, coordinator, ambassador, municipality):
    second = UserFactory(roles=["ambassador"], roles__municipality=municipality)
    asked = {"assessment": assessment, "triggers": [trigger], "at": NOON}
    asking = together(lambda: ask_ambassador(by=guide, **asked), lambda: ask_ambassador(by=coordinator, **asked))
    question = Assessment.objects.get(pk=assessment.pk).questions.current().get()

    answered = {"question": question, "answer": "agree", "at": NOON}
    answers = [lambda by=by: answer_ambassador(by=by, **answered) for by in (ambassador, second)]

    assert refusals(asking) == [AlreadyAsked]
    assert refusals(together(*answers)) == [AlreadyAnswered]


def test_the_last_advice_and_the_outcome_at_once_never_give_an_outcome_below_the_quorum(
    weighing, assessment, panel_members
):
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[:2])
    seat = assessment.seats.get(member=panel_members[2])

    came_of = together(
        lambda: weighing.conclude(assessment),
        lambda: give_advice(seat=seat, choice="do", reason="Mooi.", by=panel_members[2], at=NOON + DAY),
    )

    assert refusals(came_of) in ([], [PanelNotReady])
    assert PanelAdvice.objects.count() == 3
