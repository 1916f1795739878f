"""A mail that waits while its reader says no, moves or is asked no more: it goes nowhere it should not (R14)."""

from dataclasses import replace

import pytest
from django.core import mail as outbox

from socialewifi.core import clock
from socialewifi.core.mail import deliver
from socialewifi.core.models import Message
from socialewifi.initiatives.actions.claims import disown
from socialewifi.initiatives.actions.inform import mail_initiator
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.moved import call_instead_of_mail
from socialewifi.initiatives.models import Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.invitations import invite_initiator, refuse_invitation, revoke_invitation
from socialewifi.owners.actions.ownership import correct_reach, write_reach
from socialewifi.people.actions.mail import NotWaiting, send_again
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts", "agreements", "region")]
OLD, NEW, BUUR = "oud@voorbeeld.test", "nieuw@voorbeeld.test", "buur@voorbeeld.test"
REACH = ("name", "email", "phone", "address", "preferred_channel", "preferred_times", "language")


@pytest.fixture
def idea(guide, municipality):
    return InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)


@pytest.fixture
def roos(idea):
    resident = UserFactory(email=None, name="Roos")
    return InitiatorFactory(initiative=idea, user=resident, email=OLD, preferred_channel="email", phone="0612345678")


@pytest.fixture
def waiting(roos):
    return mail_initiator(initiator=roos, code="contact-taken", at=NOON)


def at(initiator, **changes):
    return replace(Who(**{field: getattr(initiator, field) for field in REACH}), **changes)


def says_no(roos, _guide):
    disown(initiator=roos, by=UserFactory(email=OLD), at=clock.now())


def moves(roos, _guide):
    correct_reach(initiative=roos.initiative, who=at(roos, email=NEW), by=roos.user, at=clock.now())


def is_written_down_elsewhere(roos, guide):
    write_reach(initiator=roos, who=at(roos, email=NEW), by=guide, at=clock.now())


ENDS = [says_no, moves, is_written_down_elsewhere]


@pytest.mark.parametrize("ends", ENDS)
def test_what_waits_is_not_mailed_to_a_mailbox_that_is_not_theirs(roos, guide, waiting, ends):
    ends(roos, guide)

    assert not deliver(message_id=waiting.pk, at=clock.now())
    assert OLD not in [to for sent in outbox.outbox for to in sent.to]


@pytest.mark.parametrize("ends", ENDS)
def test_what_could_not_arrive_there_is_not_sent_again(roos, guide, administrator, waiting, ends):
    waiting.note_undeliverable(at=NOON, because="550")
    ends(roos, guide)

    with pytest.raises(NotWaiting):
        send_again(mail=waiting, by=administrator, at=clock.now())
    assert not Message.objects.undeliverable().exists()


@pytest.mark.parametrize("ends", [moves, is_written_down_elsewhere])
def test_whoever_is_mailed_elsewhere_reads_there_what_waited(roos, guide, waiting, ends):
    ends(roos, guide)

    there = Message.objects.mails().waiting().get(to_email=NEW, kind=waiting.kind)
    assert there.subject == waiting.subject
    assert not there.secrets


def test_whoever_wants_to_be_called_from_now_on_hears_it_on_the_phone(roos, guide, waiting):
    who = at(roos, email="", preferred_channel="phone")

    correct_reach(initiative=roos.initiative, who=who, by=roos.user, at=clock.now())

    assert roos.initiative.tasks.filter(kind=Task.Kind.CALL, to_call=roos).exists()


def test_that_an_address_changed_still_reaches_the_address_it_was(roos, guide, waiting):
    is_written_down_elsewhere(roos, guide)

    assert Message.objects.mails().waiting().filter(to_email=OLD, kind="address-changed").exists()


def test_what_bounces_after_someone_moved_is_told_where_they_are_now(roos, waiting):
    type(roos).objects.filter(pk=roos.pk).update(email=NEW)
    waiting.note_undeliverable(at=NOON, because="550")

    call_instead_of_mail(waiting, at=clock.now())

    assert Message.objects.mails().waiting().filter(to_email=NEW, kind=waiting.kind).exists()
    assert not Message.objects.undeliverable().exists()


def test_who_changes_their_address_time_and_again_fills_nobodys_mailbox(roos, waiting):
    for number in range(3):
        owner = type(roos).objects.select_related("user", "initiative").get(pk=roos.pk)
        who = at(owner, email=f"nieuw{number}@voorbeeld.test")
        correct_reach(initiative=owner.initiative, who=who, by=owner.user, at=clock.now())

    there = Message.objects.mails().waiting().filter(to_email="nieuw2@voorbeeld.test")
    assert sorted(there.values_list("kind", flat=True)) == ["address-new", waiting.kind]


@pytest.mark.parametrize("ends", [revoke_invitation, refuse_invitation])
def test_who_is_not_asked_any_more_or_said_no_is_not_mailed_the_question(roos, idea, ends):
    asked = invite_initiator(initiative=idea, name="Buur", email=BUUR, by=roos.user, at=clock.now())

    ends(invitation=asked, at=clock.now(), **({"by": roos.user} if ends is revoke_invitation else {}))

    assert not Message.objects.waiting().filter(to_email=BUUR).exists()
