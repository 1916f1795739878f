"""
Saying that an idea is one's own, or is not: only the owner of the mailbox it is mailed to does (R14).

Whoever types an address in a form need not be its owner. So an idea stands by itself until its mailbox answers; only
then is someone involved in it (R5).
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.asked import end_invitations
from socialewifi.initiatives.actions.doubles import ask_newcomer, lock_with_its_join
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.actions.interest import step_aside
from socialewifi.initiatives.actions.moved import drop_mails, move_letters
from socialewifi.initiatives.actions.publishing import note_consent, settle
from socialewifi.initiatives.models import (
    Consent,
    Initiative,
    Initiator,
    Interest,
    Invitation,
    JoinAnswer,
    JoinProposal,
)
from socialewifi.initiatives.queries.standing import PHONE, POST, Standing, can_be_reached, standing_in_name_of
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.actions.residents import belongs_to, end_access
from socialewifi.people.models import User

FIND_OUT = _("Het e-mailadres van %(name)s bij ‘%(title)s’ is van iemand anders. Zoek uit hoe je %(name)s bereikt.")


class AlreadyMine(DomainError):
    """Raised when someone owns this initiative under another name already."""


def answer_claim(*, initiator: Initiator, is_mine: bool, keeps: Collection[str] = (), by: User, at: datetime) -> None:
    """Say whether this idea is one's own."""
    if is_mine:
        recognise(initiator=initiator, keeps=keeps, by=by, at=at)
    else:
        disown(initiator=initiator, by=by, at=at)


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
    standing = standing_in_name_of(initiator, at=at)
    belongs_to(resident=initiator.user, account=by, at=at)
    events.record("initiatives.initiator.recognised", on=initiative, by=by, at=at, name=initiator.name)
    _reach_by(initiator, kept={one.kind for one in standing if one.code in keeps}, by=by, at=at)
    _take_back(initiator, joining, [one for one in standing if one.code not in keeps], by=by, at=at)
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
    drop_mails(initiative=initiative, email=initiator.email, at=at)
    # Who said the idea is theirs in their own mailbox is mailed there again, unless another initiator is.
    initiator.email = _mailbox_left(initiator, owner)
    if not initiator.email:
        initiator.disowned_at = at
    if not can_be_reached(initiator):
        initiator.preferred_channel = User.Channel.PHONE
    initiator.save(update_fields=["email", "preferred_channel", "disowned_at"])
    if initiator.address:
        move_letters(initiator=initiator, former=initiator.address, by=initiator.user, at=at)
    if owner is None:
        # What was agreed to, and who was asked, was said by we know not whom.
        _take_back(initiator, joining, standing_in_name_of(initiator, at=at), by=initiator.user, at=at)
    with translation.override("nl"):
        words = str(FIND_OUT) % {"name": initiator.name, "title": initiative.title}
        subject = str(_("het e-mailadres klopt niet"))
    ask_to_call(initiative=initiative, initiator=initiator, name=initiator.name, subject=subject, words=words, at=at)


def _locked(initiator: Initiator, by: User) -> tuple[Initiative, JoinProposal | None, Initiator]:
    initiative, joining = lock_with_its_join(initiator.initiative)
    # Nobody changes the mailbox that answers while it answers.
    by = lock_person(by)
    initiator = Initiator.objects.select_related("user__account").get(pk=initiator.pk)
    initiator.initiative = initiative
    require(rules.can_recognise(by, initiator))
    return initiative, joining, initiator


def _mailbox_left(initiator: Initiator, owner: User | None) -> str:
    email = owner.email or "" if owner else ""
    others = initiator.initiative.initiators.current().exclude(pk=initiator.pk)
    return "" if others.filter(email=email).exists() else email


def _reach_by(initiator: Initiator, *, kept: Collection[str], by: User, at: datetime) -> None:
    """Forget a number and a street that they do not know: no call and no code goes to who typed those."""
    lived = initiator.address
    if PHONE not in kept:
        initiator.phone = ""
    if POST not in kept:
        initiator.address = ""
    if not can_be_reached(initiator):
        initiator.preferred_channel = User.Channel.EMAIL
    initiator.save(update_fields=["phone", "address", "preferred_channel"])
    if lived:
        # What waits was written with a code that opens nothing any more.
        move_letters(initiator=initiator, former=lived, by=by, at=at)


def _take_back(
    initiator: Initiator, joining: JoinProposal | None, said: list[Standing], *, by: User, at: datetime
) -> None:
    """End what was said in their name; a question to which the answer ends is asked anew."""
    initiative = initiator.initiative
    for row in (one.row for one in said):
        match row:
            case Consent():
                Consent.objects.filter(pk=row.pk).update(withdrawn_at=at)
                note_consent(initiative, initiator, row.story, "consent_withdrawn", by=by, at=at)
            case Invitation():
                end_invitations([row], of=initiative, name=initiator.name, by=by, at=at)
            case JoinAnswer():
                row.delete()
                events.record("initiatives.join.unanswered", on=initiative, by=by, at=at, initiator=initiator.name)
                if initiator.disowned_at is None:
                    ask_newcomer(joining, initiator, at=at)
    settle(initiative, by=by, at=at)
