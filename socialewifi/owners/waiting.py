"""What initiators were asked that waits for someone at work, on the page of today."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.initiatives.models import Initiative, JoinProposal
from socialewifi.initiatives.waiting import Line, Waiting
from socialewifi.owners.queries.today import waiting_joins
from socialewifi.people.models import User


def waiting(user: User, _at: datetime, until: date) -> Iterator[Waiting]:
    for joining in waiting_joins(user, until=until):
        about = joining.initiative_id if joining.of_this else joining.into_id  # type: ignore[attr-defined]
        yield Waiting(about, joining.due_on, partial(_of_join, joining))


def _of_join(joining: JoinProposal, initiative: Initiative) -> Line:
    note = _("samen verder met ‘%(title)s’?") % {"title": joining.other_than(initiative).title_for_all}
    if joining.hides_other:  # type: ignore[attr-defined]
        note = _("samen verder met een ander idee?")
    url = reverse("work-join-answer", args=[initiative.key])
    return Line(_("Nog niet iedereen zei ja of nee"), note, _("Opschrijven"), url)
