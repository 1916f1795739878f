"""What of weighing waits for someone at work, on the page of today."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.assessment.queries.due import ToWeigh, due_for
from socialewifi.initiatives.models import Deadline, Initiative
from socialewifi.initiatives.waiting import Line, Waiting
from socialewifi.people.models import User


def waiting(user: User, at: datetime, _until: date) -> Iterator[Waiting]:
    """Give what weighing asks of this person; it says more than the term of the outcome."""
    day = timezone.localdate(at)
    for one in due_for(user, at):

        def line(_initiative: Initiative, one: ToWeigh = one) -> Line:
            return Line(one.deed, one.note, _("Openen"), one.path)

        term, about = Deadline.Kind.ASSESSMENT, one.initiative
        yield Waiting(about.pk, one.due_on or day, line, instead_of=term, initiative=about)
