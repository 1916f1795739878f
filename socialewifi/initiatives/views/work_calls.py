"""The call list, on screen and on paper."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from socialewifi.core import clock
from socialewifi.initiatives import rules
from socialewifi.initiatives.queries.work_calls import call_list
from socialewifi.people.models import User


@login_required
def work_calls(request: HttpRequest) -> HttpResponse:
    """Show whom to call; only who works there sees telephone numbers."""
    user = cast("User", request.user)
    if not rules.can_work_somewhere(user):
        raise PermissionDenied
    calls = [(call, call.to_note_by(user)) for call in call_list(user)]
    context = {"calls": calls, "day": clock.today()}
    return render(request, "initiatives/work/calls.html", context)
