"""What was said in someone's name and still holds, for the owner of the mailbox to confirm or take back (R4, R14)."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from socialewifi.core.redaction import without_contact_details
from socialewifi.initiatives.models import Consent, Initiator, Invitation, JoinAnswer
from socialewifi.people.models import User

PHONE, POST = "phone", "post"
# So much of a number or a street tells its owner that it is theirs, and nobody else whose it is.
SHOWN_OF_NUMBER, SHOWN_OF_STREET = 2, 3
HOUSE_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Standing:
    """
    A yes, a question to someone, an answer or a way to be reached, that holds until it is taken back.

    ``about`` is what it says now: who ticks it, ticks that, and not what somebody made of it meanwhile.
    """

    kind: str
    words: str
    about: str
    row: Consent | Invitation | JoinAnswer | None = None

    @classmethod
    def of(cls, row: Consent | Invitation | JoinAnswer, words: str, *, about: str) -> "Standing":
        return cls(f"{row._meta.model_name}-{row.pk}", words, about, row)

    @property
    def code(self) -> str:
        """Name it in a form, with what it says."""
        return f"{self.kind}:{salted_hmac('standing', self.about).hexdigest()[:16]}"


def standing_in_name_of(initiator: Initiator, *, at: datetime) -> list[Standing]:
    """Return what was said for this initiator and still holds; the same whether they said it or someone else did."""
    consents = initiator.consents.in_force().select_related("story").order_by("pk")
    answers = initiator.join_answers.waiting().select_related("proposal__initiative", "proposal__into").order_by("pk")
    return [
        *_reach(initiator),
        *(Standing.of(one, _consent_words(one, initiator), about=_shown_by(one, initiator)) for one in consents),
        *(Standing.of(one, _asked_words(one), about=one.name) for one in _asked(initiator, at=at)),
        *(Standing.of(one, _join_words(one, initiator), about=str(one.proposal_id)) for one in answers),
    ]


def joined_in_name_of(initiator: Initiator) -> QuerySet[Initiator]:
    """Return who takes part because they were asked in this initiator's name."""
    return initiator.initiative.initiators.current().exclude(invited_by=None).exclude(invited_by__in=_others(initiator))


def _asked(initiator: Initiator, *, at: datetime) -> QuerySet[Invitation]:
    """Keep the questions that no other initiator asked: also those of an account that had this idea before."""
    waiting = initiator.initiative.invitations.waiting(at)
    return waiting.exclude(invited_by__in=_others(initiator)).order_by("pk")


def _others(initiator: Initiator) -> set[int]:
    others = initiator.initiative.initiators.current().exclude(pk=initiator.pk)
    known = others.values_list("user", "user__account")
    return {pk for one in known for pk in one if pk}


def _reach(initiator: Initiator) -> list[Standing]:
    found = []
    if initiator.phone:
        words = _("We bellen op het nummer dat eindigt op %(end)s.") % {"end": initiator.phone[-SHOWN_OF_NUMBER:]}
        found.append(Standing(PHONE, words, initiator.phone))
    if initiator.address:
        house = HOUSE_NUMBER.search(initiator.address)
        shown = f"{initiator.address[:SHOWN_OF_STREET]}… {house[0] if house else ''}".strip()
        words = _("Post gaat naar dit adres: ‘%(shown)s’.") % {"shown": shown}
        found.append(Standing(POST, words, initiator.address))
    return found


def can_be_reached(initiator: Initiator) -> bool:
    """Tell whether the way they prefer has somewhere to go."""
    where = {User.Channel.EMAIL: initiator.email, User.Channel.LETTER: initiator.address}
    return bool(where.get(User.Channel(initiator.preferred_channel), initiator.phone))


def _shown_by(consent: Consent, initiator: Initiator) -> str:
    story = consent.story
    return initiator.initiative.public_text if story is None else f"{story.title}\n{story.body}"


def _asked_words(invitation: Invitation) -> str:
    return _("%(name)s is gevraagd om mee te doen.") % {"name": invitation.name}


def _consent_words(consent: Consent, initiator: Initiator) -> str:
    if consent.story is not None:
        return _("Iedereen mag het verhaal ‘%(story)s’ lezen.") % {"story": consent.story.title}
    text = without_contact_details(initiator.initiative.public_text)
    return _("Iedereen mag de pagina over dit idee lezen: ‘%(text)s’") % {"text": text}


def _join_words(answer: JoinAnswer, initiator: Initiator) -> str:
    other = answer.proposal.other_than(initiator.initiative).title_for_all
    return _("Dit idee mag samengaan met ‘%(other)s’.") % {"other": other}
