"""Showing and carrying out one deed at work; what differs per deed stands in ``deed_tables``."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from socialewifi.core import clock, deeds
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.queries.work_page import with_what_rules_need
from socialewifi.initiatives.views.deed_tables import RowDeed, WorkDeed

# What a link may fill in beforehand.
PREFILLED = ("into",)


@login_required
def work_deed(request: HttpRequest, key: str, deed: WorkDeed) -> HttpResponse:
    """Show one deed, or carry it out."""
    initiative = _initiative(request, key)
    if not deed.may(request.user, initiative):
        raise PermissionDenied
    act = partial(deed.act, initiative=initiative, by=request.user, at=clock.now())
    return _answer(request, initiative, deed, act)


@login_required
def work_row_deed(request: HttpRequest, key: str, deed: RowDeed, pk: int) -> HttpResponse:
    """Show one deed about a task or a promise, or carry it out."""
    initiative = _initiative(request, key)
    row = get_object_or_404(deed.rows(initiative), pk=pk)
    if not deed.may(request.user, initiative, row):
        raise PermissionDenied
    act = partial(deed.act, initiative=initiative, row=row, by=request.user, at=clock.now())
    return _answer(request, initiative, deed, act, row=row)


def _initiative(request: HttpRequest, key: str) -> Initiative:
    return get_object_or_404(with_what_rules_need(Initiative.objects.visible_to(request.user)), key=key)


def _answer(
    request: HttpRequest, initiative: Initiative, deed: WorkDeed | RowDeed, act: Any, *, row: Any = None
) -> HttpResponse:
    prefilled = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form = deed.form(request.POST or None, initial=prefilled, initiative=initiative, by=request.user, row=row)

    def act_and_tell(**fields: Any) -> None:
        act(**fields)
        messages.success(request, str(deed.done))

    return deeds.answer(
        request,
        form=form,
        act=act_and_tell,
        done=lambda: _where_to_go(request, initiative),
        template="initiatives/work/deed.html",
        context={"initiative": initiative, "deed": deed, "row": row},
    )


def _where_to_go(request: HttpRequest, initiative: Initiative) -> str:
    """Return to the initiative, or to the list when this person no longer sees it."""
    if Initiative.objects.visible_to(request.user).filter(pk=initiative.pk).exists():
        return reverse("work-initiative", args=[initiative.key])
    return reverse("work-list")
