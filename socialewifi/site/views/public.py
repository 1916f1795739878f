"""The front of the platform: the first question, how it goes, where to find us, and what we promise."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from socialewifi.assessment.models import Criterion
from socialewifi.core.htmx import render_page
from socialewifi.governance.models import Agreement
from socialewifi.governance.queries import Number, number
from socialewifi.initiatives.forms.report import StartForm
from socialewifi.initiatives.queries import public as initiatives
from socialewifi.places.queries import municipalities
from socialewifi.site.queries.desks import desks

CARDS = 4
STORIES = 2


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "form": StartForm(),
        "road": road(_known("contact-term")),
        "cards": [initiatives.Card.of(row) for row in initiatives.public_rows()[:CARDS]],
        "stories": initiatives.stories()[:STORIES],
        "tiles": initiatives.tiles(municipalities()),
    }
    return render_page(request, "site/home.html", context)


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    term = _known("contact-term")
    context = {
        "road": road(term),
        "term": term,
        "criteria": Criterion.objects.filter(group=Criterion.Group.BASE, retired_at=None).order_by("position"),
    }
    return render_page(request, "site/how_it_works.html", context)


@require_safe
def find_us(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/find_us.html", {"subregions": desks()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/privacy.html", {"draft_retention": _known("draft-retention")})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/accessibility.html", {})


def road(term: Number | None) -> list[dict[str, str]]:
    """Return the five stones in a resident's words, with the promise of the first contact."""
    contact = _("Die persoon blijft bij je.")
    if term is not None:
        within = ngettext("Binnen %(days)s werkdag.", "Binnen %(days)s werkdagen.", term.value) % {"days": term.value}
        contact = f"{within} {contact}"
    return [
        {"title": _("Je vertelt je idee"), "text": _("Online, aan de telefoon of aan tafel.")},
        {"title": _("Iemand belt je"), "text": contact},
        {"title": _("Buren kijken mee"), "text": _("Inwoners geven advies over elk idee.")},
        {"title": _("Je krijgt hulp"), "text": _("Mensen, een plek, kennis of geld.")},
        {"title": _("Je vertelt verder"), "text": _("Een kort verhaal. Geen formulieren.")},
    ]


def _known(code: str) -> Number | None:
    try:
        return number(code)
    except Agreement.DoesNotExist:
        return None
