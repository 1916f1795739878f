"""The pages an initiator reads, and writing to the contact."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.actions.conversation import read_by_initiators, write_to_contact
from socialewifi.initiatives.forms.mine import PostForm, changes_of
from socialewifi.initiatives.queries.mine import OwnPage, own_list, whose_is_it
from socialewifi.initiatives.views.mine.access import come_in, followed, own


@never_cache
@require_safe
def mine_list(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return come_in(request)
    return render_page(
        request, "initiatives/mine/list.html", {"cards": own_list(request.user), "asked": whose_is_it(request.user)}
    )


@require_safe
@followed
def timeline(request: HttpRequest, page: OwnPage) -> HttpResponse:
    return render_page(request, "initiatives/mine/timeline.html", {"page": page, "initiative": page.shown})


@require_http_methods(["GET", "HEAD", "POST"])
@own
def posts(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    if page.unread_post is not None and request.method == "GET":
        read_by_initiators(initiative=initiative, by=page.user, at=clock.now())
    return deeds.answer(
        request,
        form=PostForm(request.POST or None),
        act=lambda body: write_to_contact(initiative=initiative, body=body, by=page.user, at=clock.now()),
        done=reverse("mine-posts", args=[initiative.key]),
        said=_("Je bericht is verstuurd."),
        template="initiatives/mine/posts.html",
        partial="",
        context={"page": page, "initiative": initiative},
    )


@require_safe
@own
def plan_versions(request: HttpRequest, page: OwnPage) -> HttpResponse:
    versions = list(page.initiative.plan_versions.select_related("by").order_by("-number"))
    told = [
        {"version": new, "changes": changes_of(old, new)}
        for new, old in zip(versions, [*versions[1:], None], strict=True)
    ]
    context = {"page": page, "initiative": page.initiative, "versions": told}
    return render_page(request, "initiatives/mine/plan_versions.html", context)
