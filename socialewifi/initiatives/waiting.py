"""What waits for someone at work around an initiative: how each room tells it for the page of today, and this one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialewifi.core.lazy import StrOrPromise
from socialewifi.initiatives.models import Deadline, Handover, Initiative, Post
from socialewifi.initiatives.queries import today as queries
from socialewifi.people.models import User

# What meets a term: the verb and the name of its page.
_MEETS: dict[str, tuple[StrOrPromise, str]] = {
    Deadline.Kind.CONTACT: (gettext_lazy("Gesprek noteren"), "work-log-contact"),
    Deadline.Kind.EXPLORATION: (gettext_lazy("Verkenning bijwerken"), "work-record-exploration"),
    Deadline.Kind.CHECK_IN: (gettext_lazy("Gesprek noteren"), "work-log-contact"),
}


@dataclass(frozen=True)
class Line:
    """What waits, in words, and the deed that does it."""

    what: StrOrPromise
    note: StrOrPromise
    verb: StrOrPromise
    url: str


@dataclass(frozen=True)
class Waiting:
    """Something that waits around an initiative before a day; ``line`` puts it in words once it is shown."""

    initiative_id: int
    due_on: date
    line: Callable[[Initiative], Line]
    # The term it is about, of ``Deadline.Kind``.
    term: str = ""
    # The term in place of which it stands, as it says more.
    instead_of: str = ""
    # Without it, fetched together with those of the other rows that are shown.
    initiative: Initiative | None = None


def waiting(user: User, at: datetime, until: date) -> Iterator[Waiting]:
    """Give the terms, then what a colleague or the initiators wait for."""
    day = timezone.localdate(at)
    for deadline in [*queries.due_deadlines(user, until=until), *queries.nobodys_deadlines(user, day=day)]:
        line = partial(_of_deadline, deadline)
        yield Waiting(deadline.initiative_id, deadline.due_on, line, term=deadline.kind)
    for handover in queries.waiting_handovers(user):
        yield Waiting(handover.initiative_id, day, partial(_of_handover, handover))
    for post in queries.unread_posts(user):
        yield Waiting(post.initiative_id, day, partial(_of_post, post))


def _of_deadline(deadline: Deadline, initiative: Initiative) -> Line:
    note = _("voorlopige termijn") if deadline.is_provisional else ""
    if initiative.contact_person_id is None:
        return Line(_("Contact oppakken"), note, _("Oppakken"), _page(initiative, "work-take-contact"))
    verb, page = _MEETS.get(deadline.kind, (_("Openen"), "work-initiative"))
    return Line(deadline.get_kind_display(), note, verb, _page(initiative, page))


def _of_handover(handover: Handover, initiative: Initiative) -> Line:
    note = _("van %(giver)s") % {"giver": handover.giver}
    return Line(_("Overdracht"), note, _("Bekijken"), _page(initiative, "work-accept-handover"))


def _of_post(post: Post, initiative: Initiative) -> Line:
    note = post.body if len(post.body) < 80 else f"{post.body[:79]}…"
    what = _("Bericht van %(name)s") % {"name": post.by}
    return Line(what, note, _("Antwoorden"), _page(initiative, "work-write-message"))


def _page(initiative: Initiative, name: str) -> str:
    return reverse(name, args=[initiative.key])
