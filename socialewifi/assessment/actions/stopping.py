"""Ending a weighing because the initiators stop: there is no outcome, and what was advised stays."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from socialewifi.assessment.actions.municipality import tell_that_the_question_lapses
from socialewifi.assessment.models import Assessment, WithoutOutcome
from socialewifi.initiatives.models import Initiative


@transaction.atomic
def stop_weighing(*, initiative: Initiative, at: datetime) -> None:
    """
    Close the weighing that goes on, if there is one; whoever withdraws has the initiative locked.

    The timeline says that the initiators stopped. When they go on later, a new weighing begins.
    """
    going_on = Assessment.objects.filter(initiative=initiative, concluded_at=None, returned_at=None)
    assessment = going_on.select_for_update().first()
    if assessment is None:
        return
    with translation.override("nl"):
        because = _("De initiatiefnemers stopten tijdens de weging.")
    assessment.end_without_outcome(WithoutOutcome.WITHDRAWN, because=because, at=at)
    assessment.initiative = initiative
    tell_that_the_question_lapses(assessment, at=at)
