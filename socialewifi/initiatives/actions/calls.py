"""Calls that ask something: made while the question waits, and closed by whatever ends it (R10, R13)."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.models import (
    CallEnds,
    Consent,
    Initiative,
    Invitation,
    JoinAnswer,
    JoinProposal,
    Task,
    TaskQuerySet,
)
from socialewifi.people.models import User

logger = logging.getLogger(__name__)


def call_invited(invitation: Invitation, *, at: datetime) -> None:
    """Have someone called who is asked to take part and has no e-mail."""
    initiative = invitation.initiative
    with translation.override("nl"):
        named = {"name": invitation.name, "phone": invitation.phone, "inviter": invitation.invited_by.name}
        subject = _("meedoen met ‘%(title)s’?") % {"title": initiative.title}
        words = _("%(inviter)s vraagt %(name)s (%(phone)s) om mee te doen. Bel, leg het uit en noteer het antwoord.")
    ask_to_call(
        initiative=initiative,
        name=invitation.name,
        subject=subject,
        words=words % named,
        at=at,
        asks={"invitation": invitation},
    )


def call_again(initiative: Initiative, *, at: datetime) -> None:
    """Have everyone called anew who waits to hear an invitation, and whom nobody is to call: it goes on again."""
    called = Task.objects.open().filter(kind=Task.Kind.CALL, invitation=OuterRef("pk"))
    waiting = initiative.invitations.waiting(at).filter(~Exists(called), email="")
    for invitation in waiting.select_related("invited_by"):
        invitation.initiative = initiative
        call_invited(invitation, at=at)


def close_calls(initiative: Initiative, *, at: datetime) -> None:
    """
    Close the calls that nobody has to make any more, each with the reason why.

    Every deed that ends a question, or lets someone leave, ends with this. The caller holds the lock.
    """
    for because, ended in _ended(initiative, at=at):
        _close(_open_calls(initiative).filter(ended), because=because, at=at)


def close_calls_to(person: User, initiative: Initiative, *, because: CallEnds, at: datetime) -> None:
    """Close what this person, who is no initiator, would be called about; the caller holds the lock."""
    _close(_open_calls(initiative).filter(person_to_call=person), because=because, at=at)


def close_calls_of_expired(*, at: datetime) -> int:
    """
    Close the calls about invitations that ran out. Return of how many initiatives.

    Each initiative by itself: where it fails, the next run tries again, and the others are done.
    """
    expired = Task.objects.open().filter(kind=Task.Kind.CALL, invitation__expires_at__lte=at)
    found = expired.order_by("initiative").values_list("initiative", flat=True).distinct()
    return sum(_close_calls_of(pk, at=at) for pk in list(found))


def _close_calls_of(initiative: int, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            close_calls(Initiative.objects.locked(initiative), at=at)
    except Exception:
        logger.exception("the calls of initiative %s about what ran out could not be closed", initiative)
        return False
    return True


def _close(calls: TaskQuerySet, *, because: CallEnds, at: datetime) -> None:
    for call in calls.select_related("initiative"):
        with translation.override("nl"):
            call.done_at, call.result = at, str(because.label)
        call.save(update_fields=["done_at", "result"])
        events.record(
            "initiatives.call.dropped", on=call.initiative, by=None, at=at, what=call.what, because=because.value
        )


def _open_calls(initiative: Initiative) -> TaskQuerySet:
    return Task.objects.open().filter(initiative=initiative, kind=Task.Kind.CALL).order_by("pk")


def _ended(initiative: Initiative, *, at: datetime) -> list[tuple[CallEnds, Q]]:
    """Return each reason why a call ends, with the calls it ends."""
    waiting = initiative.invitations.waiting(at) if rules.goes_on(initiative) else Invitation.objects.none()
    said_yes = JoinAnswer.objects.filter(proposal=OuterRef("joining"), initiator=OuterRef("to_call"), agrees=True)
    consents = Consent.objects.in_force().filter(initiator__initiative=initiative)
    to_page, to_story = consents.filter(subject=Consent.Subject.PAGE), consents.filter(story=OuterRef("story"))
    theirs = Q(initiator=OuterRef("to_call"))
    # What rests is shown by itself no more: nobody is asked whether it may be.
    rests = Q(initiative__joined_into__isnull=False) & ~Q(consent_to="")
    return [
        (CallEnds.LEFT, Q(to_call__left_at__isnull=False)),
        (
            CallEnds.INVITATION,
            Q(invitation__isnull=False) & ~Q(invitation__in=waiting),
        ),
        (
            CallEnds.JOINING,
            Q(joining__isnull=False) & (~Q(joining__in=JoinProposal.objects.waiting()) | Q(Exists(said_yes))),
        ),
        (
            CallEnds.CONSENT,
            rests
            | Q(consent_to=Consent.Subject.PAGE) & (~Exists(to_page) | Exists(to_page.filter(theirs)))
            | Q(consent_to=Consent.Subject.STORY) & (~Exists(to_story) | Exists(to_story.filter(theirs))),
        ),
    ]
