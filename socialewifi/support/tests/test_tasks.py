from datetime import date, timedelta

import pytest
from django.utils import timezone

from socialewifi.core.errors import DayIsOver, NotAllowed
from socialewifi.core.models import Event
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.models import Deadline, Initiative
from socialewifi.initiatives.tests.factories import DeadlineFactory, InterestFactory, TaskFactory
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, RoleFactory
from socialewifi.places.tests.factories import SubRegionFactory
from socialewifi.support.actions.tasks import CannotDo, TaskClosed, add_task, finish_task, note_call
from socialewifi.support.queries.today import due_tasks

FRIDAY = date(2026, 6, 12)


def test_a_task_is_given_to_someone_who_works_there(explored, guide, coordinator):
    task = add_task(initiative=explored, what="Bel de gemeente", due_on=FRIDAY, assignee=coordinator, by=guide, at=NOON)

    assert task.assignee == coordinator
    assert "Dit gaat Cora Coordinator doen: Bel de gemeente" in said(Event.objects.about(explored).get())


def test_a_task_is_not_given_to_someone_who_works_elsewhere(explored, guide, other_guide):
    with pytest.raises(CannotDo):
        add_task(initiative=explored, what="Bel", due_on=FRIDAY, assignee=other_guide, by=guide, at=NOON)


def test_a_finished_task_is_not_finished_again(explored, guide, coordinator):
    task = TaskFactory(initiative=explored)

    finish_task(task=task, result="Het mag.", by=guide, at=NOON)

    with pytest.raises(TaskClosed, match="Gijs Begeleider heeft dit al gedaan"):
        finish_task(task=task, by=coordinator, at=NOON)


def test_a_task_of_another_subregion_is_not_ticked_off(explored, other_guide):
    with pytest.raises(NotAllowed):
        finish_task(task=TaskFactory(initiative=explored), by=other_guide, at=NOON)


def test_a_call_that_was_made_is_a_conversation_and_meets_the_promise_of_contact(explored, guide):
    DeadlineFactory(initiative=explored, kind=Deadline.Kind.CONTACT)
    call = TaskFactory(initiative=explored, call=True)

    note_call(task=call, reached=True, result="Olaf is blij.", by=guide, at=NOON)

    assert explored.contact_moments.get().summary == "Olaf is blij."
    assert not explored.deadlines.running().exists()


def test_a_call_before_anyone_is_contact_leaves_the_promise_of_contact(initiative, guide):
    DeadlineFactory(initiative=initiative, kind=Deadline.Kind.CONTACT)

    note_call(task=TaskFactory(initiative=initiative, call=True), reached=True, result="Gezegd.", by=guide, at=NOON)

    assert initiative.deadlines.running().exists()


def test_one_conversation_says_everything_that_waited_for_that_initiator(explored, guide):
    first = TaskFactory(initiative=explored, call=True)
    second = TaskFactory(initiative=explored, call=True, to_call=first.to_call)
    someone_else = TaskFactory(initiative=explored, call=True)

    note_call(task=second, reached=True, result="Alles gezegd.", by=guide, at=NOON)

    assert list(explored.tasks.open()) == [someone_else]


def test_a_task_for_whoever_can_is_told_as_nobodys(explored, guide):
    add_task(initiative=explored, what="Bel de gemeente", due_on=FRIDAY, by=guide, at=NOON)

    assert said(Event.objects.about(explored).get()) == "Dit gaat een van ons doen: Bel de gemeente"


def test_no_task_is_due_on_a_day_that_is_over(explored, guide):
    with pytest.raises(DayIsOver) as refused:
        add_task(
            initiative=explored, what="Bel", due_on=timezone.localdate(NOON) - timedelta(days=1), by=guide, at=NOON
        )

    assert refused.value.field == "due_on"
    assert not explored.tasks.exists()


def test_who_was_not_reached_is_called_again_the_next_working_day(explored, guide):
    call = TaskFactory(initiative=explored, call=True)

    note_call(task=call, reached=False, result="Geen gehoor.", by=guide, at=NOON.replace(day=12))

    call.refresh_from_db()
    assert call.done_at is None
    assert call.due_on == date(2026, 6, 15)
    assert "Geen gehoor" not in said(Event.objects.about(explored).get())


def fresh(user):
    return User.objects.get(pk=user.pk)


def role_ends(guide):
    guide.roles.update(ends_on=FRIDAY - timedelta(days=5))


def works_elsewhere(guide):
    guide.roles.update(ends_on=timezone.localdate(NOON) - timedelta(days=1))
    RoleFactory(user=guide, kind="guide", subregion=SubRegionFactory())


def account_closes(guide):
    User.objects.filter(pk=guide.pk).update(is_active=False)


def steps_aside(guide):
    InterestFactory(user=guide, initiative=Initiative.objects.get())


@pytest.mark.parametrize(
    ("leave", "is_contact"),
    [
        (role_ends, True),
        (role_ends, False),
        # A contact person keeps what they have after a move.
        (works_elsewhere, False),
        (account_closes, True),
        (account_closes, False),
        (steps_aside, True),
        (steps_aside, False),
    ],
)
def test_a_task_of_who_does_not_work_there_any_more_is_on_the_page_of_who_does(
    explored, guide, coordinator, leave, is_contact
):
    Initiative.objects.update(contact_person=guide if is_contact else coordinator)
    TaskFactory(initiative=explored, assignee=guide, due_on=FRIDAY)
    assert not due_tasks(fresh(coordinator), until=FRIDAY)

    leave(guide)

    assert due_tasks(fresh(coordinator), until=FRIDAY)
