"""The call list: who could not be mailed, what to say to them and when they like to be called (R10)."""

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet

from socialewifi.initiatives.models import Initiative, Initiator, Task
from socialewifi.initiatives.queries.joining import titles_out_of_sight
from socialewifi.people.models import User

AT_MOST = 200


@dataclass(frozen=True)
class Call:
    """One call: everything that waits for one initiator of one initiative."""

    initiative: Initiative
    to: Initiator | None
    tasks: list[Task] = field(default_factory=list)

    @property
    def due_on(self) -> date:
        return min(task.due_on for task in self.tasks)

    @property
    def first(self) -> Task:
        return self.tasks[0]

    def to_note_by(self, user: User) -> Task | None:
        """Return the call that this person notes for all of them; what they wrote themselves, somebody else asks."""
        return next((task for task in self.tasks if task.written_by_id != user.pk), None)


def open_calls(user: User) -> QuerySet[Task]:
    """Return the calls to make where this person works or reads along, theirs and nobody's and everyone else's."""
    seen = Initiative.objects.detailed_for(user).values("pk")
    # Of a panel member a coordinator asks what they meant: nobody else reads an advice before the outcome (R9).
    theirs = Q(person_to_call=None) | Q(initiative__in=Initiative.objects.coordinated_by(user).values("pk"))
    calls = Task.objects.open().filter(theirs, kind=Task.Kind.CALL, initiative__in=seen)
    for title in titles_out_of_sight(user):
        # What names an idea from which they stepped aside, a colleague tells (R5).
        calls = calls.exclude(Q(what__contains=title) | Q(words__contains=title))
    return calls


def call_list(user: User) -> list[Call]:
    """Return one call per initiator, the one that is due first on top."""
    rows = open_calls(user).select_related(
        "initiative__municipality", "initiative__neighbourhood", "initiative__contact_person", "to_call", "assignee"
    )
    rows = rows.order_by("initiative", "to_call", "due_on", "pk")[:AT_MOST]
    calls = [
        Call(tasks[0].initiative, tasks[0].to_call, tasks)
        for tasks in (list(group) for _key, group in groupby(rows, key=_same_call))
    ]
    return sorted(calls, key=lambda call: (call.due_on, call.initiative.pk))


def _same_call(task: Task) -> tuple[int, int]:
    return task.initiative_id, task.to_call_id or -task.pk
