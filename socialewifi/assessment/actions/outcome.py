"""Ending a weighing: the route with its reasons, or back because something must be found out first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import letters, queries, rules
from socialewifi.assessment.actions.locking import lock_open, require_going_on
from socialewifi.assessment.actions.municipality import tell_that_the_question_lapses
from socialewifi.assessment.models import Assessment, CriterionScore, Outcome, RoutePart, WithoutOutcome
from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives.actions import road
from socialewifi.initiatives.actions.inform import tell_initiators
from socialewifi.initiatives.models import Step, SupportKind
from socialewifi.people.models import Organisation, User

STEP_AFTER = {
    Outcome.SUPPORT: Step.SUPPORTING,
    Outcome.REDIRECT: Step.REDIRECTED,
    Outcome.DECLINE: Step.DECLINED,
}
# What the initiators get from us: it needs the outcome that we start together.
OURS = {RoutePart.Kind.SUPPORT, RoutePart.Kind.GIFT, RoutePart.Kind.CONNECTOR}
SET_BY_OUTCOME = [
    "outcome",
    "concluded_at",
    "concluded_by",
    "advice_count",
    "reason",
    "alternative",
    "below_quorum_because",
]


class CriteriaMissing(DomainError):
    """Raised when not every criterion for each initiative was looked at."""


class KnockedOut(DomainError):
    """Raised when an initiative would be supported that falls outside Sociale WIFI (000 §3)."""

    field = "outcome"


class PanelNotReady(DomainError):
    """Raised when the residents have not weighed it: no quorum, and no late panel with a reason (R2)."""

    field = "below_quorum_because"


class OutcomeByAnother(DomainError):
    """Raised when the outcome would be set by who gave the residents' advice, or wrote most of it down (R2, R15)."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Jij gaf zelf advies, antwoordde voor de gemeente of schreef op wat een ander zei, of dit idee raakt "
                "jou zelf. Vraag een andere coördinator om de uitkomst."
            )
        )


class MunicipalityCanAnswer(DomainError):
    """Raised when the ambassador has not answered and the term runs (R3)."""


class MunicipalityNotAsked(DomainError):
    """Raised when the municipality where the initiative is now was not asked, while something touches it (R3)."""


class ReasonMissing(DomainError):
    """Raised when the initiators would read an outcome, or a step back, without a reason."""

    field = "reason"


class NextDoorMissing(DomainError):
    """Raised when a no does not say where the initiators can go."""

    field = "alternative"


class PartsDoNotFit(DomainError):
    """Raised when the parts do not make this outcome, or one of them is not whole."""


@dataclass(frozen=True)
class Part:
    """One part of a route as the coordinator fills it in."""

    kind: str
    reason: str
    support_kind: SupportKind | None = None
    partner: Organisation | None = None
    amount: Decimal | None = None
    what: str = ""


@transaction.atomic
def set_route(
    *,
    assessment: Assessment,
    outcome: str,
    reason: str,
    parts: Sequence[Part] = (),
    alternative: str = "",
    below_quorum_because: str = "",
    by: User,
    at: datetime,
) -> Assessment:
    """
    Set the outcome, once, and tell the initiators.

    :raises StandsStill: while the initiative is paused: no term of panel or municipality runs out meanwhile
    :raises OutcomeByAnother: if they advised, or wrote down more than one of the advices (R2, R15)
    :raises CriteriaMissing: unless every criterion for each initiative was looked at
    :raises KnockedOut: if it falls outside Sociale WIFI and would be supported
    :raises PanelNotReady: without the panel's quorum, or its deadline passed with one advice and a reason (R2)
    :raises MunicipalityNotAsked: if it moved, and the municipality where it is now was not asked (R3)
    :raises MunicipalityCanAnswer: before the ambassador answered or the term has passed (R3)
    :raises NextDoorMissing: if a no names no next door
    :raises PartsDoNotFit: if the parts do not make this outcome
    """
    assessment = lock_open(assessment)
    require(rules.is_to_be_weighed_by(by, assessment.initiative))
    require_going_on(assessment.initiative)
    if not rules.can_conclude(by, assessment):
        raise OutcomeByAnother
    # While it waited for its turn, an advice or an answer may have come in: it is the later of the two.
    at = max([at, *queries.moments_of(assessment)])
    partner = next((part.partner for part in parts if part.kind == RoutePart.Kind.PARTNER), None)
    assessment.outcome, assessment.concluded_at, assessment.concluded_by = outcome, at, by
    assessment.reason, assessment.below_quorum_because = reason.strip(), below_quorum_because.strip()
    assessment.alternative = alternative.strip() or _door(assessment, partner)
    assessment.advice_count = assessment.seats.advised().count()
    _require_criteria(assessment)
    _require_panel(assessment)
    _require_municipality(assessment)
    _require_reasons(assessment, parts)
    RoutePart.objects.bulk_create(RoutePart(assessment=assessment, **vars(part)) for part in parts)
    assessment.save(update_fields=SET_BY_OUTCOME)
    assessment.initiative = road.conclude_assessing(
        initiative=assessment.initiative,
        to=STEP_AFTER[Outcome(outcome)],
        at=at,
        because="" if outcome == Outcome.SUPPORT else assessment.reason,
        partner=partner if outcome == Outcome.REDIRECT else None,
    )
    _tell(assessment, by=by, at=at)
    return assessment


