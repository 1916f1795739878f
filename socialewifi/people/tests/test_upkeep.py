from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection
from django.utils import timezone

from socialewifi.core.models import Message, SentForm
from socialewifi.people.actions.keys import issue_letter_code
from socialewifi.people.actions.upkeep import forget_what_is_over
from socialewifi.people.models import AccessKey
from socialewifi.people.tests.factories import NOON, UserFactory


def mail(kind, sent_at):
    return Message.objects.create(
        kind=kind,
        channel="email",
        to_email="x@voorbeeld.test",
        subject="x",
        body="123456",
        created_at=NOON,
        sent_at=sent_at,
    )


def test_old_mails_about_access_are_forgotten_and_others_stay(db):
    mail("people.login_code", NOON - timedelta(days=8))
    kept = [
        mail("people.login_code", NOON - timedelta(days=6)),
        mail("people.login_code", None),
        mail("report-confirmed", NOON - timedelta(days=800)),
    ]

    forget_what_is_over(at=NOON)

    assert list(Message.objects.order_by("id")) == kept


def test_ended_sessions_are_forgotten(resident):
    for key, days in (("old", -1), ("alive", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=NOON + timedelta(days=days))
        UserSession.objects.create(user=resident, session_key=key, ip="10.0.0.1", user_agent="x")

    forget_what_is_over(at=NOON)

    assert [session.session_key for session in Session.objects.all()] == ["alive"]
    assert [session.session_key for session in UserSession.objects.all()] == ["alive"]


def test_forms_sent_long_ago_are_forgotten_and_the_others_still_do_nothing_twice(db):
    SentForm.objects.create(at=NOON - timedelta(days=91))
    kept = SentForm.objects.create(at=NOON - timedelta(days=89))

    forget_what_is_over(at=NOON)

    assert list(SentForm.objects.all()) == [kept]


def test_keys_that_ran_out_over_a_year_ago_are_forgotten(db):
    resident = UserFactory(email=None)
    for days in (366, 364):
        at = NOON - timedelta(days=days + 30)
        issue_letter_code(user=resident, by=None, at=at, days=30)

    forget_what_is_over(at=NOON)

    assert [key.expires_at for key in AccessKey.objects.all()] == [NOON - timedelta(days=364)]


@pytest.mark.parametrize("table", ["core_sentform", "people_accesskey"])
def test_the_database_keeps_what_is_not_old(db, table):
    SentForm.objects.create(at=timezone.now() - timedelta(days=89))
    issue_letter_code(user=UserFactory(email=None), by=None, at=timezone.now() - timedelta(days=366), days=30)

    with pytest.raises(ProgrammingError, match="nothing is removed from it"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
