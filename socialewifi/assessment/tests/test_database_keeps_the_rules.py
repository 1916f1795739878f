"""What no action can forget: the database refuses it too."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.db.models import ProtectedError

from socialewifi.assessment.models import Assessment, RoutePart
from socialewifi.assessment.tests.factories import (
    AmbassadorQuestionFactory,
    AssessmentFactory,
    CriterionScoreFactory,
    PanelAdviceFactory,
    PanelSeatFactory,
    RoutePartFactory,
    TriggerFactory,
    conclude,
)
from socialewifi.initiatives.tests.factories import InterestFactory
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def set_outcome(assessment, **fields):
    """Write an outcome past every action."""
    fields = {
        "outcome": "support",
        "reason": "Zo is het.",
        "concluded_at": NOON + 3 * DAY,
        "concluded_by": UserFactory(),
        **fields,
    }
    with transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**fields)


def test_no_outcome_below_the_quorum():
    assessment = AssessmentFactory()
    PanelAdviceFactory(seat__assessment=assessment)

    with pytest.raises(IntegrityError, match="assessment_residents_weigh_everything"):
        set_outcome(assessment, advice_count=1)
    with pytest.raises(IntegrityError, match="assessment_residents_weigh_everything"):
        set_outcome(assessment, advice_count=1, concluded_at=NOON + 8 * DAY)
    set_outcome(assessment, advice_count=1, concluded_at=NOON + 8 * DAY, below_quorum_because="Vakantie.")


def test_no_outcome_with_a_count_of_advices_that_is_not_true():
    with pytest.raises(ProgrammingError, match="R2"):
        set_outcome(AssessmentFactory(), advice_count=3)


def test_advice_of_who_is_involved_does_not_count():
    assessment = AssessmentFactory(quorum=1)
    advice = PanelAdviceFactory(seat__assessment=assessment)
    InterestFactory(user=advice.seat.member, initiative=assessment.initiative)

    with pytest.raises(ProgrammingError, match="R2"):
        set_outcome(assessment, advice_count=1)


def test_no_outcome_while_the_municipality_can_still_answer():
    assessment = AssessmentFactory(quorum=1)
    PanelAdviceFactory(seat__assessment=assessment)
    AmbassadorQuestionFactory(assessment=assessment, due_on=(NOON + 3 * DAY).date())

    with pytest.raises(ProgrammingError, match="R3"):
        set_outcome(assessment, advice_count=1)
    set_outcome(assessment, advice_count=1, concluded_at=NOON + 4 * DAY)


def test_no_outcome_when_the_municipality_was_not_asked():
    assessment = AssessmentFactory(quorum=1)
    PanelAdviceFactory(seat__assessment=assessment)
    assessment.triggers.add(TriggerFactory())

    with pytest.raises(ProgrammingError, match="R3"):
        set_outcome(assessment, advice_count=1)


def test_a_no_names_the_next_door():
    assessment = AssessmentFactory(quorum=1)
    PanelAdviceFactory(seat__assessment=assessment)

    with pytest.raises(IntegrityError, match="next_door"):
        set_outcome(assessment, outcome="decline", advice_count=1)


@pytest.mark.parametrize(
    "change",
    [{"outcome": "decline"}, {"outcome": "", "concluded_at": None, "concluded_by": None}, {"reason": "Anders."}],
)
def test_an_outcome_is_never_altered(change):
    assessment = conclude(AssessmentFactory())

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**change)


def test_nothing_is_added_to_a_weighing_that_has_ended():
    assessment = conclude(AssessmentFactory())

    for make in (RoutePartFactory, CriterionScoreFactory, PanelSeatFactory, AmbassadorQuestionFactory):
        with pytest.raises(ProgrammingError, match="R6"), transaction.atomic():
            make(assessment=assessment)


def test_the_parts_of_an_outcome_stay_as_they_are():
    part = RoutePartFactory()
    conclude(part.assessment)

    with pytest.raises(ProgrammingError, match="R6"), transaction.atomic():
        RoutePart.objects.update(reason="Anders.")
    with pytest.raises(ProgrammingError, match="R6"), transaction.atomic():
        RoutePart.objects.all().delete()


def test_advice_is_never_altered():
    advice = PanelAdviceFactory()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        type(advice).objects.update(choice="doubt")
    with pytest.raises((ProgrammingError, ProtectedError)), transaction.atomic():
        advice.delete()


def test_an_answer_of_the_municipality_is_never_altered():
    question = AmbassadorQuestionFactory(answered=True)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        type(question).objects.update(answer="talk_first", words="Toch niet.")


@pytest.mark.parametrize("choice", ["conditions", "talk_first"])
def test_conditions_of_the_municipality_come_with_words(choice):
    with pytest.raises(IntegrityError, match="explains"), transaction.atomic():
        AmbassadorQuestionFactory(answered=True, answer=choice)


def test_who_is_involved_gives_no_advice():
    seat = PanelSeatFactory()
    InterestFactory(user=seat.member, initiative=seat.assessment.initiative)

    with pytest.raises(ProgrammingError, match="R5"), transaction.atomic():
        PanelAdviceFactory(seat=seat)


def test_an_initiative_is_weighed_once_at_a_time():
    assessment = AssessmentFactory()

    with pytest.raises(IntegrityError, match="one_open"), transaction.atomic():
        AssessmentFactory(initiative=assessment.initiative)
