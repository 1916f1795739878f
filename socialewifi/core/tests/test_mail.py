import json
import smtplib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import psycopg
import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.db import InternalError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from socialewifi.core import clock, outage
from socialewifi.core.actions import send_again, send_mail, send_written_mail, write_letter
from socialewifi.core.jobs import UntilItIsSent
from socialewifi.core.jobs import deliver as deliver_job
from socialewifi.core.logs import Line
from socialewifi.core.mail import as_email, deliver, give_up
from socialewifi.core.models import Message, Text
from socialewifi.core.queue import AT_ONCE, DELIVER, IN_TURN
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.core.texts import Secret

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def text(db):
    return Text.objects.create(
        code="hello", language="nl", subject="Dag {{ name }}", body="Kijk hier:\n{{ base_url }}{{ page }}\n\nGroet"
    )


def write(**fields):
    return send_mail(
        code="hello", name="Roos", email="roos@voorbeeld.test", language="nl", at=NOON, page="/mijn/abc/", **fields
    )


def jobs():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=DELIVER)]


def test_a_mail_is_written_with_its_job_in_the_same_transaction(text):
    message = write()

    assert (message.subject, message.to_email, message.sent_at) == ("Dag Roos", "roos@voorbeeld.test", None)
    assert jobs() == [{"message_id": message.pk}]
    assert outbox.outbox == []


def test_a_letter_waits_for_a_person_and_has_no_job(text):
    letter = write_letter(code="hello", name="Olaf", address="Kade 1", language="nl", at=NOON, page="/x/")

    assert list(Message.objects.letters().waiting()) == [letter]
    assert jobs() == []
    assert not deliver(message_id=letter.pk, at=NOON)


def test_a_mail_is_sent_once(text):
    message = write()

    assert deliver(message_id=message.pk, at=NOON)
    assert not deliver(message_id=message.pk, at=NOON + timedelta(minutes=1))

    message.refresh_from_db()
    assert (message.sent_at, message.attempts) == (NOON, 1)
    assert len(outbox.outbox) == 1


def test_a_link_in_a_mail_leaves_the_database_once_the_mail_is_sent(text):
    message = send_mail(
        code="hello",
        name="Roos",
        email="roos@voorbeeld.test",
        language="nl",
        at=NOON,
        page=Secret(lambda: "/in/geheim/"),
    )
    assert "/in/geheim/" in Message.objects.get().body

    deliver(message_id=message.pk, at=NOON)

    assert "/in/geheim/" in outbox.outbox[0].body
    kept = Message.objects.get()
    assert (kept.secrets, "geheim" in kept.body, "Groet" in kept.body) == ([], False, True)


def test_a_link_that_the_server_refused_is_still_there_for_the_next_try(text, monkeypatch):
    message = write(link=Secret(never))
    with rewriting():
        Message.objects.update(body="Kijk: /in/geheim/", secrets=["/in/geheim/"])
    with monkeypatch.context() as refused:
        refused.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        with pytest.raises(smtplib.SMTPException):
            deliver(message_id=message.pk, at=NOON)

    assert deliver(message_id=message.pk, at=NOON)
    assert outbox.outbox[0].body == "Kijk: /in/geheim/"


def never():
    raise AssertionError("a secret is made that no text asks for")


def test_a_mail_that_the_server_refuses_waits_and_counts_its_attempts(text, monkeypatch):
    message = write()
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)

    for _attempt in range(2):
        with pytest.raises(smtplib.SMTPException):
            deliver(message_id=message.pk, at=NOON)

    message.refresh_from_db()
    assert (message.sent_at, message.attempts) == (None, 2)


def refuse(self):
    raise smtplib.SMTPServerDisconnected


def test_a_worker_killed_between_sending_and_marking_sends_again_under_the_same_message_id(text, monkeypatch):
    message = write()
    with monkeypatch.context() as killed:
        killed.setattr("socialewifi.core.mail.EmailMultiAlternatives.send", send_and_die)
        with pytest.raises(KeyboardInterrupt):
            deliver(message_id=message.pk, at=NOON)
    message.refresh_from_db()
    assert (message.sent_at, message.attempts) == (None, 1)

    assert deliver(message_id=message.pk, at=NOON)

    first, second = (mail.extra_headers["Message-ID"] for mail in outbox.outbox)
    assert first == second == f"<message-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@localhost>"


