"""Whose pages these are: an initiator finds their own, everyone else finds nothing, and who is not in reads how."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from socialewifi.core.deeds import View
from socialewifi.core.error_pages import sentences
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.models import Initiative, InitiativeQuerySet, Initiator
from socialewifi.initiatives.queries.joining import ended_join
from socialewifi.owners.queries.page import OwnPage
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest

Rows = Callable[[Any], InitiativeQuerySet]
SHOWN_WITH_IT = (
    "contact_person__organisation",
    "channel",
    "municipality",
    "redirected_to",
    "joined_into__contact_person",
)


def come_in(request: HttpRequest) -> HttpResponse:
    """Explain how to open one's own page: the same words whether the page exists or not. What was typed comes back."""
    context = {"next": request.get_full_path(), "sentences": sentences(request)}
    return render_page(request, "owners/come_in.html", context, status=403)


def for_owners(view: View) -> View:
    """Let through who is in; who finds nothing and may own it all the same is asked whether it is theirs."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, key: str, **rest: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return come_in(request)
        try:
            return view(request, key=key, **rest)
        except Http404:
            if not Initiator.objects.unrecognised(request.user).filter(initiative__key=key).exists():
                raise
            return HttpResponseRedirect(reverse("mine-claim", args=[key]))

    return guarded


def asked_to_join(view: View) -> View:
    """Let through who is asked to go on with another idea; when that ended, tell what became of it."""

    @for_owners
    @wraps(view)
    def guarded(request: SignedInRequest, key: str) -> HttpResponse:
        try:
            return view(request, key=key)
        except Http404:
            initiative = own_initiative(request.user, key)
            ended = ended_join(initiative) if initiative else None
            if initiative is None or ended is None:
                raise
            context = {
                "page": OwnPage(initiative, request.user),
                "initiative": initiative,
                "proposal": ended,
                "other": ended.other_than(initiative).title_for_all,
            }
            return render_page(request, "owners/join_ended.html", context)

    return guarded


def own_initiative(user: User, key: str) -> Initiative | None:
    return _found(Initiative.objects.owned_by, user, key)


def own(view: View) -> View:
    """Hand the view this initiator's page of one initiative; for strangers, at work too, it does not exist."""
    return _with_page(view, Initiative.objects.owned_by)


def followed(view: View) -> View:
    """As ``own``, and also for who follows it because their own initiative went on in it."""
    return _with_page(view, Initiative.objects.followed_by)


def _with_page(view: View, rows: Rows) -> View:
    @for_owners
    @wraps(view)
    def found(request: SignedInRequest, key: str, **rest: Any) -> HttpResponse:
        initiative = _found(rows, request.user, key)
        if initiative is None:
            raise Http404
        return view(request, OwnPage(initiative, request.user), **rest)

    return found


def _found(rows: Rows, user: User, key: str) -> Initiative | None:
    found: Initiative | None = rows(user).select_related(*SHOWN_WITH_IT).filter(key=key).first()
    return found
