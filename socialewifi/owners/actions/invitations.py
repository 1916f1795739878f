"""Asking someone to own an initiative together; they decide themselves, by mail or on the phone (R4, R10)."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.actions import send_mail
from socialewifi.core.addresses import mailbox_of
from socialewifi.core.errors import DomainError, require
from socialewifi.core.texts import Secret
from socialewifi.governance.queries import number
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.asked import end_invitations
from socialewifi.initiatives.actions.calls import call_invited, close_calls
from socialewifi.initiatives.actions.doubles import ask_newcomer, lock_with_its_join
from socialewifi.initiatives.actions.inform import mention_to_contact, mention_to_initiators
from socialewifi.initiatives.actions.initiators import CannotBeReached, Who, add_initiator
from socialewifi.initiatives.actions.moved import drop_mails
from socialewifi.initiatives.actions.publishing import settle
from socialewifi.initiatives.actions.strangers import require_mailable
from socialewifi.initiatives.actions.written import tell_invited, tell_written_for
from socialewifi.initiatives.models import Consent, EffectStory, Initiative, Initiator, Invitation
from socialewifi.owners.actions.ownership import check_reach, require_own_mailbox
from socialewifi.people.actions.residents import new_resident
from socialewifi.people.models import User

# What someone hears of an answer that was written down for them.
SAID_YES = {
    True: _("Je doet mee met ‘%(title)s’. Wat er openbaar is, mag zo blijven."),
    False: _("Je doet mee met ‘%(title)s’."),
}


WAITING_AT_ONCE = 5
ASKED_PER_DAY = 10
# So many noes of one mailbox, to whichever ideas, are a no to being asked for a while.
NOES = 2
NO_LASTS = timedelta(days=90)


class InvitationClosed(DomainError):
    """Raised when an invitation was answered, taken back or ran out, or the initiative has stopped."""


class AlreadyAsked(DomainError):
    """Raised when someone is asked who owns it already, or was asked and has not answered yet."""

    field = "email"


class TooManyAsked(DomainError):
    """Raised when an initiative asked as many people as fit in a while: the platform mails no crowds of strangers."""


class CannotOwn(DomainError):
    """Raised when the contact person would own what they guide (R5)."""


class OtherAddress(DomainError):
    """Raised when someone at work writes down a yes with another e-mail address than was asked."""

    field = "email"

    def __init__(self) -> None:
        super().__init__(_("De vraag ging naar een ander e-mailadres. Een nieuw adres geeft diegene zelf door."))


@transaction.atomic
def invite_initiator(
    *, initiative: Initiative, name: str, email: str = "", phone: str = "", by: User, at: datetime
) -> Invitation:
    """
    Ask someone to own it together: by mail with a personal link, or else the contact person calls.

    :raises CannotBeReached: without an e-mail address and a phone number
    :raises AlreadyAsked: if they own it, were asked and did not answer yet, said no, or were asked and it was revoked
    :raises TooManyAsked: if enough people were asked for now
    :raises MailedOften: if their address was mailed often enough today
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_edit_plan(by, initiative))
    require_own_mailbox(initiative, by)
    if not rules.can_invite(by, initiative):
        raise TooManyAsked(_("Dat kan zodra je een contactpersoon hebt."))
    if not email and not phone:
        raise CannotBeReached(_("Vul een telefoonnummer of een e-mailadres in."))
    _refuse_asked_before(initiative, email, phone, at=at)
    _refuse_too_many(initiative, at=at)
    require_mailable(email)
    token = secrets.token_urlsafe(32)
    term = number("link-validity")
    invitation = Invitation.objects.create(
        initiative=initiative,
        name=name,
        email=email,
        phone=phone,
        digest=digest(token),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=term.value),
    )
    events.record("initiatives.invitation.sent", on=initiative, by=by, at=at, name=by.name, invited=name)
    _deliver(invitation, token, days=term.value, at=at)
    return invitation