@transaction.atomic
def return_to_exploring(*, assessment: Assessment, reason: str, by: User, at: datetime) -> Assessment:
    """
    Stop weighing, because something must be found out first; the initiators read what.

    :raises ReasonMissing: without a reason
    """
    assessment = lock_open(assessment)
    require(rules.can_weigh(by, assessment.initiative))
    if not reason.strip():
        raise ReasonMissing(_("Schrijf wat jullie eerst nog uitzoeken."))
    assessment.end_without_outcome(WithoutOutcome.FIND_OUT, because=reason, at=at)
    tell_that_the_question_lapses(assessment, at=at)
    assessment.initiative = road.return_to_exploring(initiative=assessment.initiative, at=at)
    events.record("assessment.assessment.returned", on=assessment.initiative, by=by, at=at, reason=reason)
    tell_initiators(initiative=assessment.initiative, code="weighing-returned", at=at, reason=reason)
    return assessment


def _door(assessment: Assessment, partner: Organisation | None) -> str:
    """Return the partner as the next door, when it fits better there and nothing more was said."""
    return partner.name if partner and assessment.outcome == Outcome.REDIRECT else ""


def _require_criteria(assessment: Assessment) -> None:
    left = queries.criteria_to_score(assessment)
    if left:
        names = ", ".join(criterion.name for criterion in left)
        raise CriteriaMissing(_("Bekijk eerst nog: %(criteria)s.") % {"criteria": names})
    scores = assessment.scores.filter(criterion__is_knock_out=True, answer=CriterionScore.Answer.NO)
    knocked_out = scores.select_related("criterion").first()
    if assessment.outcome == Outcome.SUPPORT and knocked_out is not None:
        raise KnockedOut(
            _("Dit valt buiten Sociale WIFI: bij ‘%(criterion)s’ staat nee.") % {"criterion": knocked_out.criterion}
        )


def _require_panel(assessment: Assessment) -> None:
    count, quorum = assessment.advice_count, assessment.quorum
    if count >= quorum:
        assessment.below_quorum_because = ""
        return
    if count == 0:
        raise PanelNotReady(_("Er is nog geen advies van inwoners."))
    if assessment.concluded_at is not None and assessment.concluded_at <= assessment.panel_closes_at:
        raise PanelNotReady(
            _("Er zijn %(count)s van de %(quorum)s adviezen, en het panel heeft nog tijd.")
            % {"count": count, "quorum": quorum}
        )
    if not assessment.below_quorum_because:
        raise PanelNotReady(
            _("Er zijn %(count)s van de %(quorum)s adviezen. Schrijf waarom je toch verdergaat.")
            % {"count": count, "quorum": quorum}
        )


def _require_municipality(assessment: Assessment) -> None:
    question, place = queries.question_of(assessment), assessment.initiative.municipality_id
    if assessment.triggers.exists() and (question is None or question.municipality_id != place):
        raise MunicipalityNotAsked(_("De gemeente waar het nu ligt, is nog niet gevraagd. Vul de plek opnieuw in."))
    if question is not None and question.blocks_outcome(timezone.localdate(assessment.concluded_at)):
        raise MunicipalityCanAnswer(
            _("De gemeente %(municipality)s kan nog antwoorden.") % {"municipality": question.municipality}
        )


def _require_reasons(assessment: Assessment, parts: Sequence[Part]) -> None:
    if not assessment.reason:
        raise ReasonMissing(_("Schrijf de reden. De initiatiefnemers lezen die."))
    if assessment.outcome != Outcome.SUPPORT and not assessment.alternative:
        raise NextDoorMissing(_("Schrijf waar de initiatiefnemers wel terechtkunnen."))
    _require_parts(assessment.outcome, parts)


def _require_parts(outcome: str, parts: Sequence[Part]) -> None:
    kinds = {part.kind for part in parts}
    if outcome == Outcome.SUPPORT and not parts:
        raise PartsDoNotFit(_("Vul minstens één onderdeel in."))
    if outcome == Outcome.REDIRECT and RoutePart.Kind.PARTNER not in kinds:
        raise PartsDoNotFit(_("Kies het fonds of de partner waar het beter past."))
    if outcome != Outcome.SUPPORT and kinds & OURS:
        raise PartsDoNotFit(
            _("Hulp, geld of een krachtenbinder past alleen bij ‘%(outcome)s’.") % {"outcome": Outcome.SUPPORT.label}
        )
    if not all(map(_is_whole, parts)):
        raise PartsDoNotFit(_("Maak elk onderdeel af, met een reden."))


def _is_whole(part: Part) -> bool:
    """Tell whether this part has what its kind needs, and nothing else."""
    needs = {
        RoutePart.Kind.SUPPORT: {"support_kind"},
        RoutePart.Kind.GIFT: {"amount"},
        RoutePart.Kind.PARTNER: {"partner"},
    }.get(RoutePart.Kind(part.kind), set())
    filled = {name for name in ("support_kind", "amount", "partner") if getattr(part, name) is not None}
    is_amount_right = part.amount is None or (part.amount > 0 and bool(part.what.strip()))
    return filled == needs and bool(part.reason.strip()) and is_amount_right


def _tell(assessment: Assessment, *, by: User, at: datetime) -> None:
    initiative = assessment.initiative
    events.record(
        "assessment.assessment.concluded",
        on=initiative,
        by=by,
        at=at,
        outcome=assessment.outcome,
        reason=assessment.reason,
    )
    tell_initiators(initiative=initiative, code="outcome", at=at, **letters.values(queries.told(assessment)))
