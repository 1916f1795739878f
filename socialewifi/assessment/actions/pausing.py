"""What a pause of an initiative does to its weighing: nobody's time runs out while it stands still (R2, R3)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from socialewifi.assessment.models import Assessment
from socialewifi.core.workdays import add_workdays, workdays_between
from socialewifi.initiatives.models import Initiative, Pause


@transaction.atomic
def give_time_back(*, initiative: Initiative, pause: Pause, at: datetime) -> None:
    """
    Give the panel and the municipality the time of a pause that ends ``at``, and remind them anew before it is over.

    Whoever ends the pause has the initiative locked. What was over before it began, stays over.
    """
    assessment = Assessment.objects.open().select_for_update(of=("self",)).filter(initiative=initiative).first()
    if assessment is None:
        return
    if assessment.panel_closes_at > pause.started_at:
        assessment.panel_closes_at += at - max(pause.started_at, assessment.opened_at)
        assessment.save(update_fields=["panel_closes_at"])
        assessment.seats.filter(recused_at=None, advice=None).update(reminded_at=None)
    began, day = timezone.localdate(pause.started_at), timezone.localdate(at)
    for question in assessment.questions.current().filter(answered_at=None, due_on__gte=began):
        days = workdays_between(max(began, timezone.localdate(question.asked_at)), day)
        if days:
            question.due_on, question.reminded_at = add_workdays(question.due_on, days), None
            question.save(update_fields=["due_on", "reminded_at"])
