"""What the initiators read: the outcome once there is one, and that their municipality was asked (R3, R8, R9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

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
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.redaction import without_contact_details
from socialewifi.initiatives.models import Initiative, SupportKind
from socialewifi.people.models import Organisation


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
class Advices:
    """What residents advised, without names (R8), and how it came here (R10)."""

    counted: Sequence[ToldAdvice]
    # In weighings that ended without an outcome: whoever disagreed stays visible.
    earlier: Sequence[ToldAdvice]
    # How many someone at work wrote down for a member, and to how many of these that member objected.
    written_down: int
    objected: int


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
    # What residents advised in weighings of it that ended without an outcome.
    earlier: Sequence[ToldAdvice]
    below_quorum_because: str
    municipality: ToldMunicipality | None
    concluded_at: datetime | None


def told(assessment: Assessment, parts: Iterable[AnyPart] | None = None) -> Told:
    """Put an outcome in the words of its initiators; with ``parts`` before it is set, to look at it first."""
    if parts is None:
        parts = assessment.parts.select_related("support_kind", "partner").order_by("pk")
    advices = advices_of(assessment)
    return Told(
        outcome=assessment.outcome,
        name=Outcome(assessment.outcome).label,
        reason=assessment.reason,
        alternative=assessment.alternative,
        parts=[told_part(part) for part in parts],
        advices=advices.counted,
        written_down=advices.written_down,
        objected=advices.objected,
        earlier=advices.earlier,
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


def advices_of(assessment: Assessment) -> Advices:
    """Return what residents advised on it, in an order that tells nothing about who gave it (R8)."""
    ended = Q(assessment__initiative=assessment.initiative_id, assessment__returned_at__lte=assessment.opened_at)
    objected = Exists(AdviceObjection.objects.filter(advice__seat=OuterRef("pk")))
    seats = PanelSeat.objects.advised().filter(Q(assessment=assessment) | ended).annotate(objected=objected)
    told = seats.select_related("advice").order_by("advice__choice", "advice__reason")
    rows: list[Any] = list(told)
    now = [seat for seat in rows if seat.assessment_id == assessment.pk]
    # What its member objected to counts nowhere; beside an outcome it stands with the objection.
    before = [seat for seat in rows if seat.assessment_id != assessment.pk and not seat.objected]
    written = [seat for seat in now if seat.advice.written_by_id is not None]
    return Advices(
        counted=[told_advice(seat.advice) for seat in now],
        earlier=[told_advice(seat.advice) for seat in before],
        written_down=len(written),
        objected=sum(seat.objected for seat in written),
    )


def told_advice(advice: PanelAdvice) -> ToldAdvice:
    """Return an advice as others read it: a number in its reason would tell whose it is."""
    return ToldAdvice(PanelAdvice.Choice(advice.choice).label, without_contact_details(advice.reason))


def told_municipality(assessment: Assessment) -> ToldMunicipality | None:
    question = question_of(assessment)
    if question is None:
        return None
    because = ", ".join(str(trigger.label) for trigger in assessment.triggers.order_by("position", "pk"))
    told = question if question.answer else _answered_before(question) or question
    answer = AmbassadorQuestion.Answer(told.answer).label if told.answer else ""
    return ToldMunicipality(question.municipality.name, because, question.due_on, answer, told.words, _got_it(question))


def _answered_before(question: AmbassadorQuestion) -> AmbassadorQuestion | None:
    """Return what this municipality answered about this initiative before it was asked again, the last."""
    of_idea = AmbassadorQuestion.objects.filter(assessment__initiative=question.assessment.initiative_id)
    return of_idea.filter(municipality=question.municipality_id).exclude(answer="").order_by("answered_at").last()


def _got_it(question: AmbassadorQuestion) -> bool:
    if question.answer:
        return True
    days = (timezone.localdate(question.asked_at), question.due_on)
    municipality, initiative = question.municipality, question.assessment.initiative
    return any(ambassadors_of(municipality, initiative, day).exists() for day in days)


def outcome_for_initiators(initiative: Initiative) -> Told | None:
    """Return the latest outcome as the initiators read it; None until there is one (R9)."""
    concluded = latest_concluded(initiative)
    return told(concluded) if concluded else None


def latest_concluded(initiative: Initiative) -> Assessment | None:
    """Return the latest weighing that has an outcome."""
    return initiative.assessments.exclude(concluded_at=None).order_by("-concluded_at").first()


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
