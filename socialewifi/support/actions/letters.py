"""Letters to initiators: written with a new code, printed by a person, and noted as posted (R10)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from socialewifi.core import events
from socialewifi.core.actions import write_letter
from socialewifi.core.errors import DomainError, require
from socialewifi.core.models import Message
from socialewifi.core.texts import Secret
from socialewifi.governance.queries import number
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.actions.initiators import as_they_are_now
from socialewifi.initiatives.actions.written import mail_written_for, tell_written_for
from socialewifi.initiatives.models import Initiative, Initiator
from socialewifi.people.models import User
from socialewifi.support.queries.letters import reasons_of

CODE_MADE = _("Er is een code op papier gemaakt. Daarmee gaat je pagina over ‘%(title)s’ open.")


class AlreadyPosted(DomainError):
    """Raised when a letter is printed or noted as posted that was noted as posted before."""

    field = "letters"


class WasWithdrawn(DomainError):
    """Raised when a letter is printed or noted as posted that no longer goes out, whatever the reason."""

    field = "letters"


@transaction.atomic
def give_access_letter(*, initiator: Initiator, by: User, at: datetime) -> Message:
    """
    Write a letter with a new short code for an initiator's own page, to print and give at once.

    Only the letter that is returned can be read in full; what is kept of it has no code. Whoever reads mail hears of
    it there: a code in someone else's hand opens their page (R14).

    :raises HasLeft: if they take part no more
    """
    initiative = Initiative.objects.locked(initiator.initiative_id)
    require(rules.can_give_code(by, initiative))
    initiator = as_they_are_now(initiator, initiative=initiative)
    letter = write_letter(
        code="letter-access",
        name=initiator.name,
        address=initiator.address,
        language=initiator.language,
        at=at,
        recipient_id=initiator.user_id,
        about=initiative,
        title=initiative.title,
        access_code=Secret(lambda: entrance.new_code(user=initiator.user, by=by, at=at)),
        days=number("letter-code-validity").value,
    )
    Message.objects.get(pk=letter.pk).note_sent(at=at, by=by)
    events.record("initiatives.letter.given", on=initiative, by=by, at=at, name=by.name, to=initiator.name)
    if initiator.user.account_id is not None:
        mail_written_for(initiator=initiator, words=CODE_MADE, by=by, at=at)
    elif initiator.preferred_channel == User.Channel.EMAIL:
        tell_written_for(initiator=initiator, words=CODE_MADE, by=by, at=at)
    return letter


@transaction.atomic
def print_letters(*, letters: Iterable[Message], by: User, at: datetime) -> list[Message]:
    """
    Return these letters with the codes in them, to put on paper; printing one again leaves its own trace.

    :raises AlreadyPosted: if none of them waits
    :raises WasWithdrawn: if one of them no longer goes out
    """
    return _handled("initiatives.letter.printed", letters, by=by, at=at)


@transaction.atomic
def post_letters(*, letters: Iterable[Message], by: User, at: datetime) -> int:
    """
    Note that these letters were given or posted; a code in them is no longer readable here. Return how many.

    :raises AlreadyPosted: if none of them waits
    :raises WasWithdrawn: if one of them no longer goes out
    """
    posted = _handled("initiatives.letter.posted", letters, by=by, at=at)
    for letter in posted:
        letter.note_sent(at=at, by=by)
    return len(posted)


def _handled(kind: str, letters: Iterable[Message], *, by: User, at: datetime) -> list[Message]:
    """Lock these letters and what they are about, and record the deed with each that waits, if ``by`` may do it."""
    initiatives, chosen = _locked(list(letters))
    for letter in chosen:
        require(rules.can_handle_letters(by, initiatives[letter.subject_id or 0]))
    _refuse_withdrawn(chosen)
    waiting = [letter for letter in chosen if letter.sent_at is None]
    if not waiting:
        raise AlreadyPosted(_("Deze brieven stonden al op verstuurd."))
    for letter in waiting:
        about, what = initiatives[letter.subject_id or 0], letter.subject_to_tell
        events.record(kind, on=about, by=by, at=at, name=by.name, to=letter.to_name, what=what, letter=letter.pk)
    return waiting


def _locked(letters: list[Message]) -> tuple[dict[int, Initiative], list[Message]]:
    """Lock the initiatives first, as every deed does; whose letter it is, never changes."""
    about = Initiative.objects.filter(pk__in={letter.subject_id for letter in letters})
    about = about.select_for_update(of=("self",)).select_related("municipality").prefetch_related("interests")
    initiatives = {one.pk: one for one in about.order_by("pk")}
    chosen = Message.objects.letters().filter(
        pk__in=[letter.pk for letter in letters], subject_type=Initiative._meta.label_lower
    )
    return initiatives, list(chosen.select_for_update().order_by("pk"))


def _refuse_withdrawn(letters: list[Message]) -> None:
    ended = [letter for letter in letters if letter.withdrawn_at is not None]
    if not ended:
        return
    reasons = reasons_of(ended)
    told = [letter.to_name + (f" ({reasons[letter.pk]})" if reasons[letter.pk] else "") for letter in ended]
    raise WasWithdrawn(
        ngettext(
            "De brief aan %(told)s is teruggehaald. Doe hem niet op de post. Er is nog niets genoteerd of geprint.",
            "De brieven aan %(told)s zijn teruggehaald. Doe ze niet op de post. Er is nog niets genoteerd of geprint.",
            len(ended),
        )
        % {"told": ", ".join(told)}
    )
