"""Who is asked for advice or an answer is reminded once, shortly before the time is over (R12)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from socialewifi.assessment import jobs
from socialewifi.assessment.actions.reminders import remind_of_advice
from socialewifi.assessment.tests.factories import TriggerFactory
from socialewifi.core import clock
from socialewifi.core.digest import send_digests
from socialewifi.core.models import Message, Notice
from socialewifi.core.tests.factories import TextFactory
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.initiatives.tests.factories import InterestFactory
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ASKED = timezone.localdate(NOON)
DAY = timedelta(days=1)


def morning(day):
    return datetime(day.year, day.month, day.day, 6, 30, tzinfo=AMSTERDAM)


def remind_on(day):
    with rewriting():
        Notice.objects.all().delete()
    return remind_of_advice(day=day, at=morning(day))


def told():
    return list(Notice.objects.order_by("user__name").values_list("user__name", flat=True))


@pytest.fixture
def closes(assessment):
    return assessment.panel_closes_on


def test_who_gave_no_advice_is_reminded_once_two_days_before_the_panel_closes(assessment, closes, weighing):
    advised, *silent = weighing.members
    weighing.advise(assessment, advised)

    assert remind_on(closes - 3 * DAY) == 0
    assert remind_on(closes - 2 * DAY) == len(silent)
    assert told() == sorted(member.name for member in silent)
    notice = Notice.objects.first()
    assert "wacht nog op jouw advies. Het kan tot en met" in notice.words
    assert notice.path.startswith("/meekijken/")
    assert remind_on(closes - DAY) == 0


def test_a_worker_that_was_down_reminds_until_the_last_day_and_not_after_it(assessment, closes):
    assert remind_on(closes + DAY) == 0
    assert remind_on(closes) == 3


def test_who_steps_aside_or_left_the_panel_is_not_reminded(assessment, closes, weighing):
    aside, gone, stays = weighing.members
    InterestFactory(user=aside, initiative=assessment.initiative)
    Role.objects.filter(user=gone).update(ends_on=ASKED)

    assert remind_on(closes - DAY) == 1
    assert told() == [stays.name]


def test_nobody_is_reminded_of_a_weighing_that_ended(assessment, closes):
    assessment.end_without_outcome("find_out", because="Eerst iets uitzoeken.", at=NOON)

    assert remind_on(closes - DAY) == 0


def test_a_member_is_reminded_in_their_language(assessment, closes, weighing):
    for member in weighing.members:
        member.language = "en"
        member.save()

    remind_on(closes - DAY)

    assert "Wednesday 17 June" in Notice.objects.first().words


@pytest.fixture
def question(initiative, weighing, ambassador):
    return weighing.open(initiative, triggers=[TriggerFactory()]).questions.current().get()


def test_the_ambassador_is_reminded_once_a_working_day_before_the_answer_is_due(question, ambassador):
    with rewriting():
        question.due_on = date(2026, 6, 22)
        question.save()
    friday = date(2026, 6, 19)

    assert remind_on(friday - DAY) == 0
    assert ambassador.name not in told()
    remind_on(friday)
    assert told().count(ambassador.name) == 1
    assert Notice.objects.get(user=ambassador).path == f"/gemeente/{question.pk}/"
    remind_on(date(2026, 6, 22))
    assert ambassador.name not in told()


def test_the_ambassador_is_not_reminded_in_the_weekend_nor_of_what_was_answered(question, ambassador):
    with rewriting():
        question.due_on = date(2026, 6, 22)
        question.save()
    remind_on(date(2026, 6, 20))
    assert ambassador.name not in told()

    question.answer, question.answered_at, question.answered_by = "agree", NOON, ambassador
    question.save()
    remind_on(date(2026, 6, 22))
    assert ambassador.name not in told()


def test_without_an_ambassador_the_question_stays_to_be_reminded_of(question, ambassador):
    Role.objects.filter(user=ambassador).update(ends_on=ASKED)
    remind_on(question.due_on)

    question.refresh_from_db()
    assert question.reminded_at is None


def test_the_job_reminds_in_the_one_mail_of_the_day(assessment, closes, weighing, monkeypatch):
    TextFactory(code="digest", body="{{ lines }}")
    monkeypatch.setattr(clock, "now", lambda: morning(closes - DAY) + timedelta(hours=2))

    jobs.remind_who_is_asked(timestamp=0)
    jobs.remind_who_is_asked(timestamp=0)

    mails = Message.objects.filter(kind="digest", recipient=weighing.members[0])
    assert [mail.body.count("wacht nog op jouw advies") for mail in mails] == [1]


def test_a_line_that_waits_is_not_mailed_to_whoever_may_no_longer_read_it(question, ambassador, weighing):
    TextFactory(code="digest", body="{{ lines }}")
    stays, *left = weighing.members
    last = question.assessment.panel_closes_on
    for day in {last - DAY, question.due_on - DAY}:
        remind_of_advice(day=day, at=morning(day))
    assert set(told()) >= {ambassador.name, stays.name, *(member.name for member in left)}
    Role.objects.filter(user__in=[ambassador, *left]).update(confirmed_at=None, confirmed_by=None)

    send_digests(at=morning(last))

    assert Message.objects.filter(kind="digest").values_list("recipient", flat=True).get() == stays.pk
