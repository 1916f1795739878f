"""The one contact: who takes it, who hands it over, and what was said (R1)."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.deadlines import meet_deadline, start_deadline
from socialewifi.initiatives.actions.inform import tell_colleague, tell_initiators
from socialewifi.initiatives.actions.interest import step_aside_once_handed_over
from socialewifi.initiatives.models import ContactMoment, Deadline, Handover, IllegalMove, Initiative, Step, Task
from socialewifi.people.models import User


class HandoverRunning(DomainError):
    """Raised when a second handover is offered while the first one waits for an answer."""


class HandoverClosed(DomainError):
    """Raised when a handover is answered that was answered or dropped before."""


class CannotReceive(DomainError):
    """Raised when someone would become contact who does not work there, or is involved themselves (R5)."""

    field = "receiver"


@transaction.atomic
def take_contact(*, initiative: Initiative, by: User, at: datetime) -> Initiative:
    """
    Become the initiative's contact person; it goes to exploring.

    :raises IllegalMove: if someone else was first
    """
    initiative = Initiative.objects.locked(initiative.pk)
    if initiative.step != Step.REPORTED:
        raise IllegalMove(
            _("%(name)s heeft dit initiatief al opgepakt.") % {"name": initiative.contact_person or _("Iemand anders")}
        )
    require(rules.can_take_contact(by, initiative))
    initiative.move_to(Step.EXPLORING, at=at)
    initiative.contact_person = by
    initiative.doubt = ""
    initiative.save(update_fields=["step", "step_since", "contact_person", "doubt"])
    start_deadline(initiative, Deadline.Kind.EXPLORATION, at=at)
    events.record("initiatives.contact.taken", on=initiative, by=by, at=at, **who(by))
    tell_initiators(initiative=initiative, code="contact-taken", at=at)
    return initiative


@transaction.atomic
def log_contact(
    *, initiative: Initiative, through: str, summary: str, by: User, at: datetime, spoken_at: datetime | None = None
) -> ContactMoment:
    """Note a conversation with the initiators; the first one meets the promise of contact, later ones the check-in."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    return note_conversation(initiative, through=through, summary=summary, by=by, at=at, spoken_at=spoken_at)


def note_conversation(
    initiative: Initiative, *, through: str, summary: str, by: User, at: datetime, spoken_at: datetime | None = None
) -> ContactMoment:
    """Keep what was said, inside a deed that holds the lock. Nobody's contact yet: the promise of one still stands."""
    moment = ContactMoment.objects.create(
        initiative=initiative, at=spoken_at or at, by=by, through=through, summary=summary
    )
    if initiative.contact_person_id is not None:
        meet_deadline(initiative, Deadline.Kind.CONTACT, at=at)
    if initiative.step == Step.SUSTAINING:
        meet_deadline(initiative, Deadline.Kind.CHECK_IN, at=at)
        start_deadline(initiative, Deadline.Kind.CHECK_IN, at=at)
    events.record(
        "initiatives.contact.logged",
        on=initiative,
        by=by,
        at=at,
        name=by.name,
        through=moment.through,
        summary=summary,
    )
    return moment


@transaction.atomic
def offer_handover(*, initiative: Initiative, receiver: User, reason: str, by: User, at: datetime) -> Handover:
    """
    Ask someone else to become the contact; until they accept, the present contact stays (R1).

    :raises CannotReceive: if the receiver does not work there, is involved, or is the contact already
    :raises HandoverRunning: if another handover waits for an answer
    """
    initiative = Initiative.objects.locked(initiative.pk)
    giver = initiative.contact_person
    if giver is None:
        raise IllegalMove(_("Dit initiatief heeft nog geen contactpersoon."))
    require(rules.can_offer_handover(by, initiative))
    if not rules.can_receive_handover(receiver, initiative):
        raise CannotReceive(_("%(name)s kan dit initiatief niet overnemen.") % {"name": receiver})
    if _running(initiative) is not None:
        raise HandoverRunning(_("Er loopt al een overdracht. Trek die eerst in."))
    handover = Handover.objects.create(
        initiative=initiative, giver=giver, receiver=receiver, reason=reason, offered_at=at
    )
    events.record("initiatives.handover.offered", on=initiative, by=by, at=at, giver=giver.name, receiver=receiver.name)
    with translation.override("nl"):
        words = gettext("%(giver)s vraagt of jij ‘%(title)s’ overneemt: %(reason)s") % {
            "giver": giver,
            "title": initiative.title,
            "reason": reason,
        }
    tell_colleague(user=receiver, initiative=initiative, words=words, at=at)
    return handover


@transaction.atomic
def accept_handover(*, initiative: Initiative, by: User, at: datetime) -> Handover:
    """
    Take over as contact. Who had it, and owns what rests in it, steps aside (R5).

    :raises HandoverClosed: if nothing waits for this person's answer
    :raises CannotReceive: if this person may not be the contact any more
    """
    initiative, handover = _offered_to(by, initiative)
    if not rules.can_receive_handover(by, initiative):
        raise CannotReceive(_("Je kunt dit initiatief niet overnemen."))
    handover.accepted_at = at
    handover.save(update_fields=["accepted_at"])
    initiative.contact_person = by
    initiative.save(update_fields=["contact_person"])
    # Whoever is the contact makes the calls, but about what they wrote themselves; what the giver took on by name stays
    # theirs.
    waiting = initiative.tasks.open().filter(kind=Task.Kind.CALL, assignee=handover.giver).exclude(written_by=by)
    waiting = waiting.filter(person_to_call=None)
    waiting.update(assignee=by)
    events.record(
        "initiatives.handover.accepted", on=initiative, by=by, at=at, giver=handover.giver.name, receiver=by.name
    )
    step_aside_once_handed_over(initiative=initiative, former=handover.giver, at=at)
    tell_initiators(initiative=initiative, code="contact-changed", at=at)
    return handover


@transaction.atomic
def refuse_handover(*, initiative: Initiative, reason: str, by: User, at: datetime) -> Handover:
    """Say that taking over is not possible, and why; the present contact stays."""
    initiative, handover = _offered_to(by, initiative)
    handover.refused_at, handover.refused_because = at, reason
    handover.save(update_fields=["refused_at", "refused_because"])
    events.record(
        "initiatives.handover.refused",
        on=initiative,
        by=by,
        at=at,
        giver=handover.giver.name,
        receiver=by.name,
        reason=reason,
    )
    return handover


@transaction.atomic
def drop_handover(*, initiative: Initiative, by: User, at: datetime) -> None:
    """Take back a handover that waits for an answer."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_offer_handover(by, initiative))
    handover = _running(initiative)
    if handover is None:
        raise HandoverClosed(_("Er loopt geen overdracht."))
    handover.dropped_at = at
    handover.save(update_fields=["dropped_at"])
    events.record("initiatives.handover.dropped", on=initiative, by=by, at=at, giver=handover.giver.name)


def who(user: User) -> dict[str, str]:
    """Return the name and organisation that the timeline tells; without one, it is the desk."""
    return {"name": user.name, "organisation": str(user.organisation or "")}


def _running(initiative: Initiative) -> Handover | None:
    return initiative.handovers.running().select_related("giver").first()


def _offered_to(user: User, initiative: Initiative) -> tuple[Initiative, Handover]:
    initiative = Initiative.objects.locked(initiative.pk)
    handover = _running(initiative)
    require(handover is None or handover.receiver_id == user.pk)
    if handover is None:
        raise HandoverClosed(_("Er wacht geen overdracht op jouw antwoord."))
    return initiative, handover
