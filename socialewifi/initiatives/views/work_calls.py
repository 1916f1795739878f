"""The call list, on screen and on paper."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from socialewifi.core import clock
from socialewifi.initiatives import rules
from socialewifi.initiatives.queries.work_calls import call_list


@login_required
def work_calls(request: HttpRequest) -> HttpResponse:
    """Show whom to call; only who works there sees telephone numbers."""
    if not rules.can_work_somewhere(request.user):
        raise PermissionDenied
    context = {"calls": call_list(request.user), "day": clock.today()}
    return render(request, "initiatives/work/calls.html", context)
