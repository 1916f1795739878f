"""Weighings in every state, and what they need."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from socialewifi.assessment.models import (
    AdviceObjection,
    AmbassadorQuestion,
    Assessment,
    Criterion,
    CriterionScore,
    Outcome,
    PanelAdvice,
    PanelSeat,
    RoutePart,
    Trigger,
)
from socialewifi.initiatives.tests.factories import InitiativeFactory, SupportKindFactory
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON, UserFactory


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion
        django_get_or_create = ("code",)

    class Params:
        living_environment = factory.Trait(group=Criterion.Group.LIVING_ENVIRONMENT)
        knock_out = factory.Trait(is_knock_out=True)

    code = factory.Sequence(lambda n: f"uitgangspunt-{n}")
    name = factory.Sequence(lambda n: f"Uitgangspunt {n}")
    position = factory.Sequence(lambda n: n)


class TriggerFactory(DjangoModelFactory):
    class Meta:
        model = Trigger
        django_get_or_create = ("code",)

    code = "gebouw"
    name = "Een gebouw of grond van de gemeente"


COORDINATORS = (Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)


class AssessmentFactory(DjangoModelFactory):
    """A weighing that is open; ``returned`` went back to exploring. An outcome is set by ``conclude``."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    class Params:
        returned = factory.Trait(
            returned_at=NOON + timedelta(days=2),
            without_outcome="find_out",
            returned_because="We zoeken eerst een plek.",
        )

    initiative = factory.SubFactory(InitiativeFactory, assessing=True)
    opened_at = NOON
    opened_by = factory.SubFactory(UserFactory)
    quorum = 3
    panel_closes_at = NOON + timedelta(days=7)


class PanelSeatFactory(DjangoModelFactory):
    class Meta:
        model = PanelSeat

    class Params:
        recused = factory.Trait(recused_at=NOON + timedelta(hours=1))

    assessment = factory.SubFactory(AssessmentFactory)
    member = factory.SubFactory(UserFactory, roles=["panel_member"])
    invited_at = factory.SelfAttribute("assessment.opened_at")
    invited_by = factory.SelfAttribute("assessment.opened_by")


class PanelAdviceFactory(DjangoModelFactory):
    class Meta:
        model = PanelAdvice

    seat = factory.SubFactory(PanelSeatFactory)
    choice = PanelAdvice.Choice.DO
    reason = "Mooi dat de buren het samen doen."
    given_at = NOON + timedelta(days=1)


class AdviceObjectionFactory(DjangoModelFactory):
    class Meta:
        model = AdviceObjection

    advice = factory.SubFactory(PanelAdviceFactory, written_by=factory.SubFactory(UserFactory))
    at = NOON + timedelta(days=2)


class CriterionScoreFactory(DjangoModelFactory):
    class Meta:
        model = CriterionScore

    assessment = factory.SubFactory(AssessmentFactory)
    criterion = factory.SubFactory(CriterionFactory)
    answer = CriterionScore.Answer.YES
    why = "Twaalf buren dragen het."


class AmbassadorQuestionFactory(DjangoModelFactory):
    class Meta:
        model = AmbassadorQuestion

    class Params:
        answered = factory.Trait(
            answer=AmbassadorQuestion.Answer.AGREE,
            answered_at=NOON + timedelta(days=1),
            answered_by=factory.SubFactory(UserFactory),
        )

    assessment = factory.SubFactory(AssessmentFactory)
    municipality = factory.SelfAttribute("assessment.initiative.municipality")
    question = "Mag het veld een moestuin worden?"
    asked_at = factory.SelfAttribute("assessment.opened_at")
    asked_by = factory.SelfAttribute("assessment.opened_by")
    due_on = date(2026, 6, 17)


class RoutePartFactory(DjangoModelFactory):
    class Meta:
        model = RoutePart

    assessment = factory.SubFactory(AssessmentFactory)
    kind = RoutePart.Kind.SUPPORT
    support_kind = factory.SubFactory(SupportKindFactory)
    reason = "Een tuinier denkt mee over het veld."


def conclude(assessment: Assessment, *, outcome: str = Outcome.SUPPORT, at=NOON + timedelta(days=3)) -> Assessment:
    """Set an outcome as the database wants it, with as many advices as the quorum."""
    missing = assessment.quorum - assessment.seats.advised().count()
    for _n in range(missing):
        PanelAdviceFactory(seat__assessment=assessment)
    opener = assessment.opened_by
    decider = opener if opener.has_role(*COORDINATORS) else UserFactory(roles=["regional_coordinator"])
    assessment.outcome, assessment.concluded_at, assessment.concluded_by = outcome, at, decider
    assessment.advice_count = assessment.seats.advised().count()
    assessment.reason = "Twaalf buren doen mee en de school ook."
    assessment.alternative = "" if outcome == Outcome.SUPPORT else "Vraag het leefbaarheidsfonds."
    assessment.save()
    return assessment
