"""What the deeds at work are about: one initiative, or a row of it."""

from typing import Any

from django.urls import reverse

from socialewifi.core import events
from socialewifi.core.deeds import Subject
from socialewifi.core.models import Event
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.queries.at_work import initiative_for_deed
from socialewifi.initiatives.queries.joining import stepped_aside_beside
from socialewifi.people.models import User


def initiative_of(about: Any) -> Initiative:
    """Return the initiative itself, or the one that a row is of."""
    found: Initiative = about if isinstance(about, Initiative) else about.initiative
    return found


def title_of(user: User, about: Any) -> str:
    """Return how it is called, as this person reads it."""
    initiative = initiative_of(about)
    return (initiative if rules.can_see_contact_details(user, initiative) else as_outsiders_read(initiative)).title


def page_of(user: User, key: str, **_row: int) -> str:
    """Return to the initiative, or to the list when this person no longer sees it."""
    if Initiative.objects.visible_to(user).filter(key=key).exists():
        return reverse("work-initiative", args=[key])
    return reverse("work-list")


def latest_of(user: User, about: Any) -> str:
    """Return what happened last; who stepped aside from another idea reads nothing of it here (R5)."""
    initiative = initiative_of(about)
    if not rules.can_see_contact_details(user, initiative) or stepped_aside_beside(user, initiative):
        return ""
    return events.latest_of(Event.objects.about(initiative))


INITIATIVE = Subject(
    name="initiative",
    find=initiative_for_deed,
    title=title_of,
    home=page_of,
    prefix="work",
    lock=lambda initiative: Initiative.objects.locked(initiative.pk),
    latest=latest_of,
)
