"""Pages for whoever is signed in: the user of their requests is a person, never nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from socialewifi.core.htmx import render_page
from socialewifi.people.models import User

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


def accounts_only(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Close these pages for whoever is in with a link or a code, and tell them how an account begins (R14)."""
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
        return view(request, *args, **kwargs)

    return guarded
