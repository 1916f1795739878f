"""Joining two initiatives that are the same one, and taking that back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.inform import tell_initiators
from socialewifi.initiatives.models import Initiative
from socialewifi.people.models import User


class CannotJoin(DomainError):
    """Raised when two initiatives cannot be joined: the same one, joined before, or one of them is being weighed."""

    field = "into"


class NotJoined(DomainError):
    """Raised when a join is undone that is not there."""


@transaction.atomic
def join_initiatives(*, initiative: Initiative, into: Initiative, by: User, at: datetime) -> Initiative:
    """
    Go on with two initiatives as one: ``initiative`` rests, ``into`` goes on, and the initiators of both read so.

    The initiators of the resting one see the other from their own page; who owns the other decides who owns it (R4).

    :raises CannotJoin: if they cannot be one
    """
    initiative, into = _locked_pair(initiative, into)
    require(rules.can_work_on(by, initiative) and rules.can_work_on(by, into))
    _check(initiative, into)
    initiative.joined_into = into
    initiative.save(update_fields=["joined_into"])
    initiative.handovers.running().update(dropped_at=at)
    events.record("initiatives.initiative.joined", on=initiative, by=by, at=at, name=by.name, other=into.title)
    events.record("initiatives.initiative.grown", on=into, by=by, at=at, name=by.name, other=initiative.title)
    tell_initiators(
        initiative=initiative, code="initiatives-joined", at=at, other=into.title, contact=into.contact_person
    )
    return initiative


@transaction.atomic
def undo_join(*, initiative: Initiative, by: User, at: datetime) -> Initiative:
    """
    Take a join back: both go on by themselves, each where it stood.

    :raises NotJoined: if it was not joined, or someone took it back before
    """
    joined_into = Initiative.objects.get(pk=initiative.pk).joined_into
    if joined_into is None:
        raise NotJoined(_("Dit initiatief is niet samengevoegd."))
    initiative, into = _locked_pair(initiative, joined_into)
    require(rules.works_on(by, initiative))
    if initiative.joined_into_id != into.pk:
        raise NotJoined(_("Dit initiatief is niet samengevoegd."))
    initiative.joined_into = None
    initiative.save(update_fields=["joined_into"])
    events.record("initiatives.initiative.split", on=initiative, by=by, at=at, name=by.name, other=into.title)
    events.record("initiatives.initiative.split", on=into, by=by, at=at, name=by.name, other=initiative.title)
    tell_initiators(initiative=initiative, code="initiatives-split", at=at, other=into.title)
    return initiative


def _locked_pair(one: Initiative, other: Initiative) -> tuple[Initiative, Initiative]:
    """Lock both in one order, whichever way they are joined: two people at once never wait for each other."""
    locked = {pk: Initiative.objects.locked(pk) for pk in sorted({one.pk, other.pk})}
    return locked[one.pk], locked[other.pk]


def _check(initiative: Initiative, into: Initiative) -> None:
    if initiative.pk == into.pk:
        raise CannotJoin(_("Kies een ander initiatief: dit is hetzelfde."))
    if not rules.can_be_joined(initiative):
        raise CannotJoin(_("Dit initiatief kan nu niet samengaan. Het wordt net gewogen, of het is al klaar."))
    if not into.is_open:
        raise CannotJoin(_("‘%(title)s’ loopt niet meer. Kies een initiatief dat nog loopt.") % {"title": into.title})
    if initiative.joined_from.exists():
        raise CannotJoin(_("In dit initiatief is al een ander opgegaan. Voeg het andere initiatief hierin samen."))
