"""What the page of one initiative at work shows of its weighing (initiatives.panels)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.models import Outcome
from socialewifi.core import clock
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.initiatives.panels import DeedLink, Panel
from socialewifi.people.models import User

TEMPLATE = "assessment/work_panel.html"


def weighing_panel(user: User, initiative: Initiative) -> Panel | None:
    """Show how far the weighing is, or its outcome, with the deed that comes next."""
    if not rules.can_see_weighing(user, initiative):
        return None
    if initiative.step == Step.ASSESSING:
        return _going_on(user, initiative)
    if rules.can_open_assessment(user, initiative):
        explored = hasattr(initiative, "exploration") and initiative.exploration.is_complete
        url = reverse("weigh-open", args=[initiative.key])
        return Panel(deeds=(DeedLink(_("Begin met wegen"), url, is_next=explored),))
    concluded = queries.latest_concluded(initiative) if initiative.weighed_at else None
    if concluded is None:
        return None
    outcome = {"name": Outcome(concluded.outcome).label, "reason": concluded.reason}
    return Panel(TEMPLATE, {"outcome": outcome, "initiative": initiative})


def _going_on(user: User, initiative: Initiative) -> Panel | None:
    progress = queries.open_progress(initiative, clock.now())
    if progress is None:
        return None
    deeds = []
    if rules.can_weigh(user, initiative):
        url = reverse("weigh-outcome", args=[initiative.key])
        deeds.append(DeedLink(_("Bepaal de uitkomst"), url, is_next=progress.is_ready))
    if progress.criteria_left:
        url = reverse("weigh-criteria", args=[initiative.key])
        deeds.append(DeedLink(_("Bekijk de uitgangspunten"), url, is_next=True))
    return Panel(TEMPLATE, {"progress": progress, "initiative": initiative}, tuple(deeds))