@transaction.atomic
def accept_invitation(
    *,
    invitation: Invitation,
    who: Who,
    agrees: bool = False,
    through: str = User.Channel.EMAIL,
    at: datetime,
    by: User | None = None,
) -> Initiator:
    """
    Become an initiator. What is published stays so only if the newcomer ``agrees``; without it, it is hidden (R4).

    ``by`` is the person at work who wrote the answer down, or None when the invited answered themselves; whoever it
    was written down for hears at once.

    :raises InvitationClosed: if it no longer holds
    :raises OtherAddress: if ``by`` writes down another e-mail address than was invited
    :raises CannotOwn: if they are the contact person
    """
    lock_with_its_join(invitation.initiative)
    initiative, invitation = _locked(invitation, at=at)
    require(by is None or rules.can_work_on(by, initiative))
    check_reach(who)
    if by is not None and invitation.email and who.email not in {"", invitation.email}:
        raise OtherAddress
    _refuse_owner(initiative, who.email)
    user = new_resident(name=who.name, phone=who.phone, language=who.language, at=at)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    initiator = add_initiator(initiative=initiative, user=user, who=who, at=at, invited_by=invitation.invited_by)
    _record(invitation, "accepted", by=user, writer=by, at=at)
    if agrees:
        _agree_to_what_shows(initiative, initiator, through=through, by=by or user, at=at)
    settle(initiative, by=by or user, at=at)
    told = _("%(name)s doet nu mee met ‘%(title)s’.")
    mention_to_initiators(
        initiative=initiative,
        words=told,
        to=("mine-initiative", initiative.key),
        at=at,
        without=user,
        name=initiator.name,
    )
    mention_to_contact(initiative=initiative, words=told, at=at, name=initiator.name)
    initiator.initiative = initiative
    ask_newcomer(rules.waiting_join(initiative), initiator, at=at)
    if by is not None:
        tell_written_for(initiator=initiator, words=SAID_YES[agrees], by=by, at=at)
        if not _is_reached_where_asked(invitation, initiator):
            # Whoever answered says where they hear of it now; whoever was asked hears it where they were asked.
            tell_invited(invitation=invitation, words=SAID_YES[agrees], by=by, at=at)
    return initiator


@transaction.atomic
def refuse_invitation(*, invitation: Invitation, at: datetime, by: User | None = None) -> None:
    """
    Say no; who invited reads it.

    ``by`` is the person at work who wrote it down, if someone did; the invited then hears so at once.

    :raises InvitationClosed: if it no longer holds
    """
    initiative, invitation = _locked(invitation, at=at)
    require(by is None or rules.can_work_on(by, initiative))
    invitation.refused_at = at
    invitation.save(update_fields=["refused_at"])
    drop_mails(initiative=initiative, email=invitation.email, at=at)
    _record(invitation, "refused", by=None, writer=by, at=at)
    close_calls(initiative, at=at)
    if by is not None:
        tell_invited(invitation=invitation, words=_("Je doet niet mee met ‘%(title)s’."), by=by, at=at)


def write_answer(
    *, invitation: Invitation, answer: str, who: Who, agrees: bool = False, through: str, by: User, at: datetime
) -> None:
    """Write down at work whether someone who was called joins, "yes" or "no" (R10)."""
    if answer == "no":
        refuse_invitation(invitation=invitation, by=by, at=at)
    else:
        accept_invitation(invitation=invitation, who=who, agrees=agrees, through=through, by=by, at=at)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Take an invitation back before it is answered."""
    initiative, invitation = _locked(invitation, at=at)
    require(rules.owns(by, initiative))
    end_invitations([invitation], of=initiative, name=by.name, by=by, at=at)
    close_calls(initiative, at=at)


def digest(token: str) -> str:
    """Return the fingerprint of an invitation's link; the link itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def _is_reached_where_asked(invitation: Invitation, initiator: Initiator) -> bool:
    if initiator.preferred_channel == User.Channel.EMAIL:
        return initiator.email == invitation.email
    by_phone = initiator.preferred_channel in {User.Channel.PHONE, User.Channel.VISIT}
    return by_phone and initiator.phone == invitation.phone


def _refuse_too_many(initiative: Initiative, *, at: datetime) -> None:
    if initiative.invitations.waiting(at).count() >= WAITING_AT_ONCE:
        raise TooManyAsked(
            _("Er wachten al %(count)s vragen op antwoord. Wacht even, of trek er een in.") % {"count": WAITING_AT_ONCE}
        )
    if initiative.invitations.filter(invited_at__gt=at - timedelta(days=1)).count() >= ASKED_PER_DAY:
        raise TooManyAsked(_("Jullie vroegen vandaag al veel mensen. Ga morgen verder, of bel je contactpersoon."))


