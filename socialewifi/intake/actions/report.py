"""Step 1: an idea comes in, on the web, at a counter, on the phone or on paper (000 §2.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.actions.deadlines import start_deadline
from socialewifi.initiatives.actions.inform import mail_initiator, tell_initiator
from socialewifi.initiatives.actions.initiators import CannotBeReached, Who, add_initiator
from socialewifi.initiatives.models import (
    Channel,
    Deadline,
    Draft,
    Initiative,
    Kind,
    PlanVersion,
)
from socialewifi.initiatives.queries.standing import standing_in_name_of
from socialewifi.people.actions.residents import new_resident
from socialewifi.people.models import User
from socialewifi.places.models import Municipality, Neighbourhood


class ConsentMissing(DomainError):
    """Raised when someone fills in for a resident without their consent (R10)."""

    field = "consent"


@dataclass(frozen=True)
class Where:
    """The place as far as it is known; ``words`` is what was typed."""

    municipality: Municipality | None = None
    neighbourhood: Neighbourhood | None = None
    words: str = ""


@dataclass(frozen=True)
class Helper:
    """Someone at work who fills it in for a resident: in which situation, and that the resident agreed."""

    user: User
    reason: str
    has_consent: bool


@transaction.atomic
def report_initiative(
    *,
    plan: Mapping[str, object],
    who: Who,
    where: Where,
    channel: Channel,
    at: datetime,
    kind: Kind | None = None,
    draft: Draft | None = None,
    helper: Helper | None = None,
    doubt: str = "",
    sender: User | None = None,
) -> Initiative:
    """
    Take in an idea: the initiative, its first initiator, the promise of contact and the confirmation.

    The same draft gives the same initiative, however often it is sent (R7). ``sender`` is who is signed in, if they
    are: with the address of their own account it is theirs at once, as if they were asked (R14).

    :raises CannotBeReached: without a phone number and an e-mail address
    :raises ConsentMissing: if a helper fills it in without the resident's consent
    """
    if draft is not None:
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.initiative is not None:
            return draft.initiative
    if not who.email and not who.phone:
        raise CannotBeReached(_("Vul een telefoonnummer of een e-mailadres in."))
    if helper is not None and not helper.has_consent:
        raise ConsentMissing(_("Vraag eerst of je dit voor diegene mag invullen."))

    user = new_resident(name=who.name, phone=who.phone, language=who.language, at=at)
    initiative = Initiative.objects.create(
        **plan,
        kind=kind,
        municipality=where.municipality,
        neighbourhood=where.neighbourhood,
        place_words=where.words,
        channel=channel,
        reported_at=at,
        step_since=at,
        entered_by=helper.user if helper else None,
        entered_for_reason=helper.reason if helper else "",
        entered_with_consent_at=at if helper else None,
        doubt=doubt,
    )
    PlanVersion.objects.create(initiative=initiative, number=1, at=at, by=helper.user if helper else user, **plan)
    initiator = add_initiator(initiative=initiative, user=user, who=who, at=at)
    start_deadline(initiative, Deadline.Kind.CONTACT, at=at)
    events.record(
        "initiatives.initiative.reported",
        on=initiative,
        by=helper.user if helper else user,
        at=at,
        on_behalf_of=who.name if helper else "",
        channel=channel.name,
    )
    if sender is not None and rules.can_recognise(sender, initiator):
        # Before the confirmation: what opened the idea until it was recognised opens nothing any more.
        keeps = [one.code for one in standing_in_name_of(initiator, at=at)]
        recognise(initiator=initiator, keeps=keeps, by=sender, at=at)
    if draft is not None:
        draft.initiative, draft.answers, draft.updated_at = initiative, {}, at
        draft.save(update_fields=["initiative", "answers", "updated_at"])
    if not doubt:
        confirm_report(initiative=initiative, at=at)
    return initiative


def confirm_report(*, initiative: Initiative, at: datetime) -> None:
    """
    Tell the initiators that their idea is here and who calls before when, in the way they prefer (R10).

    Who left an e-mail address gets it by mail too: the link in it opens their own page. For whom it was written down,
    it says by whom.
    """
    due, writer = promised_day(initiative), initiative.entered_by
    for initiator in initiative.initiators.current().select_related("user"):
        tell_initiator(initiator=initiator, code="report-confirmed", at=at, due=due, writer=writer)
        if initiator.email and initiator.preferred_channel != User.Channel.EMAIL:
            mail_initiator(initiator=initiator, code="report-confirmed", at=at, due=due, writer=writer)


def promised_day(initiative: Initiative) -> object:
    """Return the day before which someone makes contact, as promised."""
    return initiative.deadlines.running().get(kind=Deadline.Kind.CONTACT).due_on