def send_and_die(self):
    self.get_connection().send_messages([self])
    raise KeyboardInterrupt


def test_the_mail_as_a_page_escapes_what_people_typed_and_links_only_to_us(text, settings):
    settings.BASE_URL = "https://voorbeeld.test"
    Text.objects.filter(pk=text.pk).update(body="Hoi {{ page }}\n\n- een\n- https://voorbeeld.test/mijn/a-b/.")
    message = write()
    message.body = message.body.replace("/mijn/abc/", "<b>https://kwaad.test/</b> https://voorbeeld.test.kwaad.test/")

    page = as_email(message).alternatives[0].content

    assert "&lt;b&gt;https://kwaad.test/&lt;/b&gt;" in page
    assert page.count("<a ") == 1
    assert '<li><a href="https://voorbeeld.test/mijn/a-b/">https://voorbeeld.test/mijn/a-b/</a>.</li>' in page


def test_a_code_in_the_subject_leaves_the_database_too(db):
    message = send_written_mail(
        kind="code",
        subject="Je code is 123456",
        body="Je code: 123456",
        name="Roos",
        email="roos@voorbeeld.test",
        language="nl",
        at=NOON,
        secrets=["123456"],
    )

    deliver(message_id=message.pk, at=NOON)

    assert outbox.outbox[0].subject == "Je code is 123456"
    assert "123456" not in str(Message.objects.values())


def test_a_paragraph_about_a_writer_who_is_not_there_is_left_out(text):
    text.body = "Dag {{ name }}\n\n{{ writer }} schreef het op.\n\nGroet"
    text.save()

    assert write(writer=None).body == write(writer="").body == "Dag Roos\n\nGroet"
    assert write(writer="Gijs").body == "Dag Roos\n\nGijs schreef het op.\n\nGroet"


ROOS = "roos@voorbeeld.test"
FOR_GOOD = [
    smtplib.SMTPRecipientsRefused({ROOS: (550, b"roos@voorbeeld.test is unknown")}),
    smtplib.SMTPRecipientsRefused({ROOS: (550, b"5.1.1 no such user")}),
    smtplib.SMTPDataError(554, b"no"),
]
FOR_NOW = [
    smtplib.SMTPRecipientsRefused({ROOS: (450, b"try again")}),
    smtplib.SMTPDataError(451, b"later"),
    # It does not know us: that is no fault of who we write to.
    smtplib.SMTPSenderRefused(550, b"who are you", "noreply@localhost"),
    smtplib.SMTPAuthenticationError(535, b"no"),
    smtplib.SMTPRecipientsRefused({ROOS: (554, b"5.7.1 <roos@voorbeeld.test>: Relay access denied")}),
    smtplib.SMTPRecipientsRefused({ROOS: (550, b"relaying denied")}),
    smtplib.SMTPDataError(550, b"5.7.26 this mail is not ours"),
    smtplib.SMTPServerDisconnected(),
    ConnectionRefusedError(),
    TimeoutError(),
]


@pytest.fixture
def refusing(monkeypatch):
    """Let the mail server answer every mail with this."""

    def refuse(answer):
        def send(_self):
            raise answer

        monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", send)

    return refuse


@pytest.mark.parametrize("answer", FOR_GOOD, ids=repr)
def test_what_is_refused_for_good_is_noted_with_its_code_and_tried_no_more(text, refusing, answer):
    message = write()
    refusing(answer)

    deliver_job(message_id=message.pk)

    message.refresh_from_db()
    assert message.undeliverable_because in {"550", "554"}
    assert list(Message.objects.undeliverable()) == [message]
    assert not deliver(message_id=message.pk, at=NOON)


@pytest.mark.parametrize("answer", FOR_NOW, ids=repr)
def test_what_may_go_later_is_tried_again_for_a_week_and_then_given_up(text, refusing, monkeypatch, answer):
    message = write()
    refusing(answer)

    for days in (0, 4, 6):
        monkeypatch.setattr(clock, "now", lambda days=days: NOON + timedelta(days=days))
        with pytest.raises(type(answer)):
            deliver_job(message_id=message.pk)
    assert not Message.objects.undeliverable().exists()

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=7))
    deliver_job(message_id=message.pk)
    assert Message.objects.get().undeliverable_because == "week"