def _refuse_asked_before(initiative: Initiative, email: str, phone: str, *, at: datetime) -> None:
    if email and initiative.initiators.current().filter(email=email).exists():
        raise AlreadyAsked(_("Diegene doet al mee."))
    if any(_is_the_same(one, email, "") for one in initiative.invitations.waiting(at)):
        raise AlreadyAsked(_("Diegene is al gevraagd en heeft nog niet geantwoord."))
    if email and _noes_of(mailbox_of(email), at=at) >= NOES:
        raise AlreadyAsked(_("Diegene wil nu niet gevraagd worden. Wil diegene toch meedoen? Bel ons."))
    ended = initiative.invitations.filter(Q(refused_at__isnull=False) | Q(revoked_at__isnull=False))
    if any(_is_the_same(one, email, phone) for one in ended):
        words = _(
            "Diegene is al eens gevraagd: het werd een nee, of de vraag is ingetrokken. Eén keer vragen is genoeg."
        )
        raise AlreadyAsked(words)


def _is_the_same(invitation: Invitation, email: str, phone: str) -> bool:
    """Tell whether this asked the same mailbox, however it is spelled, or the same number."""
    same_mailbox = bool(email and invitation.email) and mailbox_of(invitation.email) == mailbox_of(email)
    return same_mailbox or bool(phone and invitation.phone == phone)


def _noes_of(mailbox: str, *, at: datetime) -> int:
    domain = mailbox.rpartition("@")[2]
    noes = Invitation.objects.filter(refused_at__gt=at - NO_LASTS, email__endswith=f"@{domain}")
    return sum(mailbox_of(email) == mailbox for email in noes.values_list("email", flat=True))


def _refuse_owner(initiative: Initiative, email: str) -> None:
    if email and initiative.contact_person is not None and initiative.contact_person.email == email:
        raise CannotOwn(_("Jij helpt dit idee als contactpersoon. Dan kun je er niet ook de baas van zijn."))
    if email and initiative.initiators.current().filter(email=email).exists():
        raise InvitationClosed(_("Je doet al mee."))


def _deliver(invitation: Invitation, token: str, *, days: int, at: datetime) -> None:
    initiative = invitation.initiative
    if invitation.email:
        send_mail(
            code="invitation",
            name=invitation.name,
            email=invitation.email,
            language=get_language() or "nl",
            at=at,
            about=initiative,
            title=initiative.title,
            inviter=invitation.invited_by.name,
            link=Secret(lambda: f"{settings.BASE_URL}{reverse('invitation', args=[token])}"),
            days=days,
        )
    else:
        call_invited(invitation, at=at)


def _locked(invitation: Invitation, *, at: datetime) -> tuple[Initiative, Invitation]:
    initiative = Initiative.objects.locked(invitation.initiative_id)
    waiting = initiative.invitations.waiting(at).filter(pk=invitation.pk).select_related("invited_by").first()
    if waiting is None or not rules.goes_on(initiative):
        raise InvitationClosed(_("Deze uitnodiging werkt niet meer. Vraag om een nieuwe, of bel ons."))
    waiting.initiative = initiative
    return initiative, waiting


def _record(invitation: Invitation, verb: str, *, by: User | None, writer: User | None, at: datetime) -> None:
    events.record(
        f"initiatives.invitation.{verb}",
        on=invitation.initiative,
        by=writer or by,
        at=at,
        on_behalf_of=invitation.name if writer else "",
        invited=invitation.name,
    )


def _agree_to_what_shows(initiative: Initiative, initiator: Initiator, *, through: str, by: User, at: datetime) -> None:
    given = {"initiator": initiator, "given_at": at, "given_through": through, "recorded_by": by}
    if initiative.published_at is not None:
        Consent.objects.create(subject=Consent.Subject.PAGE, **given)
    for story in EffectStory.objects.filter(initiative=initiative, published_at__isnull=False):
        Consent.objects.create(subject=Consent.Subject.STORY, story=story, **given)
