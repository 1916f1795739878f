"""What every page's frame shows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


def frame(request: HttpRequest) -> dict[str, object]:
    return {"demo": settings.DEMO, "nav": public_nav(request)}


def public_nav(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The main menu of residents: label, address, and whether we are there."""
    places = [
        (_("Initiatieven"), "/initiatieven/"),
        (_("Verhalen"), "/verhalen/"),
        (_("Zo werkt het"), "/zo-werkt-het/"),
        (_("Mijn initiatief"), "/mijn/"),
    ]
    return [(label, url, request.path.startswith(url)) for label, url in places]
