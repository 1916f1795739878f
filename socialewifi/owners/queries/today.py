"""What initiators were asked that waits for someone at work."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from socialewifi.initiatives.models import Initiative, Interest, JoinProposal
from socialewifi.initiatives.queries.today import ROWS_SHOWN
from socialewifi.people.models import User


def waiting_joins(user: User, *, until: date) -> list[JoinProposal]:
    """Return the questions to go on together that this person asked, or that are about what they are the contact of."""
    seen = Initiative.objects.visible_to(user).values("pk")
    theirs = Q(asked_by=user) | Q(initiative__contact_person=user) | Q(into__contact_person=user)
    waiting = JoinProposal.objects.waiting().filter(theirs, initiative__in=seen, due_on__lte=until)
    # Who stepped aside from the other idea does not read how it is called (R5).
    aside = Exists(Interest.objects.filter(user=user, initiative=OuterRef("into")))
    return list(waiting.select_related("into").annotate(hides_other=aside).order_by("due_on", "pk")[:ROWS_SHOWN])
