"""Pages for whoever is signed in: the user of their requests is a person, never nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, reverse

from socialewifi.core.htmx import render_page
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.models import User
from socialewifi.people.second_step import has_passed, has_second_step

Rest = ParamSpec("Rest")


class SignedInRequest(HttpRequest):
    """A request of someone who is signed in."""

    user: User


def signed_in(
    view: Callable[Concatenate[SignedInRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Ask a visitor to sign in first."""

    @wraps(view)
    def for_anyone(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        return view(cast(SignedInRequest, request), *args, **kwargs)

    return login_required(for_anyone)


def only(
    may: Callable[[User], bool],
) -> Callable[
    [Callable[Concatenate[SignedInRequest, Rest], HttpResponse]], Callable[Concatenate[HttpRequest, Rest], HttpResponse]
]:
    """Let through whoever may, whatever is there, and nobody else; a visitor is asked to sign in first."""

    def guard(
        view: Callable[Concatenate[SignedInRequest, Rest], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
        @wraps(view)
        def guarded(request: SignedInRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return signed_in(guarded)

    return guard


def accounts_only(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """
    Close these pages for whoever is in with a link or a code, and tell them how an account begins (R14).

    What is sent to them is done while the person is held: whose access ends at that moment changes nothing any more.
    """
    for one in patterns:
        if isinstance(one, URLResolver):
            accounts_only(one.url_patterns)
        else:
            one.callback = _for_accounts(one.callback)
    return patterns


def _for_accounts(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and not request.user.is_account:
            return render_page(request, "people/no_account.html", {}, status=403)
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            lock_person(request.user)
            if not request.session.exists(str(request.session.session_key)):
                request.session.flush()
                return redirect_to_login(request.path)
            if _stays_outside(request):
                return redirect_to_login(request.path, reverse("mfa_reauthenticate"))
            return view(request, *args, **kwargs)

    return guarded


def _stays_outside(request: HttpRequest) -> bool:
    """Tell whether this session did not pass the second step of its account: it changes nothing until it does."""
    user = cast(User, request.user)
    asked = request.resolver_match.url_name if request.resolver_match else ""
    is_passing = asked in {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
    return not is_passing and has_second_step(user) and not has_passed(request, user)
