"""Whoever works here passes a second factor before any page of that work opens, and is not signed in for ever."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from socialewifi.core import clock
from socialewifi.people.models import User

PAGES_OF_WORK = ("/start/", "/werk/", "/gemeente/", "/beheer/")
SEEN, SET_UP = "people.seen", "people.second_factor_set_up"
# The session is written again once in so many seconds, not on every page.
REMEMBER_EVERY = 300


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Hold back the roles of work until the second factor is passed, and send people there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.is_staff_member:
            if settings.REQUIRE_SECOND_FACTOR and not has_passed(request, user):
                user.withhold_roles_of_work()
                request.needs_second_factor = True  # type: ignore[attr-defined]
                if request.path.startswith(PAGES_OF_WORK):
                    return HttpResponseRedirect(_where_to_pass(request, user))
            else:
                _keep_awake(request)
        return get_response(request)

    return middleware


def has_passed(request: HttpRequest, user: User) -> bool:
    """Tell whether this session passed a second factor: here, or at an organisation that asks one itself."""
    trusted = {one.id for one in settings.SINGLE_SIGN_ON if one.second_factor}
    return request.session.get(SET_UP) == user.pk or any(
        record["method"] == "mfa" or (record["method"] == "socialaccount" and record.get("provider") in trusted)
        for record in get_authentication_records(request, user)
    )


def _where_to_pass(request: HttpRequest, user: User) -> str:
    if Authenticator.objects.filter(user=user).exists():
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
    return reverse("mfa_index")


def _keep_awake(request: HttpRequest) -> None:
    """End the session after a time without a sign of life."""
    now = clock.now().timestamp()
    if now - request.session.get(SEEN, 0) > REMEMBER_EVERY:
        request.session[SEEN] = now
        request.session.set_expiry(settings.STAFF_IDLE_SECONDS)
