"""What waits to go out while its reader moves or what it asks ends: nothing goes out that should not (R10, R14)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.actions import mail_letter, write_letter_again
from socialewifi.core.models import Message, MessageQuerySet
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.actions.written import CODE as WRITTEN_FOR
from socialewifi.initiatives.models import Initiative, Initiator, InsteadOfLetter, JoinAnswer, JoinProposal, LetterEnds
from socialewifi.people.models import User

ASKS_TO_JOIN = "join-asked"
# Mailed to an older address on purpose; and about the address itself: that says nothing at another one.
ADDRESS_CHANGED, ADDRESS_NEW = "address-changed", "address-new"
ABOUT_ACCESS = "people."
NOT_ARRIVED = _("onze mail komt niet aan")
FIND_ADDRESS = _(
    "Een mail aan %(name)s (%(address)s) kwam niet aan. Bel, vraag welk adres klopt en pas het aan. Dit stond erin:"
)


@transaction.atomic
def move_letters(*, initiator: Initiator, former: str, by: User | None, at: datetime) -> None:
    """
    Take back what waits to be printed for them at ``former``, their address until now; the deed asked whether it may.

    The same words go to where they live now, with a new code. Who is no longer reached by letter is mailed or called.
    What was posted, and what is written to an older address on purpose, stays as it is. Every deed after which the
    codes in those letters open nothing ends with this, also where the address stays the same.
    """
    theirs = Message.objects.letters().waiting().filter(recipient=initiator.user_id, to_address=former)
    because = LetterEnds.CODE_ENDED if initiator.address == former else LetterEnds.MOVED
    for letter in theirs.select_for_update().order_by("pk"):
        follows = _tell_otherwise(letter, initiator, at=at)
        _take_back(letter, initiator.initiative, because=because, follows=follows, by=by, at=at)


def move_mails(*, initiator: Initiator, former: str, at: datetime) -> None:
    """
    Take back what waits to be mailed to them at ``former``, which is not where they are mailed any more.

    What it says they hear where they are reached now. The caller holds the lock on the initiative.
    """
    for mail in _mails_to(initiator, former).exclude(kind=ADDRESS_CHANGED).to_take_back():
        if mail.kind != ADDRESS_NEW:
            _tell_otherwise(mail, initiator, at=at)
        mail.note_withdrawn(at=at)


def drop_mails(*, initiative: Initiative, email: str, at: datetime) -> None:
    """Mail nothing about this initiative any more to who said no or is not asked any more, also not what waits."""
    about = Message.objects.mails().filter(subject_type=Initiative._meta.label_lower, subject_id=initiative.pk)
    for mail in about.filter(to_email=email).to_take_back() if email else ():
        mail.note_withdrawn(at=at)


def _mails_to(initiator: Initiator, email: str) -> MessageQuerySet:
    about = Message.objects.mails().filter(
        subject_type=Initiative._meta.label_lower, subject_id=initiator.initiative_id
    )
    return about.filter(to_email=email, recipient__in=[initiator.user_id, initiator.user.account_id])


@transaction.atomic
def call_instead_of_mail(mail: Message, *, at: datetime) -> None:
    """
    Put on the call list what an initiator was mailed about an initiative, and that it did not arrive.

    Mail about access is left out: whoever asks for a code is told on the page to call.
    """
    if mail.recipient_id is None or mail.kind.startswith(ABOUT_ACCESS):
        return
    theirs = Initiator.objects.current().filter(Q(user=mail.recipient_id) | Q(user__account=mail.recipient_id))
    if mail.subject_type == Initiative._meta.label_lower:
        theirs = theirs.filter(initiative=mail.subject_id)
    initiator = theirs.filter(email=mail.to_email).select_related("initiative__contact_person").order_by("pk").last()
    if initiator is None:
        _tell_who_moved_meanwhile(mail, theirs, at=at)
        return
    with translation.override("nl"):
        words = str(FIND_ADDRESS) % {"name": initiator.name, "address": mail.to_email}
        subject = str(NOT_ARRIVED)
    _have_it_said(mail, initiator, at=at, subject=subject, first=words)
    events.record("initiatives.mail.undeliverable", on=initiator.initiative, by=None, at=at, to=initiator.name)


def _tell_who_moved_meanwhile(mail: Message, theirs: QuerySet[Initiator], *, at: datetime) -> None:
    """Tell it where they are reached now; the mailbox that answered is not theirs any more."""
    moved = theirs.filter(initiative=mail.subject_id).select_related("initiative__contact_person", "user").first()
    if mail.subject_type == Initiative._meta.label_lower and moved is not None and moved.disowned_at is None:
        _tell_otherwise(mail, moved, at=at)
        mail.note_withdrawn(at=at)


def end_letters(initiative: Initiative, *, at: datetime) -> None:
    """
    Take back the letters that wait and that nobody has to read any more, each with the reason why.

    Every deed that ends a question, or lets someone leave, ends with this, as with ``close_calls``. The caller holds
    the lock.
    """
    about = Message.objects.letters().waiting()
    about = about.filter(subject_type=Initiative._meta.label_lower, subject_id=initiative.pk)
    if not about.exists():
        return
    for because, ended in _ended(initiative, about):
        for letter in ended.select_for_update(of=("self",)).order_by("pk"):
            _take_back(letter, initiative, because=because, follows=InsteadOfLetter.NOTHING, by=None, at=at)


def _ended(initiative: Initiative, letters: MessageQuerySet) -> list[tuple[LetterEnds, MessageQuerySet]]:
    """Return each reason why a letter ends, with the letters it ends."""
    theirs = Initiator.objects.filter(initiative=initiative, user=OuterRef("recipient"))
    left = Exists(theirs.exclude(left_at=None)) & ~Exists(theirs.current())
    questions = letters.filter(kind=ASKS_TO_JOIN)
    proposal = JoinProposal.objects.waiting().about(initiative).first()
    if proposal is not None:
        agreed = JoinAnswer.objects.filter(proposal=proposal, agrees=True)
        questions = questions.filter(Exists(agreed.filter(initiator__user=OuterRef("recipient"))))
    # What was written down in someone's name they hear, also when they take part no longer (R10).
    return [(LetterEnds.LEFT, letters.filter(left).exclude(kind=WRITTEN_FOR)), (LetterEnds.ANSWERED, questions)]


def _take_back(
    letter: Message,
    initiative: Initiative,
    *,
    because: LetterEnds,
    follows: InsteadOfLetter,
    by: User | None,
    at: datetime,
) -> None:
    letter.note_withdrawn(at=at)
    events.record(
        "initiatives.letter.withdrawn",
        on=initiative,
        by=by,
        at=at,
        to=letter.to_name,
        what=letter.subject_to_tell,
        because=because,
        follows=follows,
        letter=letter.pk,
    )


def _tell_otherwise(letter: Message, initiator: Initiator, *, at: datetime) -> InsteadOfLetter:
    """Tell its words in the way in which they are reached now, and return what we do."""
    if initiator.preferred_channel == User.Channel.LETTER and initiator.address:
        write_letter_again(
            letter=letter,
            name=initiator.name,
            address=initiator.address,
            new_secret=lambda: str(entrance.code(initiator, at=at)),
            at=at,
        )
        return InsteadOfLetter.LETTER
    if initiator.preferred_channel == User.Channel.EMAIL and initiator.email:
        mail_letter(letter=letter, name=initiator.name, email=initiator.email, at=at)
        return InsteadOfLetter.MAIL
    _have_it_said(letter, initiator, at=at)
    return InsteadOfLetter.CALL


def _have_it_said(letter: Message, initiator: Initiator, *, at: datetime, subject: str = "", first: str = "") -> None:
    """Put its words on the call list; nothing is read out that opens a page, or tells where it is."""
    said = [first] if first else []
    said += [part for part in letter.body_to_tell.split("\n\n") if settings.BASE_URL not in part]
    asked = JoinProposal.objects.waiting().about(initiator.initiative)
    proposal = asked.first() if letter.kind == ASKS_TO_JOIN else None
    ask_to_call(
        initiative=initiator.initiative,
        initiator=initiator,
        name=initiator.name,
        subject=subject or letter.subject_to_tell,
        words="\n\n".join(said),
        at=at,
        asks={"joining": proposal} if proposal else None,
    )
