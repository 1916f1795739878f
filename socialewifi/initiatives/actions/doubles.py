"""Two initiatives that are the same one: asking their initiators to go on together, and taking that back (R4)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.core.lazy import LazyStr
from socialewifi.core.workdays import add_workdays
from socialewifi.governance.queries import number
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.calls import call_again, close_calls
from socialewifi.initiatives.actions.inform import (
    mention_to_initiators,
    tell_colleague,
    tell_initiator,
    tell_initiators,
)
from socialewifi.initiatives.actions.interest import step_aside
from socialewifi.initiatives.actions.moved import end_letters
from socialewifi.initiatives.actions.written import tell_written_for
from socialewifi.initiatives.models import Initiative, Initiator, Interest, JoinAnswer, JoinProposal
from socialewifi.people.models import User

ANSWER_WRITTEN = {
    True: _("Jij vindt het goed dat ‘%(title)s’ samen verdergaat met ‘%(other)s’."),
    False: _("Jij wilt niet dat ‘%(title)s’ samen verdergaat met ‘%(other)s’."),
}


class CannotJoin(DomainError):
    """Raised when two initiatives cannot be joined: the same one, joined before, or one of them is being weighed."""

    field = "into"


class JoinClosed(DomainError):
    """Raised when the question to go on together is answered or taken back that no longer waits."""

    def __init__(self) -> None:
        super().__init__(_("Deze vraag is er niet meer. Kijk op je pagina hoe het nu staat."))


class NotJoined(DomainError):
    """Raised when a join is undone that is not there."""


@transaction.atomic
def propose_join(*, initiative: Initiative, into: Initiative, by: User, at: datetime) -> JoinProposal:
    """
    Ask the initiators of both whether ``initiative`` may go on in ``into``; nothing changes before everyone says yes.

    :raises CannotJoin: if they cannot be one, or one of them was asked already
    """
    initiative, into = _locked_pair(initiative, into)
    require(rules.can_work_on(by, initiative) and rules.can_work_on(by, into))
    _check(initiative, into)
    if any(rules.waiting_join(one) for one in (initiative, into)):
        raise CannotJoin(_("Er loopt al een vraag om samen te gaan. Wacht op het antwoord, of trek die eerst in."))
    due_on = add_workdays(timezone.localdate(at), number("join-term").value)
    proposal = JoinProposal.objects.create(initiative=initiative, into=into, asked_by=by, asked_at=at, due_on=due_on)
    for one in _both(proposal):
        other = proposal.other_than(one).title_for_all
        events.record("initiatives.join.asked", on=one, by=by, at=at, name=by.name, other=other)
        tell_initiators(
            initiative=one,
            code="join-asked",
            at=at,
            asks={"joining": proposal},
            other=other,
            asker=by.name,
            due=due_on,
        )
    _join_once_everyone_agrees(proposal, by=by, at=at)
    return proposal


@transaction.atomic
def answer_join(*, initiative: Initiative, agrees: bool, by: User, at: datetime) -> JoinProposal:
    """
    Say yes or no to going on together, as an initiator of one of the two.

    :raises JoinClosed: if nothing is asked any more
    """
    proposal = _lock_waiting(initiative)
    sides = [one for one in _both(proposal) if rules.owns(by, one)]
    require(bool(sides))
    mine = Initiator.objects.of(by).filter(initiative__in=sides)
    _answer(proposal, mine, agrees=agrees, through=User.Channel.EMAIL, by=by, at=at)
    return proposal


@transaction.atomic
def write_join_answer(*, initiator: Initiator, agrees: bool, through: str, by: User, at: datetime) -> JoinProposal:
    """
    Write down what an initiator said on the phone or on paper; they hear what was written (R10).

    :raises JoinClosed: if nothing is asked any more
    """
    proposal = _lock_waiting(initiator.initiative)
    initiator = Initiator.objects.select_related("user").get(pk=initiator.pk)
    initiator.initiative = next(one for one in _both(proposal) if one.pk == initiator.initiative_id)
    is_theirs_to_write = rules.can_work_on(by, initiator.initiative) and not rules.has_part_in_join(by, proposal)
    require(is_theirs_to_write and initiator.left_at is None)
    other = proposal.other_than(initiator.initiative).title_for_all
    tell_written_for(initiator=initiator, words=ANSWER_WRITTEN[agrees], by=by, at=at, other=other)
    _answer(proposal, [initiator], agrees=agrees, through=through, by=by, at=at, written_by=by)
    return proposal


@transaction.atomic
def drop_join(*, initiative: Initiative, by: User, at: datetime) -> None:
    """
    Take the question back before everyone answered.

    :raises JoinClosed: if nothing is asked any more
    """
    proposal = _lock_waiting(initiative)
    require(any(rules.can_work_on(by, one) for one in _both(proposal)))
    _end(proposal, "dropped", by=by, at=at)


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
    JoinProposal.objects.in_force().filter(initiative=initiative, into=into).update(undone_at=at)
    for one, other in ((initiative, into.title_for_all), (into, initiative.title_for_all)):
        events.record("initiatives.initiative.split", on=one, by=by, at=at, name=by.name, other=other)
        tell_initiators(initiative=one, code="initiatives-split", at=at, other=other)
    call_again(initiative, at=at)
    return initiative


def lock_with_its_join(initiative: Initiative) -> tuple[Initiative, JoinProposal | None]:
    """Lock an initiative, and the one it was asked to go on with: both, in one order, for who may settle that."""
    found = JoinProposal.objects.waiting().about(initiative).first()
    if found is None:
        return _locked_with_where_it_goes_on(initiative), None
    try:
        proposal = _lock_waiting(initiative)
    except JoinClosed:
        # Someone was first; both are locked all the same.
        return Initiative.objects.locked(initiative.pk), None
    return next(one for one in _both(proposal) if one.pk == initiative.pk), proposal


def _locked_with_where_it_goes_on(initiative: Initiative) -> Initiative:
    """Lock it, and what it rests in: whoever turns out to own the first steps aside from both (R5)."""
    into = Initiative.objects.filter(joined_from=initiative).first()
    return Initiative.objects.locked(initiative.pk) if into is None else _locked_pair(initiative, into)[0]


def settle_join(proposal: JoinProposal | None, *, by: User, at: datetime) -> None:
    """
    Go on together if everyone who is left said yes: whoever leaves takes their answer along (R4).

    What no longer can go together is asked no longer.
    """
    if proposal is not None and not _drop_what_cannot_be(proposal, at=at):
        _join_once_everyone_agrees(proposal, by=by, at=at)


def ask_newcomer(proposal: JoinProposal | None, initiator: Initiator, *, at: datetime) -> None:
    """Ask whoever became an initiator while it is asked: their yes is needed too."""
    if proposal is not None:
        other = proposal.other_than(initiator.initiative).title_for_all
        asker, due = proposal.asked_by.name, proposal.due_on
        asks = {"joining": proposal}
        tell_initiator(initiator=initiator, code="join-asked", at=at, asks=asks, other=other, asker=asker, due=due)


def _lock_waiting(initiative: Initiative) -> JoinProposal:
    """
    Return the question that waits, with both initiatives locked.

    :raises JoinClosed: if there is none
    """
    found = JoinProposal.objects.waiting().about(initiative).first()
    if found is None:
        raise JoinClosed
    one, other = _locked_pair(found.initiative, found.into)
    proposal = JoinProposal.objects.waiting().select_related("asked_by").filter(pk=found.pk).first()
    if proposal is None:
        raise JoinClosed
    proposal.initiative, proposal.into = one, other
    return proposal


def _answer(
    proposal: JoinProposal,
    initiators: Iterable[Initiator],
    *,
    agrees: bool,
    through: str,
    by: User,
    at: datetime,
    written_by: User | None = None,
) -> None:
    given = {"agrees": agrees, "at": at, "through": through, "written_by": written_by}
    sides = {one.pk: one for one in _both(proposal)}
    for initiator in initiators:
        JoinAnswer.objects.update_or_create(proposal=proposal, initiator=initiator, defaults=given)
        events.record(
            f"initiatives.join.{'answered' if agrees else 'declined'}",
            on=sides[initiator.initiative_id],
            by=by,
            at=at,
            on_behalf_of=initiator.name if written_by else "",
            initiator=initiator.name,
        )
    if not agrees:
        _end(proposal, "refused", by=None, at=at)
        _tell_asker(
            proposal, _("‘%(title)s’ gaat niet samen met ‘%(other)s’: een initiatiefnemer wil dat niet."), at=at
        )
    else:
        _end_asking(proposal, at=at)
        _join_once_everyone_agrees(proposal, by=by, at=at)


def _join_once_everyone_agrees(proposal: JoinProposal, *, by: User, at: datetime) -> None:
    owners = Initiator.objects.current().filter(initiative__in=_both(proposal))
    if owners.exclude(join_answers__in=proposal.answers.filter(agrees=True)).exists():
        return
    if not _drop_what_cannot_be(proposal, at=at):
        _join(proposal, by=by, at=at)


def _drop_what_cannot_be(proposal: JoinProposal, *, at: datetime) -> bool:
    """Take the question back if one of them is weighed meanwhile, or ended; tell whether it was."""
    try:
        _check(proposal.initiative, proposal.into)
    except CannotJoin:
        _end(proposal, "dropped", by=None, at=at)
        _tell_asker(proposal, _("‘%(title)s’ en ‘%(other)s’ kunnen nu niet samengaan. De vraag is ingetrokken."), at=at)
        return True
    return False


def _join(proposal: JoinProposal, *, by: User, at: datetime) -> None:
    """Let one rest and the other go on; from this moment the initiators of the first read what happens there."""
    initiative, into = proposal.initiative, proposal.into
    proposal.accepted_at = at
    proposal.save(update_fields=["accepted_at"])
    initiative.joined_into = into
    initiative.save(update_fields=["joined_into"])
    initiative.handovers.running().update(dropped_at=at)
    _end_asking(proposal, at=at)
    _step_aside_from(into, whose=initiative, at=at)
    _step_aside_from(initiative, whose=into, at=at)
    resting, going_on = initiative.title_for_all, into.title_for_all
    events.record("initiatives.initiative.joined", on=initiative, by=by, at=at, name=by.name, other=going_on)
    events.record("initiatives.initiative.grown", on=into, by=by, at=at, name=by.name, other=resting)
    tell_initiators(
        initiative=initiative, code="initiatives-joined", at=at, other=going_on, contact=into.contact_person
    )
    _mention(into, _("‘%(other)s’ gaat nu samen verder met ‘%(title)s’."), other=resting, at=at)
    _tell_asker(proposal, _("‘%(title)s’ gaat nu samen verder met ‘%(other)s’: iedereen zei ja."), at=at)


def _step_aside_from(into: Initiative, *, whose: Initiative, at: datetime) -> None:
    """Whoever owns one of the two is involved in the other too (R5); a contact person hands it over first."""
    owners = User.objects.filter(known_as__initiator_of__initiative=whose, known_as__initiator_of__left_at=None)
    for owner in owners.distinct().order_by("pk"):
        if owner.pk == into.contact_person_id:
            continue
        step_aside(initiative=into, user=owner, relation=Interest.Relation.OWN, at=at)


def _end(proposal: JoinProposal, how: str, *, by: User | None, at: datetime) -> None:
    """Close the question; nobody of the other idea reads who said no."""
    setattr(proposal, f"{how}_at", at)
    proposal.save(update_fields=[f"{how}_at"])
    _end_asking(proposal, at=at)
    for one in _both(proposal):
        other = proposal.other_than(one).title_for_all
        events.record(f"initiatives.join.{how}", on=one, by=by, at=at, other=other)
        _mention(one, _("‘%(title)s’ en ‘%(other)s’ gaan niet samen. Alles blijft zoals het was."), other=other, at=at)


def _mention(initiative: Initiative, words: LazyStr, *, other: str, at: datetime) -> None:
    to = ("mine-initiative", initiative.key)
    mention_to_initiators(initiative=initiative, words=words, to=to, at=at, other=other)


def _tell_asker(proposal: JoinProposal, words: LazyStr, *, at: datetime) -> None:
    """Tell who asked, whatever comes of it, or the contact of who stepped aside since; in their digest (R5, R12)."""
    aside = set(Interest.objects.filter(initiative__in=_both(proposal)).values_list("user", flat=True))
    hears = next(
        (one for one in (proposal.asked_by, proposal.initiative.contact_person) if one and one.pk not in aside), None
    )
    if hears is not None:
        with translation.override("nl"):
            told = str(words) % {"title": proposal.initiative.title, "other": proposal.into.title}
        tell_colleague(user=hears, initiative=proposal.initiative, words=told, at=at)


def _end_asking(proposal: JoinProposal, *, at: datetime) -> None:
    """Call and write to nobody any more who answered, or about what is over."""
    for one in _both(proposal):
        close_calls(one, at=at)
        end_letters(one, at=at)


def _both(proposal: JoinProposal) -> tuple[Initiative, Initiative]:
    return proposal.initiative, proposal.into


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
