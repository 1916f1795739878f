"""Looking at a weighing: who can be asked, what is still missing, and what the initiators read about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from socialewifi.assessment.models import (
    AmbassadorQuestion,
    Assessment,
    Criterion,
    Outcome,
    PanelAdvice,
    RoutePart,
)
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality

StrOrPromise = str | Promise


def people_with(role: Q, day: date) -> QuerySet[User]:
    """Return who has such a role on this day."""
    held = Role.objects.current(day).filter(role, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def panel_candidates(initiative: Initiative, day: date) -> QuerySet[User]:
    """Return the panel members who may weigh this: not involved in it, and not its contact (R5)."""
    involved = Interest.objects.filter(user=OuterRef("pk"), initiative=initiative)
    return (
        people_with(Q(kind=Role.Kind.PANEL_MEMBER), day)
        .exclude(Exists(involved))
        .exclude(pk__in=[initiative.contact_person_id] if initiative.contact_person_id else [])
    )


def coordinators_of(initiative: Initiative, day: date) -> QuerySet[User]:
    """Return the coordinators of its sub-region; of the whole region while its place is not known."""
    coordinator = Q(kind=Role.Kind.COORDINATOR)
    if initiative.municipality is not None:
        coordinator &= Q(subregion=initiative.municipality.subregion_id)
    involved = Interest.objects.filter(user=OuterRef("pk"), initiative=initiative)
    return people_with(coordinator, day).exclude(Exists(involved))


def ambassadors_of(municipality: Municipality, day: date) -> QuerySet[User]:
    return people_with(Q(kind=Role.Kind.AMBASSADOR, municipality=municipality), day)


def criteria_of(assessment: Assessment) -> QuerySet[Criterion]:
    """Return what is looked at: four criteria always, seven more for the living environment."""
    groups = [Criterion.Group.BASE]
    if assessment.is_living_environment:
        groups.append(Criterion.Group.LIVING_ENVIRONMENT)
    return Criterion.objects.filter(group__in=groups, retired_at=None).order_by("group", "position", "pk")


def criteria_to_score(assessment: Assessment) -> QuerySet[Criterion]:
    """Return the criteria for each initiative that nobody looked at yet."""
    return criteria_of(assessment).filter(group=Criterion.Group.BASE).exclude(criterionscore__assessment=assessment)


def question_of(assessment: Assessment) -> AmbassadorQuestion | None:
    """Return what the municipality was asked, if it was."""
    asked = AmbassadorQuestion.objects.filter(assessment=assessment)
    return asked.select_related("municipality", "answered_by").first()


@dataclass(frozen=True)
class ToldPart:
    """One part of the outcome in the words the initiators read."""

    kind: str
    name: StrOrPromise
    what: str
    amount: Decimal | None
    reason: str


@dataclass(frozen=True)
class ToldAdvice:
    """What a panel member advised, without a name (R8)."""

    choice: StrOrPromise
    reason: str


@dataclass(frozen=True)
class ToldMunicipality:
    """What the municipality was asked, and its answer; empty as long as there is none."""

    name: str
    because: str
    due_on: date
    answer: StrOrPromise
    words: str


@dataclass(frozen=True)
class Told:
    """An outcome as the initiators read it, on their page and in their letter."""

    outcome: str
    name: StrOrPromise
    reason: str
    alternative: str
    parts: Sequence[ToldPart]
    advices: Sequence[ToldAdvice]
    below_quorum_because: str
    municipality: ToldMunicipality | None
    concluded_at: datetime | None


def told(assessment: Assessment) -> Told:
    """Put an outcome in the words of its initiators; called once there is one, or for a preview."""
    parts = assessment.parts.select_related("support_kind", "partner").order_by("pk")
    return Told(
        outcome=assessment.outcome,
        name=Outcome(assessment.outcome).label,
        reason=assessment.reason,
        alternative=assessment.alternative,
        parts=[told_part(part) for part in parts],
        advices=advices_without_names(assessment),
        below_quorum_because=assessment.below_quorum_because,
        municipality=told_municipality(assessment),
        concluded_at=assessment.concluded_at,
    )


def told_part(part: RoutePart) -> ToldPart:
    thing = part.support_kind or part.partner
    name = thing.name if thing else RoutePart.Kind(part.kind).label
    return ToldPart(part.kind, name, part.what, part.amount, part.reason)


def advices_without_names(assessment: Assessment) -> list[ToldAdvice]:
    """Return the advices that count, in an order that tells nothing about who gave them."""
    seats = assessment.seats.advised().values_list("pk")
    advices = PanelAdvice.objects.filter(seat__in=seats).order_by("choice", "reason")
    return [ToldAdvice(PanelAdvice.Choice(advice.choice).label, advice.reason) for advice in advices]


def told_municipality(assessment: Assessment) -> ToldMunicipality | None:
    question = question_of(assessment)
    if question is None:
        return None
    because = ", ".join(assessment.triggers.order_by("position", "pk").values_list("name", flat=True))
    answer = AmbassadorQuestion.Answer(question.answer).label if question.answer else ""
    return ToldMunicipality(question.municipality.name, because, question.due_on, answer, question.words)


def outcome_for_initiators(initiative: Initiative) -> Told | None:
    """Return the latest outcome as the initiators read it; None until there is one (R9)."""
    concluded = initiative.assessments.exclude(concluded_at=None).order_by("-concluded_at").first()
    return told(concluded) if concluded else None


def asked_for_initiators(initiative: Initiative) -> ToldMunicipality | None:
    """Return what the municipality is asked in the weighing that goes on now, which the initiators may know (R3)."""
    weighing = initiative.assessments.open().first()
    return told_municipality(weighing) if weighing else None


@dataclass(frozen=True)
class PanelProgress:
    """How many members read the idea now, and how many gave their advice; never what it says (R8, R9)."""

    asked: int
    given: int


def panel_progress(initiative: Initiative) -> PanelProgress | None:
    """Return how far the panel is, as the initiators may know; None when nothing is weighed."""
    weighing = initiative.assessments.open().first()
    if weighing is None:
        return None
    return PanelProgress(weighing.seats.taking_part().count(), weighing.seats.advised().count())
