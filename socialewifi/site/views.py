from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from socialewifi.core.htmx import render_page
from socialewifi.initiatives.forms.report import StartForm
from socialewifi.site import menu

ROAD = [
    {"title": _("Je vertelt je idee"), "text": _("Online, aan de telefoon of aan tafel.")},
    {"title": _("Iemand belt je"), "text": _("Die persoon blijft bij je.")},
    {"title": _("Buren kijken mee"), "text": _("Inwoners geven advies over elk idee.")},
    {"title": _("Je krijgt hulp"), "text": _("Mensen, een plek, kennis of geld.")},
    {"title": _("Je vertelt verder"), "text": _("Een kort verhaal. Geen formulieren.")},
]


def home(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/home.html", {"road": ROAD, "form": StartForm()})


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Send whoever just came in to the page they come for."""
    return HttpResponseRedirect(menu.start(request.user))
