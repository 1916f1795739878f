"""Where someone begins after signing in."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from socialewifi.people.middleware import needs_second_factor
from socialewifi.people.signed_in import SignedInRequest, signed_in
from socialewifi.site import menu


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """
    Send whoever just came in to the page they come for.

    :raises PermissionDenied: before the second step, which the middleware then leads to
    """
    if needs_second_factor(request):
        raise PermissionDenied
    return HttpResponseRedirect(menu.start(request.user))
