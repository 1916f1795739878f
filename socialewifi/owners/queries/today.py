"""What initiators were asked that waits for someone at work."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from socialewifi.initiatives.models import Initiative, Interest, JoinProposal
from socialewifi.initiatives.queries.today import ROWS_SHOWN
from socialewifi.people.models import User


def waiting_joins(user: User, *, until: date) -> list[JoinProposal]:
    """
    Return the questions to go on together that this person asked, or that are about what they are the contact of.

    ``of_this`` says whether they work on the one that would rest; else they work on the other one.
    """
    at_work = Initiative.objects.worked_on_by(user).values("pk")
    theirs = Q(asked_by=user) | Q(initiative__contact_person=user) | Q(into__contact_person=user)
    waiting = JoinProposal.objects.waiting().filter(theirs, due_on__lte=until)
    waiting = waiting.filter(Q(initiative__in=at_work) | Q(into__in=at_work))
    # Who stepped aside from the other idea does not read how it is called (R5).
    both = Q(initiative=OuterRef("initiative")) | Q(initiative=OuterRef("into"))
    aside = Exists(Interest.objects.filter(both, user=user))
    of_this = Exists(Initiative.objects.worked_on_by(user).filter(pk=OuterRef("initiative")))
    waiting = waiting.select_related("initiative", "into").annotate(hides_other=aside, of_this=of_this)
    return list(waiting.order_by("due_on", "pk")[:ROWS_SHOWN])
