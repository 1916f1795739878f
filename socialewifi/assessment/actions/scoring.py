"""Noting what was found on each criterion (000 §3, §7.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock_open
from socialewifi.assessment.models import Assessment, Criterion, CriterionScore
from socialewifi.core import events
from socialewifi.core.errors import DomainError
from socialewifi.initiatives.actions.road import require
from socialewifi.people.models import User


class CriterionDoesNotApply(DomainError):
    """Raised when a criterion is scored that is not looked at for this initiative."""


class WhyMissing(DomainError):
    """Raised when a criterion is scored without a line why."""

    field = "why"


@transaction.atomic
def score_criterion(
    *, assessment: Assessment, criterion: Criterion, answer: str, why: str, by: User, at: datetime
) -> CriterionScore:
    """
    Note yes, partly or no on one criterion, with a line why; it can be changed until there is an outcome.

    :raises CriterionDoesNotApply: for a criterion of the living environment, elsewhere
    :raises WhyMissing: without a line why
    """
    assessment = lock_open(assessment)
    require(rules.can_score(by, assessment.initiative))
    if not queries.criteria_of(assessment).filter(pk=criterion.pk).exists():
        raise CriterionDoesNotApply(_("Dit telt bij dit initiatief niet mee."))
    if not why.strip():
        raise WhyMissing(_("Schrijf in een regel waarom."))
    score, _created = CriterionScore.objects.update_or_create(
        assessment=assessment, criterion=criterion, defaults={"answer": answer, "why": why}
    )
    events.record("assessment.criterion.scored", on=assessment.initiative, by=by, at=at, criterion=criterion.name)
    return score
