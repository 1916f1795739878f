"""What was said in someone's name and still holds, for the owner of the mailbox to confirm or take back (R4, R14)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from socialewifi.initiatives.models import Consent, Initiator, Invitation, JoinAnswer


@dataclass(frozen=True)
class Standing:
    """A yes, a question to someone or an answer that holds until it is taken back."""

    row: Consent | Invitation | JoinAnswer
    words: str

    @property
    def code(self) -> str:
        """Name it in a form."""
        return f"{self.row._meta.model_name}-{self.row.pk}"


def standing_in_name_of(initiator: Initiator, *, at: datetime) -> list[Standing]:
    """Return what was said for this initiator and still holds; the same whether they said it or someone else did."""
    consents = initiator.consents.in_force().select_related("story").order_by("pk")
    asked = initiator.initiative.invitations.waiting(at).filter(invited_by=initiator.user).order_by("pk")
    answers = initiator.join_answers.waiting().select_related("proposal__initiative", "proposal__into").order_by("pk")
    return [
        *(Standing(one, _consent_words(one)) for one in consents),
        *(Standing(one, _("%(name)s is gevraagd om mee te doen.") % {"name": one.name}) for one in asked),
        *(Standing(one, _join_words(one, initiator)) for one in answers),
    ]


def _consent_words(consent: Consent) -> str:
    if consent.story is not None:
        return _("Iedereen mag het verhaal ‘%(story)s’ lezen.") % {"story": consent.story.title}
    return _("Iedereen mag de pagina over dit idee lezen.")


def _join_words(answer: JoinAnswer, initiator: Initiator) -> str:
    other = answer.proposal.other_than(initiator.initiative).title_for_all
    return _("Dit idee mag samengaan met ‘%(other)s’.") % {"other": other}
