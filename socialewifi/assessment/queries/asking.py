"""Who can be asked to weigh, and what is looked at."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from socialewifi.assessment.models import (
    AmbassadorQuestion,
    Assessment,
    Criterion,
    CriterionScore,
    PanelAdvice,
    Trigger,
)
from socialewifi.assessment.rules import can_conclude
from socialewifi.initiatives.impartial import impartial
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.queries.people import with_a_part_in, workers_there
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality


def people_with(role: Q, day: date) -> QuerySet[User]:
    """Return who has such a role on this day."""
    held = Role.objects.current(day).filter(role, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def panel_candidates(initiative: Initiative, day: date) -> QuerySet[User]:
    """
    Return the panel members who may weigh this (R5, R15).

    Not who is involved in it or in what rests in it, has a part in it at work, answered for a municipality in this
    weighing, or whose own mailbox is asked whether it is theirs, or to take part.
    """
    answered = AmbassadorQuestion.objects.filter(
        answered_by=OuterRef("pk"), assessment__initiative=initiative, assessment__concluded_at=None
    )
    members = people_with(Q(kind=Role.Kind.PANEL_MEMBER), day).exclude(Exists(answered))
    return impartial(members, initiative).exclude(pk__in=with_a_part_in(initiative, day=day).values("pk"))


@dataclass(frozen=True)
class AskedBefore:
    """Why the municipality was asked in an earlier weighing of an initiative, and what last."""

    triggers: list[Trigger]
    question: str


def asked_before(initiative: Initiative) -> AskedBefore:
    triggers = Trigger.objects.filter(assessment__initiative=initiative).distinct().order_by("position", "pk")
    asked = AmbassadorQuestion.objects.filter(assessment__initiative=initiative).order_by("asked_at", "pk").last()
    return AskedBefore(list(triggers), asked.question if asked else "")


def coordinators_of(initiative: Initiative, day: date) -> QuerySet[User]:
    """Return the coordinators of its sub-region; of the whole region while its place is not known."""
    return impartial(people_with(_coordinates(initiative), day), initiative)


def deciders_of(initiative: Initiative, day: date) -> QuerySet[User]:
    """Return who can set its outcome: the coordinators of its sub-region, and those of the whole region."""
    role = _coordinates(initiative) | Q(kind=Role.Kind.REGIONAL_COORDINATOR)
    return impartial(people_with(role, day), initiative)


def others_who_conclude(assessment: Assessment, user: User, day: date) -> list[User]:
    """Return whom this coordinator can ask to set the outcome instead."""
    there = deciders_of(assessment.initiative, day).exclude(pk=user.pk)
    return [one for one in there if can_conclude(one, assessment)]


def _coordinates(initiative: Initiative) -> Q:
    coordinator = Q(kind=Role.Kind.COORDINATOR)
    if initiative.municipality is not None:
        coordinator &= Q(subregion=initiative.municipality.subregion_id)
    return coordinator


def ambassadors_of(municipality: Municipality, initiative: Initiative, day: date) -> QuerySet[User]:
    """
    Return who can answer for it about this initiative: its ambassadors (R5, R15).

    Not who is involved or may be, works on it, or ever weighed it as a resident.
    """
    weighed = PanelAdvice.objects.filter(seat__member=OuterRef("pk"), seat__assessment__initiative=initiative)
    ambassadors = people_with(Q(kind=Role.Kind.AMBASSADOR, municipality=municipality), day)
    ambassadors = impartial(ambassadors, initiative).exclude(Exists(weighed))
    return ambassadors.exclude(pk__in=workers_there(initiative, day=day).order_by().values("pk"))


def criteria_of(assessment: Assessment) -> QuerySet[Criterion]:
    """Return what is looked at: four criteria always, seven more for the living environment."""
    groups = [Criterion.Group.BASE]
    if assessment.is_living_environment:
        groups.append(Criterion.Group.LIVING_ENVIRONMENT)
    return Criterion.objects.filter(group__in=groups, retired_at=None).order_by("group", "position", "pk")


def criteria_to_score(assessment: Assessment) -> QuerySet[Criterion]:
    """Return the criteria for each initiative that nobody looked at yet."""
    return criteria_of(assessment).filter(group=Criterion.Group.BASE).exclude(criterionscore__assessment=assessment)


def criteria_with_scores(assessment: Assessment) -> list[tuple[Criterion, CriterionScore | None]]:
    """Return what is looked at, each with what was found, as far as that is known."""
    scores = {score.criterion_id: score for score in assessment.scores.all()}
    return [(criterion, scores.get(criterion.pk)) for criterion in criteria_of(assessment)]


def question_of(assessment: Assessment) -> AmbassadorQuestion | None:
    """Return what the municipality where it is was asked, if it was."""
    asked = assessment.questions.current()
    return asked.select_related("municipality", "answered_by").first()
