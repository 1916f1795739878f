"""Every deed in a weighing locks the initiative first and the assessment second, and only then looks."""

from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models import Assessment
from socialewifi.core.errors import DomainError
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.rules import is_paused


class AssessmentClosed(DomainError):
    """Raised when a weighing that has ended, or an initiative that has left it, would still change."""


class StandsStill(DomainError):
    """Raised when a paused initiative would be weighed or decided on: nobody's term runs out meanwhile (R2, R3)."""


def require_going_on(initiative: Initiative) -> None:
    """
    Refuse what waits until an initiative goes on again.

    :raises StandsStill: while it is paused
    """
    if is_paused(initiative):
        raise StandsStill(_("Dit initiatief staat even stil. Laat het eerst weer verdergaan."))


def lock_open(assessment: Assessment) -> Assessment:
    """
    Return the assessment with its initiative, both locked until the deed is done.

    :raises AssessmentClosed: if it is not being weighed any more
    """
    assessment = lock(assessment)
    if not assessment.is_open:
        raise AssessmentClosed(_("Dit initiatief wordt nu niet gewogen."))
    return assessment


def lock(assessment: Assessment) -> Assessment:
    """Return the assessment with its initiative, both locked until the deed is done, also once it has ended."""
    initiative = Initiative.objects.locked(assessment.initiative_id)
    assessment = Assessment.objects.locked(assessment.pk)
    assessment.initiative = initiative
    return assessment
