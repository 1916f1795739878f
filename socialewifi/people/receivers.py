"""What allauth tells: whoever just set up a second factor has shown it works, and what opens an account is noted."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from socialewifi.core import clock, events
from socialewifi.people import second_step
from socialewifi.people.models import User


@receiver(authenticator_added)
def remember_what_was_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    """Whoever just set up a second step has shown that it works; a session from before the first one stands outside."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    second_step.remember_set_up(request)
    others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
    if not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        _end_elsewhere(request, user)


@receiver(authenticator_removed)
def forget_what_it_opened(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """Let a factor that is taken away open nothing any more: not elsewhere, and here no page that asks for one."""
    _end_elsewhere(request, user)
    second_step.forget_passed(request)


def _end_elsewhere(request: HttpRequest, user: User) -> None:
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


@receiver(post_save, sender=SocialAccount)
def note_tie(instance: SocialAccount, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001
    """Write down that an account of an organisation now opens this one, whichever way it was tied."""
    if created:
        who = instance.user
        events.record("people.tie.made", on=who, by=who, at=clock.now(), organisation=instance.provider)
