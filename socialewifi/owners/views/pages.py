"""The pages an initiator reads."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.actions.conversation import read_by_initiators
from socialewifi.owners.forms import PostForm, changes_of
from socialewifi.owners.queries.page import OwnPage, own_list, whose_is_it
from socialewifi.owners.views.access import come_in, followed, own


@never_cache
@require_safe
def mine_list(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return come_in(request)
    return render_page(
        request, "owners/list.html", {"cards": own_list(request.user), "asked": whose_is_it(request.user)}
    )


@require_safe
@followed
def timeline(request: HttpRequest, page: OwnPage) -> HttpResponse:
    return render_page(request, "owners/timeline.html", {"page": page, "initiative": page.shown})


@require_safe
@own
def posts(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Show what was written, with the form to write; whoever opens it has read it."""
    if page.unread_post is not None and request.method == "GET":
        read_by_initiators(initiative=page.initiative, by=page.user, at=clock.now())
    context = {"page": page, "initiative": page.initiative, "form": PostForm()}
    return render_page(request, "owners/posts.html", context)


@require_safe
@own
def plan_versions(request: HttpRequest, page: OwnPage) -> HttpResponse:
    versions = list(page.initiative.plan_versions.select_related("by").order_by("-number"))
    told = [
        {"version": new, "changes": changes_of(old, new)}
        for new, old in zip(versions, [*versions[1:], None], strict=True)
    ]
    context = {"page": page, "initiative": page.initiative, "versions": told}
    return render_page(request, "owners/plan_versions.html", context)
