"""Whoever cannot be mailed is called: nothing that was to be told is lost (R10)."""

import smtplib

import pytest

from socialewifi.core import mail
from socialewifi.core.actions import send_written_mail
from socialewifi.core.models import Event, Text
from socialewifi.initiatives.actions.inform import mail_initiator
from socialewifi.initiatives.models import Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.people.tests.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts", "agreements", "region")]


@pytest.fixture
def owner(guide, municipality):
    one = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    return InitiatorFactory(initiative=one, name="Roos", email="roos@voorbeeld.test", preferred_channel="email")


@pytest.fixture(autouse=True)
def _refused(monkeypatch):
    def refuse(self):
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"unknown")})

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)


def calls(owner):
    return list(Task.objects.open().filter(kind=Task.Kind.CALL, to_call=owner))


def test_their_contact_is_asked_to_call_with_what_was_in_it_and_without_what_opens(owner, guide):
    Text.objects.filter(code="join-asked").update(subject="x", body="De vraag: {{ other }}?\n\nKijk: {{ link }}")
    sent = mail_initiator(initiator=owner, code="join-asked", at=NOON, other="De buren", asker="Gijs", due=NOON)

    mail.deliver(message_id=sent.pk, at=NOON)

    [call] = calls(owner)
    assert call.assignee == guide
    assert call.what == "Bel Roos: onze mail komt niet aan"
    assert "roos@voorbeeld.test" in call.words
    assert "De vraag: De buren?" in call.words
    assert "Kijk:" not in call.words
    assert Event.objects.filter(kind="initiatives.mail.undeliverable", subject_id=owner.initiative_id).exists()


def test_a_mail_of_who_left_or_is_mailed_elsewhere_by_now_asks_for_no_call(owner):
    sent = mail_initiator(initiator=owner, code="join-asked", at=NOON, other="De buren", asker="Gijs", due=NOON)
    type(owner).objects.filter(pk=owner.pk).update(email="nieuw@voorbeeld.test")

    mail.deliver(message_id=sent.pk, at=NOON)

    assert calls(owner) == []


def test_a_code_to_sign_in_asks_for_no_call(owner):
    sent = send_written_mail(
        kind="people.login_code",
        subject="Code",
        body="123456",
        name="Roos",
        email=owner.email,
        language="nl",
        at=NOON,
        recipient_id=owner.user_id,
    )

    mail.deliver(message_id=sent.pk, at=NOON)

    assert calls(owner) == []
