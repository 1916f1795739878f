"""Noting what was found on each criterion (000 §3, §7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock_open
from socialewifi.assessment.models import Assessment, Criterion, CriterionScore
from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.people.models import User


class CriterionDoesNotApply(DomainError):
    """Raised when a criterion is scored that is not looked at for this initiative."""


class NothingScored(DomainError):
    """Raised when nothing new was noted."""


class WhyMissing(DomainError):
    """Raised when a criterion is scored without a line why."""

    field = "why"


@dataclass(frozen=True)
class Score:
    """What was found on one criterion."""

    criterion: Criterion
    answer: str
    why: str


@transaction.atomic
def score_criteria(*, assessment: Assessment, scores: Sequence[Score], by: User, at: datetime) -> list[CriterionScore]:
    """
    Note yes, partly or no on each of these criteria, with a line why; it can be changed until there is an outcome.

    :raises NothingScored: without a score
    :raises CriterionDoesNotApply: for a criterion of the living environment, elsewhere
    :raises WhyMissing: without a line why
    """
    assessment = lock_open(assessment)
    require(rules.can_score(by, assessment.initiative))
    if not scores:
        raise NothingScored(_("Je hebt nog niets ingevuld."))
    applying = set(queries.criteria_of(assessment))
    return [_score(assessment, score, applying, by=by, at=at) for score in scores]


def _score(assessment: Assessment, score: Score, applying: set[Criterion], *, by: User, at: datetime) -> CriterionScore:
    if score.criterion not in applying:
        raise CriterionDoesNotApply(_("Dit telt bij dit initiatief niet mee."))
    if not score.why.strip():
        raise WhyMissing(_("Schrijf in een regel waarom."), field=f"why_{score.criterion.pk}")
    kept, _created = CriterionScore.objects.update_or_create(
        assessment=assessment, criterion=score.criterion, defaults={"answer": score.answer, "why": score.why}
    )
    events.record("assessment.criterion.scored", on=assessment.initiative, by=by, at=at, criterion=score.criterion.name)
    return kept
