"""Where someone lands after signing in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from socialewifi.site import menu


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Send whoever just came in to the page they come for."""
    return HttpResponseRedirect(menu.start(request.user))
