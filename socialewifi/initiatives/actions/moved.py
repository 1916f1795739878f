"""Letters that wait while their reader moves: taken back from the old address, and told where they are now (R14)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.actions import write_letter_again
from socialewifi.core.models import Message
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.models import Initiator
from socialewifi.people.models import User

SENT_ON = _("We sturen hem naar het nieuwe adres.")
SAID = _("We bellen over wat erin staat.")


@transaction.atomic
def move_letters(*, initiator: Initiator, former: str, by: User, at: datetime) -> None:
    """
    Take back what waits to be printed for them at ``former``, their address until now; the deed asked whether it may.

    The same words go to where they live now, with a new code. Who is no longer reached by letter is called. What was
    posted, and what is written to an older address on purpose, stays as it is.
    """
    theirs = Message.objects.letters().waiting().filter(recipient=initiator.user_id, to_address=former)
    for letter in theirs.select_for_update().order_by("pk"):
        if initiator.preferred_channel == User.Channel.LETTER and initiator.address:
            _send_on(letter, initiator, at=at)
            follows = SENT_ON
        else:
            _have_it_said(letter, initiator, at=at)
            follows = SAID
        letter.note_withdrawn(at=at)
        events.record(
            "initiatives.letter.withdrawn",
            on=initiator.initiative,
            by=by,
            at=at,
            to=letter.to_name,
            what=letter.subject_to_tell,
            follows=follows,
        )


def _send_on(letter: Message, initiator: Initiator, *, at: datetime) -> None:
    write_letter_again(
        letter=letter,
        name=initiator.name,
        address=initiator.address,
        new_secret=lambda: str(entrance.code(initiator, at=at)),
        at=at,
    )


def _have_it_said(letter: Message, initiator: Initiator, *, at: datetime) -> None:
    """Put its words on the call list; nothing is read out that opens a page."""
    ask_to_call(
        initiative=initiator.initiative,
        initiator=initiator,
        name=initiator.name,
        subject=letter.subject_to_tell,
        words=letter.body_to_tell,
        at=at,
    )
