"""What every page's frame shows."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from socialewifi.people.models import User
from socialewifi.places.models import Region
from socialewifi.places.queries import the_region
from socialewifi.site.menu import account_of, menu


def frame(request: HttpRequest) -> dict[str, object]:
    user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    return {
        "demo": settings.DEMO,
        "nav": menu(user, request.path),
        "own_account": account_of(user),
        "desk": SimpleLazyObject(_desk),
        "reading_mode": user.reading_mode if isinstance(user, User) else None,
    }


def _desk() -> Region | None:
    """Return the region with its front desk; a page that says what failed must not fail on this."""
    try:
        return the_region()
    except DatabaseError:
        return None
