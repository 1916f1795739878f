"""A worker killed at any moment and started again: nothing is lost, and what goes out goes out once."""

import re
from datetime import UTC, date, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from socialewifi.config import serve
from socialewifi.core.actions import send_mail, send_written_mail
from socialewifi.core.models import Heartbeat, Message, Notice
from socialewifi.core.tests.factories import TextFactory
from socialewifi.initiatives.models import Deadline
from socialewifi.initiatives.tests.factories import DeadlineFactory, InitiativeFactory
from tests.processes.conftest import ask, locks, someone_waits_for_a_lock, until

MORNING = "2026-11-20T09:00:00+01:00"
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
THE_JOB_IN_HAND = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'core.deliver' AND status = 'doing' FOR UPDATE"


class Worker:
    """The platform's worker, as it is started time and again."""

    def __init__(self, start, port):
        self._start, self._port = start, str(port)

    def start(self):
        self.process = self._start(serve.worker(), EMAIL_HOST="127.0.0.1", EMAIL_PORT=self._port, CLOCK=MORNING)

    def kill(self):
        self.process.kill()

    def is_missed(self):
        """Wait until it is gone, and let pass the minutes after which others know."""
        self.until(self.process.is_gone)
        ask("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '10 minutes'")
        ask("UPDATE procrastinate_periodic_defers SET defer_timestamp = defer_timestamp - 600")

    def until(self, condition):
        until(condition, told=self.process.log.read_text)


@pytest.fixture
def worker(start, mail_server):
    return Worker(start, mail_server.port)


def unfinished():
    return ProcrastinateJob.objects.filter(status__in=["todo", "doing"], task_name="core.deliver").exists()


def all_is_sent():
    return not Message.objects.waiting().exists() and not unfinished()


def last_accepted_is_noted(mail_server):
    of_it = re.search(r"<message-(\d+)-\d+@", mail_server.accepted[-1]["Message-ID"])
    return Message.objects.exclude(sent_at=None).filter(pk=of_it[1]).exists()


def test_every_mail_goes_out_once_whenever_the_worker_is_killed(worker, mail_server):
    TextFactory(code="hello", language="nl", subject="Dag", body="Hoi {{ name }}")
    for n in range(12):
        send_mail(code="hello", name=f"Roos {n}", email=f"roos{n}@voorbeeld.test", language="nl", at=AT)

    mail_server.when["MAIL", 3] = worker.kill
    worker.start()
    worker.is_missed()
    assert len(mail_server.accepted) == 2

    mail_server.when["DATA", 6] = worker.kill
    worker.start()
    worker.is_missed()
    accepted_but_not_noted = mail_server.accepted[-1]["Message-ID"]

    with locks() as take:
        taken = []

        def take_once():
            # The ninth may be the one that goes out again; that one is told of above.
            if not taken and mail_server.accepted[-1]["Message-ID"] != accepted_but_not_noted:
                taken.append(take(THE_JOB_IN_HAND))

        mail_server.when["DATA", 9] = mail_server.when["DATA", 10] = take_once
        worker.start()
        # Another hand may wait for that job too: it takes up what the killed one left.
        worker.until(lambda: taken and someone_waits_for_a_lock() and last_accepted_is_noted(mail_server))
        worker.kill()
    worker.is_missed()
    noted_but_job_in_hand = mail_server.accepted[-1]["Message-ID"]

    worker.start()
    worker.until(all_is_sent)

    assert sorted(mail_server.times.values()) == [1] * 11 + [2]
    assert mail_server.times[accepted_but_not_noted] == 2
    assert mail_server.times[noted_but_job_in_hand] == 1


def test_the_round_of_the_day_is_made_once_when_the_worker_is_killed_in_the_middle(
    worker, mail_server, guide, municipality, agreements, texts
):
    for n in range(3):
        initiative = InitiativeFactory(
            title=f"Moestuin {n}", municipality=municipality, contact_person=guide, exploring=True
        )
        DeadlineFactory(initiative=initiative, kind="exploration", due_on=date(2026, 11, 2))

    with locks() as take:
        take("LOCK TABLE core_notice IN SHARE MODE")
        worker.start()
        worker.until(someone_waits_for_a_lock)
        worker.kill()
    worker.is_missed()
    assert not Notice.objects.exists()
    assert not Deadline.objects.exclude(guide_reminded_at=None).exists()
    assert not Heartbeat.objects.filter(name="reminders").exclude(done_on=None).exists()

    worker.start()
    worker.until(lambda: mail_server.accepted and all_is_sent())

    assert Notice.objects.count() == 3
    [digest] = mail_server.accepted
    assert digest["To"] == guide.email
    assert all(f"Moestuin {n}" in digest.get_body(("plain",)).get_content() for n in range(3))


def test_who_waits_for_a_code_does_not_wait_for_a_slow_mail_to_someone_else(worker, mail_server):
    TextFactory(code="hello", language="nl", subject="Dag", body="Hoi {{ name }}")
    mail_server.slow_for.add("traag@voorbeeld.test")
    for _n in range(3):
        send_mail(code="hello", name="Trui", email="traag@voorbeeld.test", language="nl", at=AT)
    worker.start()
    worker.until(lambda: mail_server.asked == ["traag@voorbeeld.test"])

    send_written_mail(
        kind="people.login_code",
        subject="Je code",
        body="123456",
        name="Roos",
        email="roos@voorbeeld.test",
        language="nl",
        at=AT,
        secrets=["123456"],
    )

    worker.until(lambda: [mail["To"] for mail in mail_server.accepted] == ["roos@voorbeeld.test"])
    mail_server.slow_for.clear()
    worker.until(all_is_sent)
