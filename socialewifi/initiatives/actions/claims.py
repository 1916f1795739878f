"""
Saying that an idea is one's own, or is not: only the owner of the mailbox it was told with does (R14).

Whoever types an address in a form need not be its owner. So an idea stands by itself until its mailbox answers; only
then is someone involved in it (R5).
"""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.doubles import lock_with_its_join, settle_join
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.actions.interest import step_aside
from socialewifi.initiatives.actions.ownership import end_ownership
from socialewifi.initiatives.actions.publishing import settle
from socialewifi.initiatives.actions.road import stop
from socialewifi.initiatives.models import Initiative, Initiator, Interest, JoinProposal
from socialewifi.people.actions.residents import belongs_to, end_access
from socialewifi.people.models import User


class AlreadyMine(DomainError):
    """Raised when someone owns this initiative under another name already."""


class AlreadyTheirs(DomainError):
    """Raised when an idea belongs to someone who only had their mail sent to this address."""

    field = "is_mine"


@transaction.atomic
def recognise(*, initiator: Initiator, by: User, at: datetime) -> Initiator:
    """
    Say that this idea is one's own. From now on it opens with one's own mailbox, and one steps aside from it at work.

    :raises ContactStepsAsideLater: if they are its contact person
    :raises AlreadyMine: if they own it already
    :raises AlreadyTheirs: if it is someone else's, who had their mail sent here
    """
    initiative, initiator, _joining = _locked(initiator, by)
    if not rules.can_recognise(by, initiator):
        raise AlreadyTheirs(
            _("Dit idee is al van iemand anders, die jouw adres invulde. Zeg nee als je er niet bij hoort.")
        )
    if rules.owns(by, initiative):
        raise AlreadyMine(_("Je doet al mee aan dit idee."))
    step_aside(initiative=initiative, user=by, relation=Interest.Relation.OWN, at=at)
    belongs_to(resident=initiator.user, account=by, at=at)
    events.record("initiatives.initiator.recognised", on=initiative, by=by, at=at, name=initiator.name)
    return initiator


@transaction.atomic
def disown(*, initiator: Initiator, by: User, at: datetime) -> None:
    """
    Say that someone else told this with one's address: nothing of it is mailed there any more.

    Who left a telephone number too is called; who can no longer be reached at all owns it no longer.
    """
    initiative, initiator, joining = _locked(initiator, by)
    events.record("initiatives.initiator.disowned", on=initiative, by=None, at=at, name=initiator.name)
    end_access(resident=initiator.user, by=by, at=at)
    owner = initiator.user.account
    if owner is not None:
        # They said the idea is theirs in their own mailbox: there the mail goes again.
        initiator.email = owner.email or ""
        initiator.save(update_fields=["email"])
    elif initiator.phone:
        initiator.email, initiator.preferred_channel = "", User.Channel.PHONE
        initiator.save(update_fields=["email", "preferred_channel"])
        _ask_to_find_out(initiator, at=at)
    else:
        _leave_to_the_others(initiative, initiator, at=at)
        settle_join(joining, by=initiator.user, at=at)


def _ask_to_find_out(initiator: Initiator, *, at: datetime) -> None:
    said = _(
        "Je e-mailadres bij ‘%(title)s’ is van iemand anders. Vraag wat het goede adres is, of hoe bellen uitkomt."
    )
    with translation.override("nl"):
        words = str(said) % {"title": initiator.initiative.title}
        subject = str(_("een ander e-mailadres"))
    ask_to_call(
        initiative=initiator.initiative, initiator=initiator, name=initiator.name, subject=subject, words=words, at=at
    )


def _leave_to_the_others(initiative: Initiative, initiator: Initiator, *, at: datetime) -> None:
    """Nobody can reach who told this. The others go on with it; without others it stops."""
    end_ownership(initiator, at=at)
    if initiative.initiators.current().exists() or not initiative.is_open:
        settle(initiative, by=initiator.user, at=at)
    else:
        because = str(_("Verteld met het e-mailadres van iemand anders; wie het vertelde is niet te bereiken."))
        stop(initiative, reason=because, by=initiator.user, at=at)


def _locked(initiator: Initiator, by: User) -> tuple[Initiative, Initiator, JoinProposal | None]:
    initiative, joining = lock_with_its_join(initiator.initiative)
    initiator = Initiator.objects.select_related("user__account").get(pk=initiator.pk)
    initiator.initiative = initiative
    require(rules.can_disown(by, initiator))
    return initiative, initiator, joining
