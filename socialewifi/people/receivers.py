"""What allauth tells: whoever just set up a second factor has shown it works, and what opens an account is noted."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from socialewifi.core import clock, events
from socialewifi.people.middleware import SET_UP
from socialewifi.people.models import User


@receiver(authenticator_added)
def remember_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SET_UP] = user.pk


@receiver(authenticator_removed)
def forget_what_it_opened(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Let a factor that is taken away open nothing any more: not elsewhere, and here no page that asks for one."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
    request.session.pop(SET_UP, None)
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one["method"] != "mfa"]


@receiver(post_save, sender=SocialAccount)
def note_tie(instance: SocialAccount, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001
    """Write down that an account of an organisation now opens this one, whichever way it was tied."""
    if created:
        who = instance.user
        events.record("people.tie.made", on=who, by=who, at=clock.now(), organisation=instance.provider)
