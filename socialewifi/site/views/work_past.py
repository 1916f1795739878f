"""What lies behind the page of one initiative, read when it is opened: what happened, earlier plans, ideas like it."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from socialewifi.core import events
from socialewifi.core.htmx import render_page
from socialewifi.core.models import Event
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.outsiders import all_as_outsiders_read, as_outsiders_read
from socialewifi.initiatives.queries.doubles import Told, may_have_doubles, possible_doubles
from socialewifi.initiatives.queries.joining import tasks_without_titles, titles_out_of_sight, without_titles
from socialewifi.people.models import User
from socialewifi.site.queries import work_page as pages
from socialewifi.site.views.work_page import plan_in_words


@login_required
def work_versions(request: HttpRequest, key: str) -> HttpResponse:
    """Show the plan as it was after each edit."""
    user = cast("User", request.user)
    initiative = get_object_or_404(Initiative.objects.visible_to(user).prefetch_related("interests"), key=key)
    rows = list(pages.plan_versions(initiative))
    if not rules.can_see_contact_details(user, initiative):
        initiative, rows = as_outsiders_read(initiative), all_as_outsiders_read(rows)
    versions = [(version, plan_in_words(version)) for version in rows]
    return render(request, "site/work/versions.html", {"initiative": initiative, "versions": versions})


@login_required
def work_history(request: HttpRequest, key: str) -> HttpResponse:
    """Show what happened and what was said, the newest first; ``?voor=``, what came before the event of that number."""
    user, initiative = _worked_on(request, key)
    asked = request.GET.get("voor", "")
    history = pages.history(initiative, before=int(asked) if asked.isdecimal() and len(asked) < 19 else None)
    out_of_sight = titles_out_of_sight(user, beside=initiative)
    context = {
        "initiative": initiative,
        "history": history,
        "timeline": [_entry(event, out_of_sight) for event in history.events],
        "done": tasks_without_titles(history.done, out_of_sight),
    }
    return render_page(request, "site/work/history.html", context, partial="part")


@login_required
def work_doubles(request: HttpRequest, key: str) -> HttpResponse:
    """Show the ideas that this one looks like, as long as going on together is the thing to do."""
    user, initiative = _worked_on(request, key)
    told = Told(initiative.title, initiative.idea, initiative.municipality)
    found = possible_doubles(told, user=user, without=initiative) if may_have_doubles(initiative) else []
    context = {"initiative": initiative, "doubles": found, "may_join": rules.can_work_on(user, initiative)}
    return render_page(request, "site/work/doubles.html", context, partial="part")


def _worked_on(request: HttpRequest, key: str) -> tuple[User, Initiative]:
    """Return who asks, and the initiative with what rules need: for who reads it whole."""
    user = cast("User", request.user)
    seen = Initiative.objects.visible_to(user).select_related("municipality")
    initiative = get_object_or_404(seen.prefetch_related("interests", "join_proposals", "pauses"), key=key)
    if not rules.can_see_contact_details(user, initiative):
        raise PermissionDenied
    return user, initiative


def _entry(event: Event, out_of_sight: list[str]) -> dict[str, Any]:
    """Say what happened; who stepped aside from another idea does not read here how that is called (R5)."""
    other = event.details.get("other")
    hidden = [*([other] if other and out_of_sight else []), *out_of_sight]
    text, told = (without_titles(words, hidden) for words in (events.label(event), events.words(event, language="nl")))
    return {"at": event.at, "text": text, "by": event.by, "words": told}
