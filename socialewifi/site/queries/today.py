"""Pages that combine rooms: today's work. Each room feeds the one list of what is due."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialewifi.assessment.queries.due import Waiting
from socialewifi.assessment.queries.due import due_for as weighing_due
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives.models import (
    ROAD,
    Deadline,
    Handover,
    Initiative,
    JoinProposal,
    Post,
    SupportPromise,
    Task,
)
from socialewifi.initiatives.queries import today as desk
from socialewifi.people.models import User

Text = str | Promise
WORKDAYS_AHEAD = 3
DUE_SHOWN = 25


@dataclass(frozen=True)
class Due:
    """One line of "Eerst dit": what, about which initiative, before when, and the deed that does it."""

    what: Text
    note: Text
    initiative: Initiative
    due_on: date
    deed: Text
    url: str


# What meets a term: the verb and the deed's path.
_MEETS: dict[str, tuple[Text, str]] = {
    Deadline.Kind.CONTACT: (gettext_lazy("Gesprek noteren"), "log-contact"),
    Deadline.Kind.EXPLORATION: (gettext_lazy("Verkenning bijwerken"), "record-exploration"),
    Deadline.Kind.CHECK_IN: (gettext_lazy("Gesprek noteren"), "log-contact"),
}


@dataclass(frozen=True)
class DueList:
    """What is due first, how much more there is, and how much of all that cannot wait until tomorrow."""

    rows: list[Due]
    more: int
    now: int


def due_list(user: User, *, at: datetime) -> DueList:
    """Return what waits for this person, what is due first on top. Every room gives its own rows."""
    day = timezone.localdate(at)
    waiting = sorted(_waiting(user, at=at, day=day), key=lambda one: one[0])
    shown = [(row, line) for _due_on, row, line in waiting[:DUE_SHOWN]]
    desk.with_initiatives([row for row, _line in shown if not isinstance(row, Waiting)])
    return DueList(
        rows=[line(row) for row, line in shown],
        more=max(0, len(waiting) - DUE_SHOWN),
        now=sum(due_on <= day for due_on, _row, _line in waiting),
    )


def _waiting(user: User, *, at: datetime, day: date) -> Iterator[tuple[date, Any, Callable[[Any], Due]]]:
    """Give each thing that waits with its day, and what puts it in words once it is shown."""
    until = add_workdays(day, WORKDAYS_AHEAD)
    weighing = weighing_due(user, at)
    weighed = {waiting.initiative.pk for waiting in weighing}
    for deadline in [*desk.due_deadlines(user, until=until), *desk.nobodys_deadlines(user, day=day)]:
        # The deed of the weighing itself says more than the term of its outcome.
        if not (deadline.kind == Deadline.Kind.ASSESSMENT and deadline.initiative_id in weighed):
            yield deadline.due_on, deadline, _deadline_row
    for waiting in weighing:
        yield waiting.due_on or day, waiting, partial(_weighing_row, day)
    for task in desk.due_tasks(user, until=until):
        yield task.due_on, task, _task_row
    for promise in desk.late_promises(user, day=day):
        yield promise.before_date, promise, _promise_row
    yield from _asked(user, until=until, day=day)


def _asked(user: User, *, until: date, day: date) -> Iterator[tuple[date, Any, Callable[[Any], Due]]]:
    """Give each question that waits for an answer: of a colleague, or of initiators."""
    for handover in desk.waiting_handovers(user):
        yield day, handover, partial(_handover_row, day)
    for joining in desk.waiting_joins(user, until=until):
        yield joining.due_on, joining, _join_row
    for post in desk.unread_posts(user):
        yield day, post, partial(_post_row, day)


@dataclass(frozen=True)
class Stone:
    """One step of the road with how many of someone's initiatives are there, leading to the list."""

    title: Text
    count: int
    url: str


@dataclass(frozen=True)
class Road:
    """The initiatives along the road: someone's own, or everything where they work when none is theirs."""

    label: str
    mine: int
    steps: list[Stone]


def road_of(user: User) -> Road:
    counts = desk.own_road_counts(user)
    mine = sum(counts.values())
    asked = "?contact=ik&stap=" if mine else "?stap="
    if not mine:
        counts = desk.seen_road_counts(user)
    steps = [Stone(step.label, counts.get(step, 0), f"{reverse('work-list')}{asked}{step.value}") for step in ROAD]
    return Road(_("Jouw initiatieven") if mine else _("Waar alles staat"), mine, steps)


def greeting(at: datetime) -> str:
    """Return how people greet each other at this hour."""
    hour = timezone.localtime(at).hour
    return _("Goedemorgen") if hour < 12 else _("Goedemiddag") if hour < 18 else _("Goedenavond")


def _deadline_row(deadline: Deadline) -> Due:
    initiative = deadline.initiative
    note = _("voorlopige termijn") if deadline.is_provisional else ""
    if initiative.contact_person_id is None:
        return Due(
            _("Contact oppakken"), note, initiative, deadline.due_on, _("Oppakken"), _deed(initiative, "take-contact")
        )
    verb, name = _MEETS.get(deadline.kind, (_("Openen"), ""))
    return Due(deadline.get_kind_display(), note, initiative, deadline.due_on, verb, _deed(initiative, name))


def _weighing_row(day: date, waiting: Waiting) -> Due:
    return Due(waiting.deed, waiting.note, waiting.initiative, waiting.due_on or day, _("Openen"), waiting.path)


def _task_row(task: Task) -> Due:
    is_call = task.kind == Task.Kind.CALL
    what, note = task.what, ""
    if task.to_call is not None:
        what, note = _("Bel %(name)s") % {"name": task.to_call.name}, task.to_call.preferred_times
    url = reverse("work-note-call" if is_call else "work-finish-task", args=[task.initiative.key, task.pk])
    verb = _("Gesprek noteren") if is_call else _("Afvinken")
    return Due(what, note, task.initiative, task.due_on, verb, url)


def _promise_row(promise: SupportPromise) -> Due:
    url = f"{_deed(promise.initiative, '')}#hulp"
    note = _("%(what)s, beloofd door %(who)s") % {"what": promise.what, "who": promise.who}
    return Due(_("Kwam de hulp?"), note, promise.initiative, promise.before_date, _("Bekijken"), url)


def _handover_row(day: date, handover: Handover) -> Due:
    note = _("van %(giver)s") % {"giver": handover.giver}
    url = _deed(handover.initiative, "accept-handover")
    return Due(_("Overdracht"), note, handover.initiative, day, _("Bekijken"), url)


def _join_row(joining: JoinProposal) -> Due:
    note = _("samen verder met ‘%(title)s’?") % {"title": joining.into.title}
    if joining.hides_other:  # type: ignore[attr-defined]
        note = _("samen verder met een ander idee?")
    url = reverse("work-join-answer", args=[joining.initiative.key])
    return Due(_("Nog niet iedereen zei ja of nee"), note, joining.initiative, joining.due_on, _("Opschrijven"), url)


def _post_row(day: date, post: Post) -> Due:
    note = post.body if len(post.body) < 80 else f"{post.body[:79]}…"
    url = _deed(post.initiative, "write-message")
    what = _("Bericht van %(name)s") % {"name": post.by}
    return Due(what, note, post.initiative, day, _("Antwoorden"), url)


def _deed(initiative: Initiative, name: str) -> str:
    return reverse(f"work-{name}" if name else "work-initiative", args=[initiative.key])
