"""What weighing shows on the page of one initiative at work."""

from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.assessment import rules
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.initiatives.panels import DeedLink, Panel
from socialewifi.people.models import User


def weighing_panel(user: User, initiative: Initiative) -> Panel | None:
    """Lead to the weighing: to begin it once everything was explored, to go on while it lasts, and to look back."""
    if not rules.can_see_weighing(user, initiative):
        return None
    if rules.can_open_assessment(user, initiative):
        is_next = hasattr(initiative, "exploration") and initiative.exploration.is_complete
        return Panel(deeds=(_link(_("Weging beginnen"), "weigh-open", initiative, is_next=is_next),))
    if initiative.step == Step.ASSESSING:
        return Panel(deeds=(_link(_("Weging openen"), "weigh-detail", initiative, is_next=True),))
    if initiative.weighed_at is not None:
        return Panel(deeds=(_link(_("Weging terugzien"), "weigh-detail", initiative, is_rare=True),))
    return None


def _link(label: str, name: str, initiative: Initiative, *, is_next: bool = False, is_rare: bool = False) -> DeedLink:
    return DeedLink(label, reverse(name, args=[initiative.key]), name, is_next=is_next, is_rare=is_rare)
