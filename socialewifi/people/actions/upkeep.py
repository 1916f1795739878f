"""Forgetting what is over: sessions that ended, and mails whose code or link no longer opens anything."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from socialewifi.core.limits import forget_tallies
from socialewifi.core.models import Message

# A link to choose a password works three days; nothing about access is kept longer than a week.
KEPT = timedelta(days=7)


@transaction.atomic
def forget_what_is_over(*, at: datetime) -> None:
    """Remove ended sessions, and mails about access that were sent long enough ago."""
    Session.objects.filter(expire_date__lt=at).delete()
    forget_tallies(at=at)
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.exclude(Exists(alive)).delete()
    Message.objects.filter(kind__startswith="people.", sent_at__lt=at - KEPT).delete()
