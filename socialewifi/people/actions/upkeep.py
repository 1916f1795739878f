"""Forgetting what is over: sessions that ended, mails whose code or link no longer opens anything, old forms."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from socialewifi.core.idempotency import forget_sent_forms
from socialewifi.core.limits import forget_tallies
from socialewifi.core.models import Message
from socialewifi.people.models import AccessKey

# A link to choose a password works three days; nothing about access is kept longer than a week.
KEPT = timedelta(days=7)


@transaction.atomic
def forget_what_is_over(*, at: datetime) -> None:
    """Remove ended sessions, mails about access that were sent long enough ago, and what grows for ever otherwise."""
    Session.objects.filter(expire_date__lt=at).delete()
    forget_tallies(at=at)
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(alive)).delete()
    Message.objects.filter(kind__startswith="people.", sent_at__lt=at - KEPT).delete()
    AccessKey.objects.filter(expires_at__lt=at - timedelta(days=AccessKey.DAYS_KEPT)).delete()
    forget_sent_forms(at=at)
