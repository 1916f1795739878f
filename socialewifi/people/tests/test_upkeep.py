from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from socialewifi.core.models import Message
from socialewifi.people.actions.upkeep import forget_what_is_over
from socialewifi.people.tests.factories import NOON


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
