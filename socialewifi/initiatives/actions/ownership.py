"""What initiators do with what is theirs: change the plan, say how to reach them, leave (R4)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.doubles import lock_with_its_join, settle_join
from socialewifi.initiatives.actions.inform import mention_to_contact, mention_to_initiators
from socialewifi.initiatives.actions.publishing import settle
from socialewifi.initiatives.actions.report import CannotBeReached, Who
from socialewifi.initiatives.models import PLAN_FIELDS, Consent, Initiative, Initiator, PlanVersion
from socialewifi.people.models import User


class PlanChanged(DomainError):
    """Raised when someone else changed the plan since it was opened to be edited; nothing is overwritten."""


class NothingChanged(DomainError):
    """Raised when a plan is kept that is the same as before."""


class LastOwner(DomainError):
    """Raised when the last initiator would leave: they can only stop."""


class ChannelNeedsAddress(DomainError):
    """Raised when someone prefers a way to be reached without saying where."""

    field = "preferred_channel"


class OpensMore(DomainError):
    """Raised when an e-mail address is written down at work, and a mail to it would open more than this initiative."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(
            _("Dit e-mailadres kan alleen diegene zelf invullen: een mail erheen opent meer dan dit ene idee.")
        )


@transaction.atomic
def edit_plan(
    *, initiative: Initiative, plan: Mapping[str, object], based_on: int, by: User, at: datetime
) -> PlanVersion:
    """
    Keep a new version of the plan; ``based_on`` is the number of the version it was made from.

    :raises PlanChanged: if there is a newer version
    :raises NothingChanged: if it says the same
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_edit_plan(by, initiative))
    newest = initiative.plan_versions.select_related("by").latest("number")
    if newest.number != based_on:
        raise PlanChanged(
            _("%(name)s veranderde het plan terwijl jij schreef. Kijk wat er anders is en bewaar daarna opnieuw.")
            % {"name": newest.by or _("Iemand anders")}
        )
    if all(plan[field] == getattr(initiative, field) for field in PLAN_FIELDS):
        raise NothingChanged(_("Je hebt nog niets veranderd."))
    version = PlanVersion.objects.create(initiative=initiative, number=newest.number + 1, at=at, by=by, **plan)
    for field in PLAN_FIELDS:
        setattr(initiative, field, plan[field])
    initiative.save(update_fields=PLAN_FIELDS)
    events.record("initiatives.plan.edited", on=initiative, by=by, at=at, name=by.name, number=version.number)
    mention_to_contact(
        initiative=initiative, words=_("%(name)s paste het plan aan van %(title)s."), at=at, name=by.name
    )
    return version


@transaction.atomic
def leave_initiative(*, initiative: Initiative, by: User, at: datetime) -> None:
    """
    Stop being an initiator; the others go on. One's consents end with it.

    :raises LastOwner: if nobody else would own it
    """
    initiative, joining = lock_with_its_join(initiative)
    require(rules.owns(by, initiative))
    owners = initiative.initiators.current()
    if owners.count() == 1:
        raise LastOwner(_("Jij bent de enige. Vraag eerst iemand erbij, of stop met het idee."))
    initiator = owners.get(user=by)
    initiator.left_at = at
    initiator.save(update_fields=["left_at"])
    Consent.objects.in_force().filter(initiator=initiator).update(withdrawn_at=at)
    events.record("initiatives.initiator.left", on=initiative, by=by, at=at, name=initiator.name)
    settle(initiative, by=by, at=at)
    told = _("%(name)s doet niet meer mee met %(title)s.")
    mention_to_initiators(
        initiative=initiative, words=told, path=f"/mijn/{initiative.key}/", at=at, name=initiator.name
    )
    mention_to_contact(initiative=initiative, words=told, at=at, name=initiator.name)
    settle_join(joining, by=by, at=at)


@transaction.atomic
def correct_reach(*, initiative: Initiative, who: Who, by: User, at: datetime) -> Initiator:
    """
    Change how one wants to be reached, and in which language.

    :raises CannotBeReached: without a phone number and an e-mail address
    :raises ChannelNeedsAddress: if the preferred way has no address to use
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.owns(by, initiative))
    initiator = initiative.initiators.current().get(user=by)
    _reach(initiator, who)
    events.record("initiatives.initiator.corrected", on=initiative, by=by, at=at, name=initiator.name)
    return initiator


@transaction.atomic
def write_reach(*, initiator: Initiator, who: Who, by: User, at: datetime) -> Initiator:
    """
    Write down at work how an initiator wants to be reached, who said so on the phone, on paper or at the counter (R10).

    :raises OpensMore: if the e-mail address is another one, and mail to it opens more than this initiative
    :raises CannotBeReached: without a phone number and an e-mail address
    :raises ChannelNeedsAddress: if the preferred way has no address to use
    """
    initiative = Initiative.objects.locked(initiator.initiative_id)
    require(rules.can_work_on(by, initiative))
    initiator = initiative.initiators.current().select_related("user").get(pk=initiator.pk)
    known = {initiator.email.lower(), (initiator.user.email or "").lower(), ""}
    if who.email.lower() not in known and not rules.can_write_address_of(by, initiator):
        raise OpensMore
    _reach(initiator, who)
    events.record(
        "initiatives.initiator.reach_written", on=initiative, by=by, at=at, name=initiator.name, writer=by.name
    )
    return initiator


def _reach(initiator: Initiator, who: Who) -> None:
    check_reach(who)
    for field in ("name", "email", "phone", "address", "preferred_channel", "preferred_times", "language"):
        setattr(initiator, field, getattr(who, field))
    initiator.save()


def check_reach(who: Who) -> None:
    """
    Refuse what cannot arrive.

    :raises CannotBeReached: without a phone number and an e-mail address
    :raises ChannelNeedsAddress: if the preferred way has no address to use
    """
    if not who.email and not who.phone:
        raise CannotBeReached(_("Vul een telefoonnummer of een e-mailadres in."))
    needed = {
        User.Channel.EMAIL: (who.email, _("Vul je e-mailadres in, of kies iets anders.")),
        User.Channel.PHONE: (who.phone, _("Vul je telefoonnummer in, of kies iets anders.")),
        User.Channel.LETTER: (who.address, _("Vul je adres in, of kies iets anders.")),
    }
    address, words = needed.get(User.Channel(who.preferred_channel), ("anywhere", ""))
    if not address:
        raise ChannelNeedsAddress(words)
