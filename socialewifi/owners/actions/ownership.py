"""What initiators do with what is theirs: change the plan, say how to reach them, leave (R4)."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events, limits
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.asked import end_invitations
from socialewifi.initiatives.actions.doubles import lock_with_its_join, settle_join
from socialewifi.initiatives.actions.inform import mail_initiator, mention_to_contact, mention_to_initiators
from socialewifi.initiatives.actions.initiators import CannotBeReached, Who, as_they_are_now
from socialewifi.initiatives.actions.moved import drop_mails, move_letters, move_mails
from socialewifi.initiatives.actions.publishing import settle
from socialewifi.initiatives.actions.strangers import DAY, require_mailable
from socialewifi.initiatives.actions.written import tell_at_old_address, tell_written_for
from socialewifi.initiatives.models import PLAN_FIELDS, Consent, Initiative, Initiator, PlanVersion
from socialewifi.people.actions.keys import revoke_keys
from socialewifi.people.actions.residents import belongs_to_nobody, end_sessions
from socialewifi.people.models import AccessKey, User

CHANGES_A_DAY = 3
WRITTEN = ("name", "email", "phone", "address", "preferred_channel", "preferred_times", "language")
REACH_WRITTEN = _("Hoe we je bereiken bij ‘%(title)s’, is veranderd.")


class PlanChanged(DomainError):
    """Raised when someone else changed the plan since it was opened to be edited; nothing is overwritten."""


class NothingChanged(DomainError):
    """Raised when a plan is kept that is the same as before."""


class LastOwner(DomainError):
    """Raised when the last initiator would leave: they can only stop."""


class AddressTaken(DomainError):
    """Raised when another initiator of the same idea is reached at this e-mail address."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(_("Dit e-mailadres hoort al bij iemand anders van dit idee. Vul een ander in, of een nummer."))


class BelongsToAccount(DomainError):
    """Raised when a link or code would change where an account's idea is mailed."""


class NotLookedAt(DomainError):
    """Raised when an idea that a machine may have told would be mailed elsewhere before a person saw it."""

    field = "email"


class ChangedOften(DomainError):
    """Raised when an idea would be mailed to yet another address: nobody mails a crowd of strangers with it."""

    field = "email"


class ChannelNeedsAddress(DomainError):
    """Raised when someone prefers a way to be reached without saying where."""

    field = "preferred_channel"


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
        initiative=initiative, words=_("%(name)s paste het plan aan van ‘%(title)s’."), at=at, name=by.name
    )
    return version


@transaction.atomic
def leave_initiative(*, initiative: Initiative, by: User, at: datetime) -> None:
    """
    Stop being an initiator; the others go on. One's consents end with it.

    :raises LastOwner: if nobody else would own it
    """
    initiative, joining = lock_with_its_join(initiative)
    require(rules.can_leave(by, initiative))
    require_own_mailbox(initiative, by)
    owners = initiative.initiators.current()
    if owners.count() == 1:
        raise LastOwner(_("Jij bent de enige. Vraag eerst iemand erbij, of stop met het idee."))
    initiator = owners.of(by).get()
    initiator.left_at = at
    initiator.save(update_fields=["left_at"])
    Consent.objects.in_force().filter(initiator=initiator).update(withdrawn_at=at)
    theirs = initiative.invitations.waiting(at).filter(invited_by__in=by.identities)
    end_invitations(theirs, of=initiative, name=initiator.name, by=by, at=at)
    events.record("initiatives.initiator.left", on=initiative, by=by, at=at, name=initiator.name)
    drop_mails(initiative=initiative, email=initiator.email, at=at)
    settle(initiative, by=by, at=at)
    told = _("%(name)s doet niet meer mee met ‘%(title)s’.")
    mention_to_initiators(
        initiative=initiative, words=told, to=("mine-initiative", initiative.key), at=at, name=initiator.name
    )
    mention_to_contact(initiative=initiative, words=told, at=at, name=initiator.name)
    settle_join(joining, by=by, at=at)


