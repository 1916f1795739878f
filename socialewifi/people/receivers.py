"""What allauth tells: whoever just set up a second factor has shown it works."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from socialewifi.people.middleware import SET_UP
from socialewifi.people.models import User


@receiver(authenticator_added)
def remember_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SET_UP] = user.pk