def test_after_a_long_weekend_a_mail_goes_out_within_half_an_hour(text):
    waits, job = [], Job(id=1, queue="x", lock=None, queueing_lock=None, task_name=DELIVER)
    for attempts in range(200):
        decision = UntilItIsSent().get_retry_decision(exception=OSError(), job=job.evolve(attempts=attempts))
        waits.append(decision.retry_at - timezone.now())

    assert waits[0] < timedelta(seconds=4)
    assert max(waits) <= timedelta(minutes=30)
    assert sum(waits, timedelta()) > timedelta(days=4)
    assert UntilItIsSent().get_retry_decision(exception=ValueError(), job=job) is None


def test_a_mail_that_is_sent_again_has_its_week_anew(text, refusing):
    message = write()
    refusing(FOR_GOOD[0])
    deliver(message_id=message.pk, at=NOON)
    later = NOON + timedelta(days=30)

    message.refresh_from_db()
    send_again(message, at=later)

    assert not give_up(message_id=message.pk, at=later + timedelta(days=6))
    assert give_up(message_id=message.pk, at=later + timedelta(days=7))


def test_what_someone_waits_for_goes_before_what_tells_something(text):
    write()
    send_written_mail(
        kind="people.code", subject="x", body="123456", name="", email=ROOS, language="nl", at=NOON, secrets=["123456"]
    )

    queues = ProcrastinateJob.objects.filter(task_name=DELIVER).order_by("id").values_list("queue_name", flat=True)
    assert list(queues) == [IN_TURN, AT_ONCE]


def test_a_mail_that_cannot_be_made_is_told_as_one_that_cannot_arrive(text, monkeypatch):
    message = write()
    monkeypatch.setattr("socialewifi.core.mail.as_email", lambda _message: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        deliver_job(message_id=message.pk)

    message.refresh_from_db()
    assert message.undeliverable_because == "fault"


def test_a_mail_in_hand_as_the_database_falls_is_tried_again(text, monkeypatch):
    message = write()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr("socialewifi.core.mail.as_email", falls)

    with pytest.raises(InternalError) as fallen:
        deliver_job(message_id=message.pk)

    assert UntilItIsSent().get_retry_decision(exception=fallen.value, job=SimpleNamespace(attempts=0))
    message.refresh_from_db()
    assert message.undeliverable_at is None


def falls(_message):
    raise InternalError from psycopg.errors.IdleInTransactionSessionTimeout()


def test_that_mail_waits_is_in_the_log_once_and_so_is_that_it_goes_again(text, monkeypatch, caplog):
    monkeypatch.setattr(outage, "mail_server", outage.Outages("mail server", quiet=0))
    monkeypatch.setattr(clock, "now", lambda: NOON)
    message = write()
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMultiAlternatives.send", refuses_the_sender)
        for _once in range(2):
            with pytest.raises(smtplib.SMTPSenderRefused):
                deliver_job(message_id=message.pk)

    deliver_job(message_id=message.pk)

    assert [said(record) for record in caplog.records] == [
        "Mail waits: SMTPSenderRefused, code 553",
        "The mail server answers again after 0 seconds; 2 times it did not",
    ]


def refuses_the_sender(_mail):
    raise smtplib.SMTPSenderRefused(553, b"who are you", "wifi@voorbeeld.test")


def said(record):
    return json.loads(Line().format(record))["what"]


def test_a_mail_server_that_says_no_to_a_try_is_one_line(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise smtplib.SMTPRecipientsRefused({"iemand@voorbeeld.test": (550, b"5.1.1 no such user")})

    monkeypatch.setattr("django.core.mail.send_mail", refuse)
    monkeypatch.setattr("django.core.management.commands.sendtestemail.send_mail", refuse)

    with pytest.raises(CommandError, match="550") as refused:
        call_command("sendtestemail", "iemand@voorbeeld.test")

    assert len(str(refused.value).splitlines()) == 1
