"""What people at work and the initiators write to each other, and what is kept inside."""

from datetime import datetime

from django.db import transaction

from socialewifi.core import events
from socialewifi.core.errors import require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.inform import tell_initiators
from socialewifi.initiatives.models import Initiative, Note, Post
from socialewifi.people.models import User


@transaction.atomic
def write_to_initiators(*, initiative: Initiative, body: str, by: User, at: datetime) -> Post:
    """Write to every initiator; they are told in the way they prefer, and what they wrote before is answered."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    post = Post.objects.create(initiative=initiative, at=at, by=by, is_from_initiators=False, body=body)
    _mark_read(initiative, at=at, is_from_initiators=True)
    events.record("initiatives.post.sent", on=initiative, by=by, at=at, name=by.name)
    tell_initiators(initiative=initiative, code="message-received", at=at, sender=by.name, words=body)
    return post


@transaction.atomic
def write_to_contact(*, initiative: Initiative, body: str, by: User, at: datetime) -> Post:
    """Write to those who work for the initiative, as one of its initiators; it waits on the contact's page of today."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_write_to_contact(by, initiative))
    post = Post.objects.create(initiative=initiative, at=at, by=by, is_from_initiators=True, body=body)
    _mark_read(initiative, at=at, is_from_initiators=False)
    events.record("initiatives.post.received", on=initiative, by=by, at=at, name=by.name)
    return post


@transaction.atomic
def mark_posts_read(*, initiative: Initiative, by: User, at: datetime) -> None:
    """Take the initiators' messages off the list of what is new, when they need no answer."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.works_on(by, initiative))
    _mark_read(initiative, at=at, is_from_initiators=True)
    events.record("initiatives.post.read", on=initiative, by=by, at=at, name=by.name)


@transaction.atomic
def read_by_initiators(*, initiative: Initiative, by: User, at: datetime) -> None:
    """Note that an initiator opened what was written to them, so that it no longer counts as new."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.owns(by, initiative))
    _mark_read(initiative, at=at, is_from_initiators=False)
    events.record("initiatives.post.seen", on=initiative, by=by, at=at, name=by.name)


@transaction.atomic
def write_note(*, initiative: Initiative, body: str, by: User, at: datetime) -> Note:
    """Keep an internal note; the initiators do not read it, and whoever writes it is told so."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    note = Note.objects.create(initiative=initiative, at=at, by=by, body=body)
    events.record("initiatives.note.written", on=initiative, by=by, at=at)
    return note


def _mark_read(initiative: Initiative, *, at: datetime, is_from_initiators: bool) -> None:
    initiative.posts.filter(read_at=None, is_from_initiators=is_from_initiators).update(read_at=at)
