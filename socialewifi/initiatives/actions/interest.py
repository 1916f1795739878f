"""Stepping aside from an initiative one is involved in (R5)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, Initiator, Interest
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
    initiative = _locked_with_its_home(initiative)
    require(rules.can_step_aside(by, initiative))
    interest = step_aside(initiative=initiative, user=by, relation=relation, explanation=explanation, at=at)
    events.record("initiatives.interest.declared", on=initiative, by=by, at=at, name=by.name)
    return interest


def _locked_with_its_home(initiative: Initiative) -> Initiative:
    """Lock an initiative and what it rests in, in the one order of all deeds."""
    home = Initiative.objects.filter(pk=initiative.pk).values_list("joined_into", flat=True).first()
    locked = {pk: Initiative.objects.locked(pk) for pk in sorted({initiative.pk, *([home] if home else [])})}
    return locked[initiative.pk]


def step_aside(*, initiative: Initiative, user: User, relation: str, explanation: str = "", at: datetime) -> Interest:
    """
    Leave someone out of an initiative they are involved in, with what waited for them; the caller holds the lock.

    Whose own idea it is, is left out of what it goes on in too (R5).

    :raises ContactStepsAsideLater: if they are its contact person
    """
    if initiative.contact_person_id == user.pk:
        raise ContactStepsAsideLater(
            _("Jij bent de contactpersoon. Draag het initiatief eerst over, dan kun je melden dat je betrokken bent.")
        )
    interest, _is_new = Interest.objects.get_or_create(
        user=user,
        initiative=initiative,
        defaults={"relation": relation, "explanation": explanation, "declared_at": at},
    )
    # A handover that waited for this person's answer goes back to its giver.
    initiative.handovers.running().filter(receiver=user).update(
        refused_at=at, refused_because=str(_("Zelf betrokken."))
    )
    theirs = initiative.tasks.open().filter(assignee=user)
    contact = initiative.contact_person
    # What the contact may not ask about is for whoever may, and sees it first.
    not_the_contacts = Q(person_to_call__isnull=False) | Q(written_by=contact, written_by__isnull=False)
    theirs.filter(not_the_contacts).update(assignee=None)
    theirs.update(assignee=contact)
    into = initiative.joined_into
    # Whoever owns what rests in it is involved in it too; its contact does so once someone else took over.
    if relation == Interest.Relation.OWN and into is not None and into.contact_person_id != user.pk:
        step_aside(initiative=into, user=user, relation=relation, at=at)
    return interest


def step_aside_once_handed_over(*, initiative: Initiative, former: User, at: datetime) -> None:
    """Let a former contact step aside who owns what rests in it; the caller holds the lock (R5)."""
    if Initiator.objects.of(former).filter(initiative__joined_into=initiative).exists():
        step_aside(initiative=initiative, user=former, relation=Interest.Relation.OWN, at=at)
