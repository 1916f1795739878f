"""Terms of the road: started, met, dropped, and shifted by a pause. Counted in working days (R3)."""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from socialewifi.core.workdays import add_workdays, workdays_between
from socialewifi.governance.queries import number
from socialewifi.initiatives.models import Deadline, Initiative, Pause

_TERMS = {
    Deadline.Kind.CONTACT: "contact-term",
    Deadline.Kind.EXPLORATION: "exploration-term",
    Deadline.Kind.ASSESSMENT: "assessment-term",
}


def start_deadline(initiative: Initiative, kind: Deadline.Kind, *, at: datetime) -> Deadline:
    """Start a term; one of the same kind that still runs is dropped first."""
    drop_deadlines(initiative, kind, at=at)
    day = timezone.localdate(at)
    if kind == Deadline.Kind.CHECK_IN:
        term = number("check-in-interval")
        due = add_workdays(day + relativedelta(months=term.value), 0)
    else:
        term = number(_TERMS[kind])
        due = add_workdays(day, term.value)
    return Deadline.objects.create(
        initiative=initiative, kind=kind, started_on=day, due_on=due, is_provisional=term.is_provisional
    )


def meet_deadline(initiative: Initiative, kind: Deadline.Kind, *, at: datetime) -> None:
    Deadline.objects.running().filter(initiative=initiative, kind=kind).update(met_at=at)


def drop_deadlines(initiative: Initiative, *kinds: Deadline.Kind, at: datetime) -> None:
    """Drop the running terms of these kinds, or all of them."""
    running = Deadline.objects.running().filter(initiative=initiative)
    (running.filter(kind__in=kinds) if kinds else running).update(dropped_at=at)


def shift_deadlines(initiative: Initiative, pause: Pause, *, at: datetime) -> None:
    """Move the running terms by the working days of the pause that they lived through; reminders start again."""
    began, day = timezone.localdate(pause.started_at), timezone.localdate(at)
    for deadline in Deadline.objects.running().filter(initiative=initiative):
        days = workdays_between(max(began, deadline.started_on or began), day)
        deadline.due_on = _later(deadline.due_on, days)
        deadline.guide_reminded_at = deadline.coordinator_reminded_at = None
        deadline.save(update_fields=["due_on", "guide_reminded_at", "coordinator_reminded_at"])


def _later(day: date, days: int) -> date:
    return add_workdays(day, days) if days else day
