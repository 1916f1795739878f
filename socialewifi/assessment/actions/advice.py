"""The panel's advice: free, once, and only by who is not involved (R5, R8)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock_open
from socialewifi.assessment.actions.written import ask_whether_they_step_aside, tell_member
from socialewifi.assessment.models import PanelAdvice, PanelSeat
from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.core.notices import tell
from socialewifi.initiatives.models import Interest
from socialewifi.people.models import User


class AdviceGiven(DomainError):
    """Raised when advice is given twice, or a member steps aside after giving it."""


class ReasonMissing(DomainError):
    """Raised when advice comes without a reason."""

    field = "reason"


@transaction.atomic
def give_advice(*, seat: PanelSeat, choice: str, reason: str, by: User, at: datetime) -> PanelAdvice:
    """
    Give one's own advice.

    :raises AssessmentClosed: if there is an outcome already
    :raises AdviceGiven: if this member gave advice before
    """
    seat = _lock(seat)
    require(rules.holds_seat(by, seat))
    return _advise(seat, choice=choice, reason=reason, by=by, at=at)


@transaction.atomic
def write_advice_for(*, seat: PanelSeat, choice: str, reason: str, by: User, at: datetime) -> PanelAdvice:
    """
    Write down the advice that a member gave on the phone or on paper; it counts the same (R10).

    The member hears at once what was written down, and can object.

    :raises AdviceGiven: if this member gave advice before
    """
    seat = _lock(seat)
    require(rules.can_write_advice(by, seat))
    advice = _advise(seat, choice=choice, reason=reason, by=by, at=at, on_behalf_of=seat.member.name)
    tell_member(advice, by=by, at=at)
    return advice


@transaction.atomic
def recuse(*, seat: PanelSeat, relation: str, explanation: str = "", by: User, at: datetime) -> Interest:
    """
    Step aside, being involved in the initiative: the seat is out, and the initiative is never shown again (R5).

    :raises AdviceGiven: once advice is given, because then others may have read it; the coordinator is told instead
    """
    seat = _lock(seat)
    require(seat.member_id == by.pk and seat.recused_at is None)
    if PanelAdvice.objects.filter(seat=seat).exists():
        raise AdviceGiven(_("Je gaf al advies. Bel de coördinator als je toch betrokken bent."))
    interest = _step_aside(seat, relation=relation, explanation=explanation, at=at)
    events.record("assessment.panel.recused", on=seat.assessment.initiative, by=by, at=at, member=by.name)
    return interest


@transaction.atomic
def write_recusal_for(*, seat: PanelSeat, relation: str, explanation: str = "", by: User, at: datetime) -> Interest:
    """
    Write down that a member without e-mail said that they are involved and step aside (R5, R10).

    They are asked whether it is right, by somebody else than its writer if there is one. Its writer sets no outcome.
    """
    seat = _lock(seat)
    require(rules.can_still_write_recusal(by, seat))
    interest = _step_aside(seat, relation=relation, explanation=explanation, at=at, written_by=by)
    events.record(
        "assessment.panel.recusal_written", on=seat.assessment.initiative, by=by, at=at, member=seat.member.name
    )
    ask_whether_they_step_aside(seat, by=by, at=at)
    return interest


def _step_aside(
    seat: PanelSeat, *, relation: str, explanation: str, at: datetime, written_by: User | None = None
) -> Interest:
    interest, _created = Interest.objects.get_or_create(
        user=seat.member,
        initiative=seat.assessment.initiative,
        defaults={"relation": relation, "explanation": explanation, "declared_at": at},
    )
    seat.recused_at, seat.recusal_written_by = at, written_by
    seat.save(update_fields=["recused_at", "recusal_written_by"])
    ask_for_another(seat, at=at)
    return interest


def _lock(seat: PanelSeat) -> PanelSeat:
    assessment = lock_open(seat.assessment)
    seat = PanelSeat.objects.select_related("member").get(pk=seat.pk)
    seat.assessment = assessment
    return seat


def _advise(
    seat: PanelSeat, *, choice: str, reason: str, by: User, at: datetime, on_behalf_of: str = ""
) -> PanelAdvice:
    if PanelAdvice.objects.filter(seat=seat).exists():
        raise AdviceGiven(_("Dit advies is al gegeven."))
    if not reason.strip():
        raise ReasonMissing(_("Schrijf in een of twee zinnen waarom."))
    advice = PanelAdvice.objects.create(
        seat=seat, choice=choice, reason=reason, given_at=at, written_by=by if on_behalf_of else None
    )
    # Neither the choice nor the reason is in the timeline: advice is read beside the outcome, without a name.
    events.record("assessment.advice.given", on=seat.assessment.initiative, by=by, at=at, on_behalf_of=on_behalf_of)
    return advice


def ask_for_another(seat: PanelSeat, *, at: datetime) -> None:
    """Tell the coordinators when too few members are left to reach the quorum."""
    assessment = seat.assessment
    if assessment.seats.taking_part().count() >= assessment.quorum:
        return
    initiative = assessment.initiative
    for coordinator in queries.coordinators_of(initiative, timezone.localdate(at)):
        with translation.override(coordinator.language):
            words = _("Een panellid stapt opzij bij ‘%(title)s’. Vraag iemand anders.") % {"title": initiative.title}
        tell(coordinator, words, to=("weigh-detail", initiative.key), at=at)
