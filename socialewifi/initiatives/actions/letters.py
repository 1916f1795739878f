"""Letters to initiators: written with a new code, printed by a person, and noted as posted (R10)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.actions import write_letter
from socialewifi.core.errors import DomainError, require
from socialewifi.core.models import Message
from socialewifi.core.texts import Secret
from socialewifi.governance.queries import number
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.actions.written import tell_written_for
from socialewifi.initiatives.models import Initiative, Initiator
from socialewifi.people.models import User

CODE_MADE = _("Er is een code op papier gemaakt. Daarmee gaat je pagina over %(title)s open.")


class AlreadyPosted(DomainError):
    """Raised when a letter is noted as posted that was noted so before."""

    field = "letters"


@transaction.atomic
def give_access_letter(*, initiator: Initiator, by: User, at: datetime) -> Message:
    """
    Write a letter with a new short code for an initiator's own page, to print and give at once.

    Only the letter that is returned can be read in full; what is kept of it has no code. Whoever reads mail hears of
    it there: a code in someone else's hand opens their page (R14).
    """
    initiative = Initiative.objects.locked(initiator.initiative_id)
    initiator.initiative = initiative
    require(rules.can_give_code(by, initiative))
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
    if initiator.preferred_channel == User.Channel.EMAIL:
        tell_written_for(initiator=initiator, words=CODE_MADE, by=by, at=at)
    return letter


@transaction.atomic
def post_letters(*, letters: Iterable[Message], by: User, at: datetime) -> int:
    """
    Note that these letters were given or posted; a code in them is no longer readable here. Return how many.

    :raises AlreadyPosted: if none of them was still waiting
    """
    waiting = Message.objects.letters().waiting().filter(pk__in=[letter.pk for letter in letters])
    posted = list(waiting.select_for_update().order_by("pk"))
    if not posted:
        raise AlreadyPosted(_("Deze brieven stonden al op verstuurd."))
    initiatives = Initiative.objects.in_bulk([letter.subject_id for letter in posted if letter.subject_id])
    for letter in posted:
        initiative = initiatives[letter.subject_id or 0]
        require(rules.can_see_contact_details(by, initiative))
        letter.note_sent(at=at, by=by)
        events.record(
            "initiatives.letter.posted",
            on=initiative,
            by=by,
            at=at,
            name=by.name,
            to=letter.to_name,
            what=letter.subject,
        )
    return len(posted)
