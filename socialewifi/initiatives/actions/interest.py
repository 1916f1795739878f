"""Stepping aside from an initiative one is involved in (R5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.people.models import User


class ContactStepsAsideLater(DomainError):
    """Raised when the contact person declares an interest before someone else took over (R1)."""


@transaction.atomic
def declare_interest(
    *, initiative: Initiative, relation: str, explanation: str = "", by: User, at: datetime
) -> Interest:
    """
    Step aside: from now on this person no longer sees or weighs the initiative.

    :raises ContactStepsAsideLater: if they are its contact person
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_step_aside(by, initiative))
    if initiative.contact_person_id == by.pk:
        raise ContactStepsAsideLater(
            _("Jij bent de contactpersoon. Draag het initiatief eerst over, dan kun je melden dat je betrokken bent.")
        )
    interest = Interest.objects.create(
        user=by, initiative=initiative, relation=relation, explanation=explanation, declared_at=at
    )
    # A handover that waited for this person's answer goes back to its giver.
    initiative.handovers.running().filter(receiver=by).update(refused_at=at, refused_because=str(_("Zelf betrokken.")))
    initiative.tasks.open().filter(assignee=by).update(assignee=initiative.contact_person)
    events.record("initiatives.interest.declared", on=initiative, by=by, at=at, name=by.name)
    return interest
