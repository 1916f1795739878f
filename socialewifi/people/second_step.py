"""What a session knows of the second step of its account (docs/access.md)."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from socialewifi.people.models import User

SET_UP = "people.second_factor_set_up"


def has_second_step(user: User) -> bool:
    """Tell whether this account has an app or a key; codes to recover with are for when those are lost."""
    found = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(found.exists())


def has_passed(request: HttpRequest, user: User) -> bool:
    """Tell whether this session passed a second factor: here, or at an organisation that asks one itself."""
    trusted = {one.id for one in settings.SINGLE_SIGN_ON if one.second_factor}
    return request.session.get(SET_UP) == user.pk or any(
        record["method"] == "mfa" or (record["method"] == "socialaccount" and record.get("provider") in trusted)
        for record in get_authentication_records(request, user)
    )


def has_just_set_up(request: HttpRequest) -> bool:
    """Tell whether the second step was set up in this session, which showed that it works."""
    return bool(request.session.get(SET_UP) == request.user.pk)


def remember_set_up(request: HttpRequest) -> None:
    request.session[SET_UP] = request.user.pk


def forget_passed(request: HttpRequest) -> None:
    """Let this session be one that passed none."""
    request.session.pop(SET_UP, None)
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [one for one in records if one["method"] != "mfa"]
