"""Where someone begins after signing in."""

from django.http import HttpResponse, HttpResponseRedirect

from socialewifi.people.signed_in import SignedInRequest, signed_in
from socialewifi.site import menu


@signed_in
def start(request: SignedInRequest) -> HttpResponse:
    """Send whoever just came in to the page they come for."""
    return HttpResponseRedirect(menu.start(request.user))
