"""Things to do and calls to make around an initiative (R10: what cannot be mailed is said on the phone)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require, require_not_over
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.contact import note_conversation
from socialewifi.initiatives.models import Initiative, Task, TaskQuerySet
from socialewifi.people.models import User


class TaskClosed(DomainError):
    """Raised when a task is ticked off that was done before."""


class CannotDo(DomainError):
    """Raised when a task is given to someone who does not work there."""

    field = "assignee"


@transaction.atomic
def add_task(
    *, initiative: Initiative, what: str, due_on: date, by: User, at: datetime, assignee: User | None = None
) -> Task:
    """
    Write down what has to be done, by whom and before when; the initiators read it.

    :raises CannotDo: if it is given to someone who does not work there
    :raises DayIsOver: if it would be due in the past
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    require_not_over(due_on, at=at, field="due_on")
    if assignee is not None and not rules.works_on(assignee, initiative):
        raise CannotDo(_("%(name)s werkt niet aan dit initiatief.") % {"name": assignee})
    task = Task.objects.create(
        initiative=initiative, what=what, due_on=due_on, assignee=assignee, created_at=at, created_by=by
    )
    events.record(
        "initiatives.task.added", on=initiative, by=by, at=at, what=what, name=assignee.name if assignee else ""
    )
    return task


@transaction.atomic
def finish_task(*, task: Task, result: str = "", by: User, at: datetime) -> Task:
    """
    Tick off something that was done.

    :raises TaskClosed: if someone did so before
    """
    initiative, task = _open_task(task)
    require(rules.can_finish_task(by, task))
    _close(task, result=result, by=by, at=at)
    events.record(
        "initiatives.task.finished",
        on=initiative,
        by=by,
        at=at,
        done=f"{task.what}. {result}" if result else task.what,
        name=by.name,
    )
    return task


@transaction.atomic
def note_call(*, task: Task, reached: bool, result: str, by: User, at: datetime) -> Task:
    """
    Note how a call went: one conversation says all that waited for this initiator.

    Who was not reached is called again the next working day. What someone else said, such as a panel member or who was
    invited, is no talk with the initiators: they read nothing of it, and no promise of contact is met.

    :raises TaskClosed: if someone made this call before
    """
    initiative, task = _open_task(task)
    require(rules.can_finish_task(by, task))
    is_to_initiator = task.to_call_id is not None
    if reached:
        for call in _calls_to_the_same(task, by=by, at=at):
            _close(call, result=result, by=by, at=at)
        if is_to_initiator:
            note_conversation(initiative, through=User.Channel.PHONE, summary=result, by=by, at=at)
        else:
            events.record("initiatives.call.made", on=initiative, by=by, at=at, what=task.what)
        return task
    again = add_workdays(timezone.localdate(at), 1)
    _calls_to_the_same(task, by=by, at=at).update(due_on=again, result=result)
    if is_to_initiator:
        events.record("initiatives.call.missed", on=initiative, by=by, at=at, result=result, name=by.name)
    else:
        events.record("initiatives.call.unanswered", on=initiative, by=by, at=at, what=task.what)
    return task


def _calls_to_the_same(task: Task, *, by: User, at: datetime) -> TaskQuerySet:
    """Return what there was to say to this initiator at that moment, but what the caller wrote in their name."""
    calls = Task.objects.open().filter(initiative=task.initiative_id, kind=Task.Kind.CALL, created_at__lte=at)
    calls = calls.filter(to_call=task.to_call_id) if task.to_call_id else calls.filter(pk=task.pk)
    return calls.exclude(written_by=by)


def _close(task: Task, *, result: str, by: User, at: datetime) -> None:
    task.done_at, task.done_by, task.result = at, by, result
    task.save(update_fields=["done_at", "done_by", "result"])


def _open_task(task: Task) -> tuple[Initiative, Task]:
    initiative = Initiative.objects.locked(task.initiative_id)
    task = initiative.tasks.select_for_update().get(pk=task.pk)
    if task.done_at is not None and task.done_by is None:
        raise TaskClosed(_("Dit hoeft niet meer: %(because)s.") % {"because": task.result})
    if task.done_at is not None:
        raise TaskClosed(_("%(name)s heeft dit al gedaan.") % {"name": task.done_by})
    return initiative, task
