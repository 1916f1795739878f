"""The queue with a real worker, in transactions that really commit."""

import psycopg
import pytest
from django.core import mail as outbox
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from socialewifi.core import jobs
from socialewifi.core.actions import send_mail
from socialewifi.core.models import Message, Text
from socialewifi.core.worker import with_its_own_connection


@pytest.fixture
def queue(transactional_db):
    """An empty queue; its tables are no models of ours, so that nothing else empties them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def message(queue):
    Text.objects.create(code="hello", language="nl", subject="Dag", body="Hoi")
    return send_mail(code="hello", name="Roos", email="roos@voorbeeld.test", language="nl", at=timezone.now())


def work():
    """Let a worker do what waits, as the process of production does."""
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(
            wait=False,
            install_signal_handlers=False,
            listen_notify=False,
            task_middleware=[with_its_own_connection],
        )


def test_the_worker_sends_what_waits(message):
    work()

    message.refresh_from_db()
    assert message.sent_at is not None
    assert [mail.subject for mail in outbox.outbox] == ["Dag"]


def test_a_server_that_is_away_is_tried_again_later(message, monkeypatch):
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        work()
    job = ProcrastinateJob.objects.get(task_name="core.deliver")
    assert (job.status, job.attempts) == ("todo", 1)
    assert Message.objects.get().attempts == 1


def refuse(self):
    raise ConnectionRefusedError


def test_the_job_of_a_killed_worker_is_taken_up_by_another(message):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")

    jobs.take_up_stalled_jobs.defer(timestamp=0)
    work()
    work()

    assert Message.objects.get().sent_at is not None


@pytest.mark.parametrize(("hours", "is_sent"), [(4, True), (1, False)])
def test_a_job_whose_end_was_not_noted_is_taken_up_though_its_worker_lives(message, hours, is_sent):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s RETURNING id", cursor.fetchone())
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(hours => %s) WHERE type = 'started'", [hours]
        )

    jobs.take_up_stalled_jobs.defer(timestamp=0)
    work()
    work()

    assert (Message.objects.get().sent_at is not None) is is_sent


def test_a_mail_that_a_worker_out_of_reach_still_holds_is_tried_again_later(message):
    with psycopg.connect(**connection.get_connection_params()) as out_of_reach:
        out_of_reach.execute("SELECT 1 FROM core_message FOR UPDATE")
        work()
        out_of_reach.rollback()

    job = ProcrastinateJob.objects.get(task_name="core.deliver")
    assert (job.status, job.attempts) == ("todo", 1)
    assert Message.objects.get().sent_at is None


def test_a_killed_worker_whose_periodic_job_waits_again_keeps_no_other_job_from_being_taken_up(queue):
    jobs.beat.defer(timestamp=1)
    Text.objects.create(code="hello", language="nl", subject="Dag", body="Hoi")
    send_mail(code="hello", name="Roos", email="roos@voorbeeld.test", language="nl", at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
    jobs.take_up_stalled_jobs.defer(timestamp=0)
    jobs.beat.defer(timestamp=2)

    work()

    assert Message.objects.get().sent_at is not None
    taking_up = ProcrastinateJob.objects.filter(task_name=jobs.take_up_stalled_jobs.name)
    assert {job.status for job in taking_up} == {"succeeded"}


def test_a_deed_that_is_undone_leaves_no_mail_and_no_job(queue):
    Text.objects.create(code="hello", language="nl", subject="Dag", body="Hoi")

    with pytest.raises(RuntimeError):
        write_and_fail()

    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_deed_that_is_undone_inside_the_worker_leaves_no_mail_and_no_job_either(queue):
    Text.objects.create(code="hello", language="nl", subject="Dag", body="Hoi")

    with app.replace_connector(app.connector.get_worker_connector()), pytest.raises(RuntimeError):
        write_and_fail()

    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.exists()


@transaction.atomic
def write_and_fail():
    send_mail(code="hello", name="Roos", email="roos@voorbeeld.test", language="nl", at=timezone.now())
    raise RuntimeError
