"""What of tasks, calls and promised help waits for someone at work, on the page of today."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.initiatives.models import Initiative, SupportPromise, Task
from socialewifi.initiatives.waiting import Line, Waiting
from socialewifi.people.models import User
from socialewifi.support.queries.today import due_tasks, late_promises


def waiting(user: User, at: datetime, until: date) -> Iterator[Waiting]:
    for task in due_tasks(user, until=until):
        yield Waiting(task.initiative_id, task.due_on, partial(_of_task, task))
    for promise in late_promises(user, day=timezone.localdate(at)):
        yield Waiting(promise.initiative_id, promise.before_date, partial(_of_promise, promise))


def _of_task(task: Task, initiative: Initiative) -> Line:
    is_call = task.kind == Task.Kind.CALL
    what, note = task.what, ""
    if task.to_call is not None:
        what, note = _("Bel %(name)s") % {"name": task.to_call.name}, task.to_call.preferred_times
    url = reverse("work-note-call" if is_call else "work-finish-task", args=[initiative.key, task.pk])
    return Line(what, note, _("Gesprek noteren") if is_call else _("Afvinken"), url)


def _of_promise(promise: SupportPromise, initiative: Initiative) -> Line:
    note = _("%(what)s, beloofd door %(who)s") % {"what": promise.what, "who": promise.who}
    url = f"{reverse('work-initiative', args=[initiative.key])}#hulp"
    return Line(_("Kwam de hulp?"), note, _("Bekijken"), url)
