"""The front of the platform: the first question, how it goes, where to find us, and what we promise."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from socialewifi.assessment.models import Criterion
from socialewifi.core.htmx import render_page
from socialewifi.core.page_cache import cached_until_change
from socialewifi.governance.models import Agreement
from socialewifi.governance.queries import Number, number
from socialewifi.intake.forms.report import StartForm
from socialewifi.places.queries import municipalities
from socialewifi.publication import queries as initiatives
from socialewifi.site.queries.desks import desks
from socialewifi.site.road import long_road, road

CARDS = 4
STORIES = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask the first question. Drawn for each visitor: its form names the draft in which they write."""
    context = {
        "form": StartForm(),
        "road": road(_known("contact-term")),
        "cards": [initiatives.Card.of(row) for row in initiatives.newest(count=CARDS)],
        "stories": initiatives.newest_stories(count=STORIES),
        "tiles": initiatives.tiles(municipalities()),
    }
    return render_page(request, "site/home.html", context)


@require_safe
@cached_until_change
def how_it_works(request: HttpRequest) -> HttpResponse:
    term = _known("contact-term")
    context = {
        "road": long_road(term),
        "term": term,
        "criteria": Criterion.objects.filter(group=Criterion.Group.BASE, retired_at=None).order_by("position"),
    }
    return render_page(request, "site/how_it_works.html", context)


@require_safe
@cached_until_change
def find_us(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/find_us.html", {"subregions": desks()})


@require_safe
@cached_until_change
def privacy(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/privacy.html", {"draft_retention": _known("draft-retention")})


@require_safe
@cached_until_change
def accessibility(request: HttpRequest) -> HttpResponse:
    return render_page(request, "site/accessibility.html", {})


def _known(code: str) -> Number | None:
    try:
        return number(code)
    except Agreement.DoesNotExist:
        return None
