"""The call list, on screen and on paper."""

from django.http import HttpResponse
from django.shortcuts import render

from socialewifi.core import clock
from socialewifi.initiatives import rules
from socialewifi.people.signed_in import SignedInRequest, only
from socialewifi.support.queries.calls import call_list


@only(rules.can_work_somewhere)
def work_calls(request: SignedInRequest) -> HttpResponse:
    """Show whom to call; only who works there sees telephone numbers."""
    calls = [(call, call.to_note_by(request.user)) for call in call_list(request.user)]
    context = {"calls": calls, "day": clock.today()}
    return render(request, "support/calls.html", context)
