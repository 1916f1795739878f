"""Whose pages these are: an initiator finds their own, everyone else finds nothing, and who is not in reads how."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from socialewifi.core.htmx import render_page
from socialewifi.initiatives.models import Initiative, InitiativeQuerySet, Initiator
from socialewifi.initiatives.queries.mine import OwnPage
from socialewifi.people.models import User

View = Callable[..., HttpResponse]


def come_in(request: HttpRequest) -> HttpResponse:
    """Explain how to open one's own page: the same words whether the page exists or not."""
    context = {"next": request.get_full_path()}
    return render_page(request, "initiatives/mine/come_in.html", context, status=403)


def own(view: View) -> View:
    """Hand the view this initiator's page of one initiative; for strangers, at work too, it does not exist."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, key: str, **rest: Any) -> HttpResponse:
        return _found(view, request, key, Initiative.objects.owned_by, rest)

    return found


def followed(view: View) -> View:
    """As ``own``, and also for who follows it because their own initiative went on in it."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, key: str, **rest: Any) -> HttpResponse:
        return _found(view, request, key, Initiative.objects.followed_by, rest)

    return found


def _found(
    view: View, request: HttpRequest, key: str, rows: Callable[[Any], InitiativeQuerySet], rest: dict[str, Any]
) -> HttpResponse:
    if not request.user.is_authenticated:
        return come_in(request)
    related = (
        "contact_person__organisation",
        "channel",
        "municipality",
        "redirected_to",
        "joined_into__contact_person",
    )
    initiative = rows(request.user).select_related(*related).filter(key=key).first()
    if initiative is None:
        return _ask_whose_it_is(request.user, key)
    return view(request, OwnPage(initiative, request.user), **rest)


def _ask_whose_it_is(user: User, key: str) -> HttpResponse:
    """Ask the owner of a mailbox whether what was told with it is theirs; for others it is not here."""
    if not Initiator.objects.unrecognised(user).filter(initiative__key=key).exists():
        raise Http404
    return HttpResponseRedirect(reverse("mine-claim", args=[key]))
