"""What allauth tells: whoever just set up a second factor has shown it works, and what opens an account is noted."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialAccount
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


@receiver(post_save, sender=SocialAccount)
def note_tie(instance: SocialAccount, created: bool, **_kwargs: Any) -> None:  # noqa: FBT001
    """Write down that an account of an organisation now opens this one, whichever way it was tied."""
    if created:
        who = instance.user
        events.record("people.tie.made", on=who, by=who, at=clock.now(), organisation=instance.provider)
