"""Pages for whoever is signed in: the user of their requests is a person, never nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

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
