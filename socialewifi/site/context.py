"""What every page's frame shows."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from socialewifi.places.models import Region
from socialewifi.places.queries import the_region


def frame(request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.DEMO, "nav": public_nav(request), "desk": SimpleLazyObject(_desk)}


def public_nav(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The main menu of residents: label, address, and whether we are there."""
    places = [
        (_("Initiatieven"), "/initiatieven/"),
        (_("Verhalen"), "/verhalen/"),
        (_("Zo werkt het"), "/zo-werkt-het/"),
        (_("Mijn initiatief"), "/mijn/"),
    ]
    return [(label, url, request.path.startswith(url)) for label, url in places]


def _desk() -> Region | None:
    """Return the region with its front desk; a page that says what failed must not fail on this."""
    try:
        return the_region()
    except DatabaseError:
        return None
