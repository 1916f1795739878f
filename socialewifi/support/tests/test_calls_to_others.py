"""A call to somebody else than an initiator is no talk with them, and nobody asks about their own writing (R9, R10)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from socialewifi.core.errors import NotAllowed
from socialewifi.core.events import for_initiators
from socialewifi.core.models import Event
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.contact import accept_handover, offer_handover
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.interest import declare_interest
from socialewifi.initiatives.models import Deadline, Task
from socialewifi.initiatives.tests.factories import DeadlineFactory, InitiativeFactory, TaskFactory
from socialewifi.owners.actions.invitations import accept_invitation, invite_initiator
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.support.actions.tasks import note_call
from socialewifi.support.queries.today import due_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts", "agreements")]
LATER = timezone.localdate(NOON).replace(month=12)


@pytest.fixture
def idea(municipality, guide, resident):
    return InitiativeFactory(exploring=True, municipality=municipality, contact_person=guide, owners=[resident])


@pytest.fixture
def colleague(subregion):
    return UserFactory(name="Nel Collega", roles=["guide"], roles__subregion=subregion)


@pytest.fixture
def asked(idea, resident):
    """Someone with a phone only, who is asked to take part."""
    return invite_initiator(initiative=idea, name="Theo", phone="06 11 22 33 44", by=resident, at=NOON)


@pytest.fixture
def written(idea, asked, guide):
    """The call that asks whether the yes that the guide wrote down is right."""
    who = Who(name="Theo", phone="06 11 22 33 44", preferred_channel="phone")
    accept_invitation(invitation=asked, who=who, by=guide, through="phone", at=NOON)
    return Task.objects.open().get(written_by=guide)


@pytest.mark.parametrize("reached", [True, False])
def test_what_someone_else_said_is_nothing_the_initiators_read_and_meets_no_promise(idea, asked, guide, reached):
    DeadlineFactory(initiative=idea, kind=Deadline.Kind.CONTACT)
    call = Task.objects.open().get(invitation=asked)

    note_call(task=call, reached=reached, result="Theo denkt na.", by=guide, at=NOON)

    assert idea.deadlines.running().exists()
    assert not idea.contact_moments.exists()
    told = [said(one) for one in for_initiators(Event.objects.about(idea))]
    assert not any("Theo denkt" in words or "sprak met je" in words or "kreeg je niet" in words for words in told)


def test_what_someone_else_said_stands_with_the_task(client, idea, guide):
    TaskFactory(initiative=idea, call=True, to_call=None, what="Bel Theo")
    note_call(task=Task.objects.get(), reached=True, result="Hij komt.", by=guide, at=NOON)
    client.force_login(guide)

    assert "Hij komt." in client.get(reverse("work-history", args=[idea.key])).content.decode()


def test_who_wrote_it_down_does_not_ask_whether_it_is_right(client, written, guide, colleague):
    with pytest.raises(NotAllowed):
        note_call(task=written, reached=True, result="Klopt.", by=guide, at=NOON)
    with pytest.raises(IntegrityError, match="initiatives_task_not_by_its_writer"), transaction.atomic():
        Task.objects.filter(pk=written.pk).update(done_at=NOON, done_by=guide)
    client.force_login(guide)
    assert "Dit schreef jij zelf op" in client.get(reverse("work-calls")).content.decode()

    note_call(task=written, reached=True, result="Klopt.", by=colleague, at=NOON)
    written.refresh_from_db()
    assert written.done_by == colleague


def test_one_conversation_does_not_tick_off_what_its_caller_wrote(idea, written, guide):
    other = TaskFactory(initiative=idea, call=True, to_call=written.to_call)

    note_call(task=other, reached=True, result="Alles goed.", by=guide, at=NOON)

    written.refresh_from_db()
    assert written.done_at is None


def test_who_takes_over_does_not_get_the_call_about_their_own_writing(idea, written, guide, colleague):
    Task.objects.filter(pk=written.pk).update(assignee=guide, written_by=colleague)
    offer_handover(initiative=idea, receiver=colleague, reason="Weg", by=guide, at=NOON)
    accept_handover(initiative=idea, by=User.objects.get(pk=colleague.pk), at=NOON)

    written.refresh_from_db()
    assert written.assignee == guide


def test_such_a_call_is_on_the_page_of_somebody_else_and_not_of_its_writer(written, guide, colleague, coordinator):
    Task.objects.filter(pk=written.pk).update(assignee=None)

    days = {user.name: due_tasks(user, until=LATER) for user in (guide, colleague, coordinator)}

    assert written not in days[guide.name]
    assert written in days[colleague.name]
    assert written in days[coordinator.name]


def test_of_a_panel_member_only_a_coordinator_asks(client, idea, guide, coordinator, panel_member):
    call = TaskFactory(initiative=idea, call=True, to_call=None, person_to_call=panel_member, assignee=None)

    with pytest.raises(NotAllowed):
        note_call(task=call, reached=True, result="Klopt.", by=guide, at=NOON)
    assert call not in due_tasks(guide, until=LATER)
    assert call in due_tasks(coordinator, until=LATER)
    for who, sees in ((guide, False), (coordinator, True)):
        client.force_login(who)
        assert (call.what in client.get(reverse("work-calls")).content.decode()) == sees


def test_a_call_to_a_panel_member_goes_to_no_contact_when_its_coordinator_steps_aside(idea, coordinator, panel_member):
    call = TaskFactory(initiative=idea, call=True, to_call=None, person_to_call=panel_member, assignee=coordinator)

    declare_interest(initiative=idea, relation="family", by=coordinator, at=NOON)

    call.refresh_from_db()
    assert call.assignee is None
