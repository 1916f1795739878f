"""A panel member who meanwhile works on what they would weigh steps aside by themselves (R15)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from socialewifi.assessment.actions.advice import ask_for_another
from socialewifi.assessment.actions.locking import AssessmentClosed, lock_open
from socialewifi.assessment.models import PanelSeat
from socialewifi.core import events
from socialewifi.initiatives.models import WORKERS
from socialewifi.initiatives.rules import has_part_in
from socialewifi.people.models import Role

AT_WORK = (*WORKERS, Role.Kind.REGIONAL_COORDINATOR, Role.Kind.AMBASSADOR)


@transaction.atomic
def release_who_works_on_it(*, day: date, at: datetime) -> int:
    """
    End the seats that wait for who got a role of work there since they were asked, and return how many.

    Until this is done they give no advice and read none (``rules.holds_seat``, ``rules.can_read_advices``). Advice
    that they gave as a resident before stays.
    """
    return sum(_release(seat, at=at) for seat in _candidates(day))


def _candidates(day: date) -> QuerySet[PanelSeat]:
    """Return the waiting seats whose member may work on it: few of them do."""
    role = Role.objects.current(day).filter(user=OuterRef("member"), kind__in=AT_WORK)
    by_name = Q(assessment__initiative__contact_person=F("member")) | Q(assessment__initiative__entered_by=F("member"))
    seats = PanelSeat.objects.waiting().filter(Exists(role) | by_name)
    return seats.select_related("member", "assessment__initiative__municipality").order_by(
        "assessment__initiative", "pk"
    )


def _release(seat: PanelSeat, *, at: datetime) -> int:
    if not has_part_in(seat.member, seat.assessment.initiative):
        return 0
    try:
        assessment = lock_open(seat.assessment)
    except AssessmentClosed:
        return 0
    if not PanelSeat.objects.filter(pk=seat.pk, advice=None, recused_at=None).update(recused_at=at):
        return 0
    seat.assessment = assessment
    events.record("assessment.panel.released", on=assessment.initiative, by=None, at=at, member=seat.member.name)
    ask_for_another(seat, at=at)
    return 1
