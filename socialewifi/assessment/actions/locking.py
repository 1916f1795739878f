"""Every deed in a weighing locks the initiative first and the assessment second, and only then looks."""

from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models import Assessment
from socialewifi.core.errors import DomainError
from socialewifi.initiatives.models import Initiative


class AssessmentClosed(DomainError):
    """Raised when a weighing that has ended, or an initiative that has left it, would still change."""


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
