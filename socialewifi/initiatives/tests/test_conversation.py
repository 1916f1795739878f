import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.conversation import (
    mark_posts_read,
    write_note,
    write_to_contact,
    write_to_initiators,
)
from socialewifi.initiatives.tests.factories import InitiatorFactory, PostFactory
from socialewifi.people.tests.factories import NOON


def test_a_message_reaches_every_initiator_in_the_way_they_prefer(explored, guide):
    InitiatorFactory(initiative=explored, offline=True)
    InitiatorFactory(initiative=explored, by_letter=True)

    write_to_initiators(initiative=explored, body="We hebben een veld!", by=guide, at=NOON)

    assert sorted(message.channel for message in Message.objects.all()) == ["email", "letter"]
    assert explored.tasks.get().to_call.phone


def test_a_message_to_the_initiators_answers_what_they_wrote(explored, guide):
    question = PostFactory(initiative=explored)

    write_to_initiators(initiative=explored, body="Morgen bel ik.", by=guide, at=NOON)

    question.refresh_from_db()
    assert question.read_at == NOON


def test_an_initiator_writes_to_the_contact_and_it_waits_there_unread(explored):
    roos = explored.initiators.get().user

    post = write_to_contact(initiative=explored, body="Wanneer?", by=roos, at=NOON)

    assert post.is_from_initiators
    assert post.read_at is None


def test_only_an_initiator_writes_to_the_contact(explored, guide):
    with pytest.raises(NotAllowed):
        write_to_contact(initiative=explored, body="Wanneer?", by=guide, at=NOON)


def test_a_guide_of_another_subregion_writes_nothing(explored, other_guide):
    with pytest.raises(NotAllowed):
        write_to_initiators(initiative=explored, body="Hallo", by=other_guide, at=NOON)
    with pytest.raises(NotAllowed):
        write_note(initiative=explored, body="Hallo", by=other_guide, at=NOON)


def test_a_message_that_needs_no_answer_is_marked_read(explored, guide):
    PostFactory(initiative=explored)

    mark_posts_read(initiative=explored, by=guide, at=NOON)

    assert explored.posts.get().read_at == NOON


def test_the_initiators_read_nothing_of_an_internal_note(explored, guide):
    write_note(initiative=explored, body="Let op de sleutel.", by=guide, at=NOON)

    event = Event.objects.about(explored).get()
    assert said(event) == ""
    assert "sleutel" not in str(event.details)
    assert not Message.objects.exists()
