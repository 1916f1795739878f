"""What every page of the administration shares: who may see it, and one page of a long list."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from socialewifi.people import rules
from socialewifi.people.signed_in import SignedInRequest, signed_in

Rest = ParamSpec("Rest")
PAGE = 50


def administrators_only(
    view: Callable[Concatenate[SignedInRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let administrators through, and nobody else."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not rules.can_administer(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def confirmers_only(
    view: Callable[Concatenate[SignedInRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let through whoever is asked to confirm roles: administrators and coordinators."""

    @wraps(view)
    def guarded(request: SignedInRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not rules.can_confirm_roles(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))
