"""Showing and carrying out one deed at work; what differs per deed stands in ``deed_tables``."""

from collections.abc import Callable
from functools import partial
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from socialewifi.core import clock, deeds
from socialewifi.initiatives import rules
from socialewifi.initiatives.forms.work import WorkForm
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.queries.work_page import initiative_for_deed
from socialewifi.initiatives.views.deed_tables import RowDeed, WorkDeed
from socialewifi.people.models import User

# What a link may fill in beforehand.
PREFILLED = ("into",)


@login_required
def work_deed(request: HttpRequest, key: str, deed: WorkDeed) -> HttpResponse:
    """Show one deed, or carry it out."""
    user = cast("User", request.user)
    initiative = _initiative(user, key)
    if not deed.may(user, initiative):
        raise PermissionDenied
    act = partial(deed.act, initiative=initiative, by=user, at=clock.now())
    form = deed.form(request.POST or None, initial=_prefilled(request), initiative=initiative, by=user)
    return _answer(request, user, form, deed, act)


@login_required
def work_row_deed(request: HttpRequest, key: str, deed: RowDeed, pk: int) -> HttpResponse:
    """Show one deed about a task or a promise, or carry it out."""
    user = cast("User", request.user)
    initiative = _initiative(user, key)
    row = get_object_or_404(deed.rows(initiative), pk=pk)
    if not deed.may(user, initiative, row):
        raise PermissionDenied
    act = partial(deed.act, initiative=initiative, row=row, by=user, at=clock.now())
    form = deed.form(request.POST or None, initiative=initiative, by=user, row=row)
    return _answer(request, user, form, deed, act)


def _initiative(user: User, key: str) -> Initiative:
    initiative = initiative_for_deed(user, key)
    if initiative is None:
        raise Http404
    return initiative


def _prefilled(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in PREFILLED if name in request.GET}


def _answer(
    request: HttpRequest, user: User, form: WorkForm, deed: WorkDeed | RowDeed, act: Callable[..., object]
) -> HttpResponse:
    return deeds.answer(
        request,
        form=form,
        act=act,
        done=lambda: _where_to_go(user, form.initiative),
        template="initiatives/work/deed.html",
        context={"initiative": _shown(user, form.initiative), "deed": deed, "row": form.row},
        said=deed.done,
    )


def _shown(user: User, initiative: Initiative) -> Initiative:
    return initiative if rules.can_see_contact_details(user, initiative) else as_outsiders_read(initiative)


def _where_to_go(user: User, initiative: Initiative) -> str:
    """Return to the initiative, or to the list when this person no longer sees it."""
    if Initiative.objects.visible_to(user).filter(pk=initiative.pk).exists():
        return reverse("work-initiative", args=[initiative.key])
    return reverse("work-list")
