"""What the initiators read: the outcome once there is one, and that their municipality was asked (R3, R8, R9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from socialewifi.assessment.models import (
    AdviceObjection,
    AmbassadorQuestion,
    Assessment,
    Outcome,
    PanelAdvice,
    PanelSeat,
    RoutePart,
)
from socialewifi.assessment.queries.asking import ambassadors_of, question_of
from socialewifi.core.redaction import without_contact_details
from socialewifi.core.written import written_once
from socialewifi.initiatives.models import Initiative, SupportKind
from socialewifi.people.models import Organisation

StrOrPromise = str | Promise


class AnyPart(Protocol):
    """A part of a route, set or still being written."""

    @property
    def kind(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def support_kind(self) -> SupportKind | None: ...
    @property
    def partner(self) -> Organisation | None: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def what(self) -> str: ...


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
    # Whether anyone at the municipality could get the question, in the time it could be answered.
    got_it: bool


@dataclass(frozen=True)
class Told:
    """An outcome as the initiators read it, on their page and in their letter."""

    outcome: str
    name: StrOrPromise
    reason: str
    alternative: str
    parts: Sequence[ToldPart]
    advices: Sequence[ToldAdvice]
    # How many of the advices someone at work wrote down for a member, and to how many of those that member objected.
    written_down: int
    objected: int
    below_quorum_because: str
    municipality: ToldMunicipality | None
    concluded_at: datetime | None


def told(assessment: Assessment, parts: Iterable[AnyPart] | None = None) -> Told:
    """Put an outcome in the words of its initiators; with ``parts`` before it is set, to look at it first."""
    if parts is None:
        parts = _parts(assessment.pk)
    written = _written_down(assessment.pk)
    return Told(
        outcome=assessment.outcome,
        name=Outcome(assessment.outcome).label,
        reason=assessment.reason,
        alternative=assessment.alternative,
        parts=[told_part(part) for part in parts],
        advices=advices_without_names(assessment),
        written_down=len(written),
        objected=sum(written),
        below_quorum_because=assessment.below_quorum_because,
        municipality=told_municipality(assessment),
        concluded_at=assessment.concluded_at,
    )


def told_part(part: AnyPart) -> ToldPart:
    name: StrOrPromise = RoutePart.Kind(part.kind).label
    if part.support_kind:
        name = part.support_kind.label
    elif part.partner:
        name = part.partner.name
    return ToldPart(part.kind, name, part.what, part.amount, part.reason)


def advices_without_names(assessment: Assessment) -> list[ToldAdvice]:
    """Return the advices that count, in an order that tells nothing about who gave them."""
    return [told_advice(one) for one in _advices(assessment.pk)]


def told_advice(advice: PanelAdvice) -> ToldAdvice:
    """Return an advice as others read it: a number in its reason would tell whose it is."""
    return ToldAdvice(PanelAdvice.Choice(advice.choice).label, without_contact_details(advice.reason))


@written_once
def _advices(assessment: int) -> QuerySet[PanelAdvice]:
    seats = PanelSeat.objects.advised().filter(assessment=assessment).values_list("pk")
    return PanelAdvice.objects.filter(seat__in=seats).order_by("choice", "reason")


def written_down(assessment: Assessment) -> int:
    """Return how many of the advices that count someone at work wrote down for a member (R10)."""
    return len(_written_down(assessment.pk))


@written_once
def _written_down(assessment: int) -> QuerySet[PanelAdvice, bool]:
    """Ask of each advice that was written down for a member whether they objected to it."""
    seats = PanelSeat.objects.advised().filter(assessment=assessment).values_list("pk")
    written = PanelAdvice.objects.filter(seat__in=seats, written_by__isnull=False)
    objected = Exists(AdviceObjection.objects.filter(advice=OuterRef("pk")))
    return written.annotate(objected=objected).values_list("objected", flat=True)


@written_once
def _parts(assessment: int) -> QuerySet[RoutePart]:
    return RoutePart.objects.filter(assessment=assessment).select_related("support_kind", "partner").order_by("pk")


def told_municipality(assessment: Assessment) -> ToldMunicipality | None:
    question = question_of(assessment)
    if question is None:
        return None
    because = ", ".join(str(trigger.label) for trigger in assessment.triggers.order_by("position", "pk"))
    answer = AmbassadorQuestion.Answer(question.answer).label if question.answer else ""
    return ToldMunicipality(
        question.municipality.name, because, question.due_on, answer, question.words, _got_it(question)
    )


def _got_it(question: AmbassadorQuestion) -> bool:
    if question.answer:
        return True
    days = (timezone.localdate(question.asked_at), question.due_on)
    municipality, initiative = question.municipality, question.assessment.initiative
    return any(ambassadors_of(municipality, initiative, day).exists() for day in days)


def outcome_for_initiators(initiative: Initiative) -> Told | None:
    """Return the latest outcome as the initiators read it; None until there is one (R9)."""
    return next(map(told, _latest_concluded(initiative.pk)), None)


@written_once
def _latest_concluded(initiative: int) -> QuerySet[Assessment]:
    concluded = Assessment.objects.filter(initiative=initiative).exclude(concluded_at=None)
    return concluded.order_by("-concluded_at")[:1]


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