@transaction.atomic
def correct_reach(*, initiative: Initiative, who: Who, by: User, at: datetime, session: str = "") -> Initiator:
    """
    Change how one wants to be reached, and in which language.

    Who came in with a link or code goes on in this ``session`` and in no other.

    :raises CannotBeReached: without a phone number and an e-mail address
    :raises ChannelNeedsAddress: if the preferred way has no address to use
    :raises BelongsToAccount: by a link or code, if it is an account's: only its own mailbox moves it (R14)
    :raises NotLookedAt: if a machine may have told it and the mailbox would be another one
    :raises ChangedOften: if its mailbox was another one often enough today
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_correct_reach(by, initiative))
    initiator = initiative.initiators.of(by).select_related("user").get()
    initiator.initiative = initiative
    require_own_mailbox(initiative, by)
    if who.email and who.email != initiator.email:
        _require_may_move(initiator, who.email, by=by)
    if _reach(initiator, who, by=by, at=at, session=session):
        mail_initiator(initiator=initiator, code="address-new", at=at, writer=by.name)
    events.record("initiatives.initiator.corrected", on=initiative, by=by, at=at, name=initiator.name)
    return initiator


@transaction.atomic
def write_reach(*, initiator: Initiator, who: Who, by: User, at: datetime) -> Initiator:
    """
    Write down at work how an initiator wants to be reached, who said so on the phone, on paper or at the counter (R10).

    They hear of it at once, where they are reached from now on and where they were reached until now.

    :raises CannotBeReached: without a phone number and an e-mail address
    :raises ChannelNeedsAddress: if the preferred way has no address to use
    """
    initiative = Initiative.objects.locked(initiator.initiative_id)
    require(rules.can_work_on(by, initiative))
    initiator = as_they_are_now(initiator, initiative=initiative)
    before = copy(initiator)
    has_new_mailbox = _reach(initiator, who, by=by, at=at)
    events.record(
        "initiatives.initiator.reach_written", on=initiative, by=by, at=at, name=initiator.name, writer=by.name
    )
    tell_written_for(initiator=initiator, words=REACH_WRITTEN, by=by, at=at)
    if has_new_mailbox and initiator.preferred_channel != User.Channel.EMAIL:
        mail_initiator(initiator=initiator, code="address-new", at=at, writer=by.name)
    # A mailbox that is no longer theirs was told already.
    was_mailed = before.preferred_channel == User.Channel.EMAIL and before.email != initiator.email
    if _arrives(before) != _arrives(initiator) and not was_mailed:
        tell_at_old_address(before=before, words=REACH_WRITTEN, by=by, at=at)
    return initiator


def _arrives(reach: Initiator) -> tuple[str, str]:
    """Return by which way, and where, something arrives."""
    where = {User.Channel.EMAIL: reach.email, User.Channel.LETTER: reach.address}
    return reach.preferred_channel, where.get(User.Channel(reach.preferred_channel), reach.phone)


def _require_may_move(initiator: Initiator, email: str, *, by: User) -> None:
    """Refuse to mail one address after another that someone typed; one's own mailbox is no stranger's."""
    if by.is_account and by.email == email:
        return
    if initiator.initiative.doubt:
        raise NotLookedAt(_("Een van ons kijkt eerst naar je idee. Klopt je e-mailadres niet? Bel ons."))
    require_mailable(email)
    if not limits.take("mailbox-changed", initiator.pk, most=CHANGES_A_DAY, within=DAY):
        raise ChangedOften(_("Je veranderde je e-mailadres vandaag al een paar keer. Probeer het morgen, of bel ons."))


def _reach(initiator: Initiator, who: Who, *, by: User, at: datetime, session: str = "") -> bool:
    """Keep how to reach them, with what waits for them on paper, and tell whether there is a new mailbox to mail to."""
    check_reach(who)
    former, lived = initiator.email, initiator.address
    codes_end = who.address != lived
    if who.email != former:
        _refuse_shared(initiator, who.email)
        if former:
            codes_end |= _move_way_in(initiator, by=by, at=at, session=session)
    if lived and codes_end:
        revoke_keys(user=initiator.user, by=by, at=at, kind=AccessKey.Kind.LETTER)
        if not initiator.user.is_account:
            # Whoever still lives at the old street came in with that code.
            end_sessions(initiator.user, but=session)
    for field in WRITTEN:
        setattr(initiator, field, getattr(who, field))
    # Nothing else of it may be written by the application (core.grants).
    initiator.save(update_fields=WRITTEN)
    if lived and codes_end:
        move_letters(initiator=initiator, former=lived, by=by, at=at)
    if former and former != initiator.email:
        move_mails(initiator=initiator, former=former, at=at)
    return bool(who.email) and who.email != former


def _refuse_shared(initiator: Initiator, email: str) -> None:
    others = Initiator.objects.current().filter(initiative=initiator.initiative_id).exclude(pk=initiator.pk)
    if email and others.filter(email=email).exists():
        raise AddressTaken


def _move_way_in(initiator: Initiator, *, by: User, at: datetime, session: str) -> bool:
    """
    Let everything that was mailed to the former address open nothing any more, and tell its owner of the change.

    Who changes it themselves stays in, also with a code on paper. Written down at work, everything ends and the owner
    of the new mailbox says anew that it is theirs. Tell whether codes on paper ended too.
    """
    is_written_down = by.pk not in {initiator.user_id, initiator.user.account_id}
    if is_written_down:
        belongs_to_nobody(resident=initiator.user, by=by, at=at)
    else:
        revoke_keys(user=initiator.user, by=by, at=at, kind=AccessKey.Kind.LINK)
        end_sessions(initiator.user, but=session)
    mail_initiator(initiator=initiator, code="address-changed", at=at, link="", writer=by.name)
    return is_written_down


def require_own_mailbox(initiative: Initiative, by: User) -> None:
    """
    Refuse to change, with a link or code, who has an idea that is an account's: its mailbox does (R14).

    :raises BelongsToAccount: if it is an account's and ``by`` came in with a link or code
    """
    initiator = initiative.initiators.of(by).select_related("user").first()
    if initiator is not None and initiator.user.account_id is not None and not by.is_account:
        raise BelongsToAccount(_("Dit idee hoort bij een account. Log in met je e-mail om dit te veranderen."))


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
