"""The question to go on with another initiative: what is asked, who answered, and since when they go on as one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from socialewifi.core import clock
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, Initiator, JoinProposal
from socialewifi.initiatives.models.joining import WAITING
from socialewifi.people.models import User


@dataclass(frozen=True)
class Joining:
    """A question that waits, as one of the two sides sees it; of the other side only the name of the idea."""

    proposal: JoinProposal
    other: Initiative
    # Who of this side said yes, and who still has to say something.
    agreed: list[Initiator]
    waiting: list[Initiator]

    @property
    def goes_on(self) -> Initiative:
        return self.proposal.into


def joining_of(initiative: Initiative) -> Joining | None:
    """Return the question that waits, with the answers of this side."""
    proposal = rules.waiting_join(initiative)
    if proposal is None:
        return None
    said = set(proposal.answers.filter(agrees=True).values_list("initiator_id", flat=True))
    owners = [one for one in initiative.initiators.all() if one.left_at is None]
    return Joining(
        proposal=proposal,
        other=proposal.other_than(initiative),
        agreed=[one for one in owners if one.pk in said],
        waiting=[one for one in owners if one.pk not in said],
    )


def ended_join(initiative: Initiative) -> JoinProposal | None:
    """Return the last question to go on together that does not wait any more, if there was one."""
    ended = JoinProposal.objects.about(initiative).exclude(WAITING)
    return ended.select_related("initiative", "into").order_by("-asked_at", "-pk").first()


def followed_since(user: User, initiative: Initiative) -> datetime:
    """
    Return since when this person reads along, because their own idea went on in this one: since everyone said yes.

    What happened before stays with who owned it then.
    """
    theirs = Initiative.objects.owned_by(user).filter(joined_into=initiative)
    joined = JoinProposal.objects.in_force().filter(initiative__in=theirs.values("pk"), into=initiative)
    since: datetime | None = joined.aggregate(since=Max("accepted_at"))["since"]
    return since or clock.now()
