"""
Saying that an idea is one's own, or is not: only the owner of the mailbox it is mailed to does (R14).

Whoever types an address in a form need not be its owner. So an idea stands by itself until its mailbox answers; only
then is someone involved in it (R5).
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.consents import note_consent
from socialewifi.initiatives.actions.doubles import ask_newcomer, lock_with_its_join
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.actions.interest import step_aside
from socialewifi.initiatives.actions.publishing import settle
from socialewifi.initiatives.models import (
    Consent,
    Initiative,
    Initiator,
    Interest,
    Invitation,
    JoinAnswer,
    JoinProposal,
)
from socialewifi.initiatives.queries.standing import standing_in_name_of
from socialewifi.people.actions.residents import belongs_to, end_access
from socialewifi.people.models import User

FIND_OUT = _("Het e-mailadres van %(name)s bij ‘%(title)s’ is van iemand anders. Zoek uit hoe je %(name)s bereikt.")


class AlreadyMine(DomainError):
    """Raised when someone owns this initiative under another name already."""


@transaction.atomic
def recognise(*, initiator: Initiator, by: User, at: datetime, keeps: Collection[str] = ()) -> Initiator:
    """
    Say that this idea is one's own. From now on it opens with one's own mailbox, and one steps aside from it at work.

    Who said so before in another mailbox, and had the mail sent here since, opens it from here. Of what was said in
    their name until now only ``keeps`` stays, the codes of ``standing_in_name_of``: it may have been somebody else.

    :raises ContactStepsAsideLater: if they are its contact person
    :raises AlreadyMine: if they own it already
    """
    initiative, joining, initiator = _locked(initiator, by)
    if rules.owns(by, initiative):
        raise AlreadyMine(_("Je doet al mee aan dit idee."))
    step_aside(initiative=initiative, user=by, relation=Interest.Relation.OWN, at=at)
    belongs_to(resident=initiator.user, account=by, at=at)
    events.record("initiatives.initiator.recognised", on=initiative, by=by, at=at, name=initiator.name)
    _take_back(initiator, joining, keeps=keeps, by=by, at=at)
    return initiator


@transaction.atomic
def disown(*, initiator: Initiator, by: User, at: datetime) -> None:
    """
    Say that this is not one's idea: nothing of it is mailed here any more, and someone finds out whose it is.

    It goes on: one wrong sign in an address is no reason to stop (R4).
    """
    initiative, joining, initiator = _locked(initiator, by)
    events.record("initiatives.initiator.disowned", on=initiative, by=None, at=at, name=initiator.name)
    end_access(resident=initiator.user, by=by, at=at)
    owner = initiator.user.account
    if owner is not None:
        # They said the idea is theirs in their own mailbox: there the mail goes again.
        initiator.email = owner.email or ""
    else:
        initiator.email, initiator.preferred_channel, initiator.disowned_at = "", User.Channel.PHONE, at
    initiator.save(update_fields=["email", "preferred_channel", "disowned_at"])
    if owner is None:
        # What was agreed to, and who was asked, was said by we know not whom.
        _take_back(initiator, joining, keeps=(), by=initiator.user, at=at)
    with translation.override("nl"):
        words = str(FIND_OUT) % {"name": initiator.name, "title": initiative.title}
        subject = str(_("het e-mailadres klopt niet"))
    ask_to_call(initiative=initiative, initiator=initiator, name=initiator.name, subject=subject, words=words, at=at)


def _locked(initiator: Initiator, by: User) -> tuple[Initiative, JoinProposal | None, Initiator]:
    initiative, joining = lock_with_its_join(initiator.initiative)
    initiator = Initiator.objects.select_related("user__account").get(pk=initiator.pk)
    initiator.initiative = initiative
    require(rules.can_recognise(by, initiator))
    return initiative, joining, initiator


def _take_back(
    initiator: Initiator, joining: JoinProposal | None, *, keeps: Collection[str], by: User, at: datetime
) -> None:
    """End what was said in their name, but for what they keep; a question to which the answer ends is asked anew."""
    told = partial(events.record, on=initiator.initiative, by=by, at=at)
    for standing in standing_in_name_of(initiator, at=at):
        if standing.code in keeps:
            continue
        match standing.row:
            case Consent(pk=pk, story=story):
                Consent.objects.filter(pk=pk).update(withdrawn_at=at)
                note_consent(initiator.initiative, initiator, story, "consent_withdrawn", by=by, at=at)
            case Invitation(pk=pk, name=name):
                Invitation.objects.filter(pk=pk).update(revoked_at=at)
                told("initiatives.invitation.revoked", name=initiator.name, invited=name)
            case JoinAnswer():
                standing.row.delete()
                told("initiatives.join.unanswered", initiator=initiator.name)
                if initiator.disowned_at is None:
                    ask_newcomer(joining, initiator, at=at)
    settle(initiator.initiative, by=by, at=at)
