"""Whoever works here passes a second factor before any page of that work opens, and is not signed in for ever."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from socialewifi.core import clock
from socialewifi.people.models import ROLES_OF_WORK, Role, User
from socialewifi.people.second_step import has_passed, has_second_step
from socialewifi.people.waiting_sign_ins import end_where_access_ended

SEEN = "people.seen"
# The session is written again once in so many seconds, not on every page.
REMEMBER_EVERY = 300


class SecondFactor:
    """
    Hold back the roles of work until the second factor is passed.

    What a page is for, it says itself by whom it refuses: whoever is refused while roles are held back is sent to pass
    the second factor first, whatever the address, and after that sees the page or the refusal. A page nobody thought
    of here can therefore only show too little.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        end_where_access_ended(request)
        if user.is_authenticated and not user.is_account:
            # In with a link or a code: that opens one idea, and no role (R14).
            user.withhold(Role.Kind.values)
        if user.is_authenticated and user.is_staff_member:
            if settings.REQUIRE_SECOND_FACTOR and not has_passed(request, user):
                user.withhold(ROLES_OF_WORK)
                request.needs_second_factor = True  # type: ignore[attr-defined]
            else:
                _keep_awake(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        user = request.user
        if isinstance(refusal, PermissionDenied | Http404) and user.is_authenticated and needs_second_factor(request):
            return HttpResponseRedirect(_where_to_pass(request, user))
        return None


def needs_second_factor(request: HttpRequest) -> bool:
    """Tell whether roles of work are held back in this request, until the second factor is passed."""
    return getattr(request, "needs_second_factor", False)


def _where_to_pass(request: HttpRequest, user: User) -> str:
    if has_second_step(user):
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
    return reverse("mfa_index")


def _keep_awake(request: HttpRequest) -> None:
    """End the session after a time without a sign of life."""
    now = clock.now().timestamp()
    if now - request.session.get(SEEN, 0) > REMEMBER_EVERY:
        request.session[SEEN] = now
        request.session.set_expiry(settings.STAFF_IDLE_SECONDS)
