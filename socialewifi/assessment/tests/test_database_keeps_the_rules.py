"""What no action can forget: the database refuses it too."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

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
from socialewifi.core import database
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.factories import ConsentFactory, InitiativeFactory, InterestFactory
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def set_outcome(assessment, **fields):
    """Write an outcome past every action."""
    fields = {
        "outcome": "support",
        "reason": "Zo is het.",
        "concluded_at": NOON + 3 * DAY,
        "concluded_by": fields.get("concluded_by") or UserFactory(roles=["regional_coordinator"]),
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
    assessment = AssessmentFactory(quorum=2)
    advice, _other = PanelAdviceFactory.create_batch(2, seat__assessment=assessment)
    InterestFactory(user=advice.seat.member, initiative=assessment.initiative)

    with pytest.raises(ProgrammingError, match="R2"):
        set_outcome(assessment, advice_count=2)


def test_no_outcome_while_the_municipality_can_still_answer():
    assessment = AssessmentFactory(quorum=2)
    PanelAdviceFactory.create_batch(2, seat__assessment=assessment)
    AmbassadorQuestionFactory(assessment=assessment, due_on=timezone.localdate(NOON + 3 * DAY))

    with pytest.raises(ProgrammingError, match="R3"):
        set_outcome(assessment, advice_count=2)
    set_outcome(assessment, advice_count=2, concluded_at=NOON + 4 * DAY)


def test_no_outcome_when_the_municipality_was_not_asked():
    assessment = AssessmentFactory(quorum=2)
    PanelAdviceFactory.create_batch(2, seat__assessment=assessment)
    assessment.triggers.add(TriggerFactory())

    with pytest.raises(ProgrammingError, match="R3"):
        set_outcome(assessment, advice_count=2)


def test_a_no_names_the_next_door():
    assessment = AssessmentFactory(quorum=2)
    PanelAdviceFactory.create_batch(2, seat__assessment=assessment)

    with pytest.raises(IntegrityError, match="next_door"):
        set_outcome(assessment, outcome="decline", advice_count=2)


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

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        RoutePart.objects.update(reason="Anders.")
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
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


OUT_OF_ORDER = {
    "a panel of one": lambda: AssessmentFactory(quorum=1),
    "no panel": lambda: AssessmentFactory(quorum=0),
    "a panel without time": lambda: AssessmentFactory(panel_closes_at=NOON + timedelta(hours=23)),
    "a panel that closed before it began": lambda: AssessmentFactory(panel_closes_at=NOON - DAY),
    "an end before the beginning": lambda: AssessmentFactory(returned=True, returned_at=NOON - DAY),
    "an outcome before the beginning": lambda: conclude(AssessmentFactory(), at=NOON - DAY),
    "an outcome before the newest advice": lambda: conclude(AssessmentFactory(), at=NOON + DAY / 2),
    "a member asked before it began": lambda: PanelSeatFactory(invited_at=NOON - DAY),
    "an advice before it began": lambda: PanelAdviceFactory(given_at=NOON - DAY),
    "a question before it began": lambda: AmbassadorQuestionFactory(asked_at=NOON - DAY),
    "a municipality without time": lambda: AmbassadorQuestionFactory(due_on=timezone.localdate(NOON)),
    "a municipality that is late at once": lambda: AmbassadorQuestionFactory(due_on=timezone.localdate(NOON - DAY)),
    "an answer before the question": lambda: AmbassadorQuestionFactory(answered=True, answered_at=NOON - DAY),
    "an outcome before the answer": lambda: conclude(
        AmbassadorQuestionFactory(answered=True, answered_at=NOON + 4 * DAY).assessment
    ),
    "an outcome before the question": lambda: conclude(
        AmbassadorQuestionFactory(asked_at=NOON + 4 * DAY, due_on=timezone.localdate(NOON + 9 * DAY)).assessment
    ),
}


@pytest.mark.parametrize("what", OUT_OF_ORDER)
def test_nothing_of_a_weighing_is_out_of_order(what):
    with pytest.raises(DatabaseError), transaction.atomic():
        OUT_OF_ORDER[what]()


@pytest.mark.parametrize(
    "change",
    [{"quorum": 2}, {"panel_closes_at": NOON + DAY}, {"opened_at": NOON - DAY}, {"is_living_environment": True}],
)
def test_what_a_weighing_began_with_stays(change):
    assessment = AssessmentFactory()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(**change)


def test_why_the_municipality_is_asked_is_not_taken_away():
    assessment = AssessmentFactory()
    assessment.triggers.add(TriggerFactory())

    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        assessment.triggers.clear()


LATER = "2999-01-01T00:00:00Z"
BEFORE = "2020-01-01T00:00:00Z"


def by_the_clock():
    """Have the database hold moments against its clock, as it does where no moments are invented."""
    with connection.cursor() as cursor:
        cursor.execute(database.MOMENT.format(database.IS_NOW))


@pytest.mark.parametrize("moment", [LATER, BEFORE])
def test_a_moment_of_a_decision_is_now(moment):
    open_one, concluded = AssessmentFactory(), AssessmentFactory()
    PanelAdviceFactory.create_batch(3, seat__assessment=concluded)
    seat, question = PanelSeatFactory(assessment=open_one), AmbassadorQuestionFactory(assessment=open_one)
    consent, initiative = ConsentFactory(), InitiativeFactory()
    by_the_clock()

    changes = [
        (Assessment, concluded, {"advice_count": 3, "outcome": "support", "reason": "x", "concluded_at": moment}),
        (Assessment, open_one, {"returned_at": moment, "without_outcome": "find_out"}),
        (type(seat), seat, {"recused_at": moment}),
        (type(question), question, {"answer": "agree", "answered_at": moment, "answered_by": seat.member}),
        (type(consent), consent, {"withdrawn_at": moment}),
        (Initiative, initiative, {"weighed_at": moment}),
    ]
    for model, row, change in changes:
        with pytest.raises(ProgrammingError, match="is not now"), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**change)
    for make in (
        lambda: AssessmentFactory(opened_at=moment, panel_closes_at="3000-01-01T00:00:00Z"),
        lambda: PanelSeatFactory(assessment=open_one, invited_at=moment),
        lambda: PanelAdviceFactory(seat=seat, given_at=moment),
        lambda: ConsentFactory(initiator=consent.initiator, subject="photo", given_at=moment),
    ):
        with pytest.raises(ProgrammingError, match=r"is not now|before the assessment"), transaction.atomic():
            make()
