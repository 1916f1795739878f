"""Reminding who is asked for advice or an answer, shortly before the time is over: each once, in the day's one mail."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries
from socialewifi.assessment.models import AmbassadorQuestion, PanelSeat
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.notices import Page, tell
from socialewifi.core.workdays import add_workdays, is_workday
from socialewifi.people.models import User

Row = TypeVar("Row", PanelSeat, AmbassadorQuestion)
DAYS_BEFORE_THE_PANEL_CLOSES = 2
WORKDAYS_BEFORE_THE_ANSWER_IS_DUE = 1


@transaction.atomic
def remind_of_advice(*, day: date, at: datetime) -> int:
    """
    Put a line in the next digest of whoever still has to advise or answer, and return how many lines.

    What someone else is reminding about at this moment is left to them.
    """
    return sum(_remind_member(seat, day=day, at=at) for seat in _silent_seats(day)) + sum(
        _remind_ambassadors(question, day=day, at=at) for question in _open_questions(day)
    )


def _silent_seats(day: date) -> Iterable[PanelSeat]:
    """Return the seats without advice whose time is nearly over; who was asked today was just told."""
    last = day + timedelta(days=DAYS_BEFORE_THE_PANEL_CLOSES)
    nearly_over = PanelSeat.objects.waiting().filter(
        reminded_at=None,
        invited_at__date__lt=day,
        assessment__panel_closes_at__date__range=(day, last),
        assessment__initiative__joined_into=None,
    )
    return _locked(nearly_over).select_related("member", "assessment__initiative").order_by("pk")


def _open_questions(day: date) -> Iterable[AmbassadorQuestion]:
    """Return the questions without an answer that are due today or the next working day."""
    if not is_workday(day):
        return []
    last = add_workdays(day, WORKDAYS_BEFORE_THE_ANSWER_IS_DUE)
    nearly_due = AmbassadorQuestion.objects.waiting().filter(
        reminded_at=None,
        asked_at__date__lt=day,
        due_on__range=(day, last),
        assessment__initiative__joined_into=None,
    )
    return _locked(nearly_due).select_related("municipality", "assessment__initiative").order_by("pk")


def _locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_for_update(of=("self",), skip_locked=True)


def _remind_member(seat: PanelSeat, *, day: date, at: datetime) -> int:
    assessment = seat.assessment
    if not queries.panel_candidates(assessment.initiative, day).filter(pk=seat.member_id).exists():
        return 0
    words = _("‘%(title)s’ wacht nog op jouw advies. Het kan tot en met %(day)s.")
    _tell(
        seat.member,
        words,
        title=assessment.initiative.title,
        last=assessment.panel_closes_on,
        to=("panel-seat", seat.pk),
        at=at,
    )
    return _mark(seat, at=at, told=1)


def _remind_ambassadors(question: AmbassadorQuestion, *, day: date, at: datetime) -> int:
    initiative = question.assessment.initiative
    ambassadors = queries.ambassadors_of(question.municipality, initiative, day)
    words = _("De vraag over ‘%(title)s’ wacht nog op een antwoord van de gemeente. Het kan tot en met %(day)s.")
    for ambassador in ambassadors:
        _tell(
            ambassador,
            words,
            title=initiative.title,
            last=question.due_on,
            to=("ambassador-question", question.pk),
            at=at,
        )
    return _mark(question, at=at, told=len(ambassadors))


def _tell(user: User, words: StrOrPromise, *, title: str, last: date, to: Page, at: datetime) -> None:
    with translation.override(user.language):
        told = str(words) % {"title": title, "day": date_format(last, "l j F")}
    tell(user, told, to=to, at=at)


def _mark(row: PanelSeat | AmbassadorQuestion, *, at: datetime, told: int) -> int:
    """Remember that this was reminded of, when there was someone to remind."""
    if told:
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
    return told
