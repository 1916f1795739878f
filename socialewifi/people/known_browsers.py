"""
A browser in which someone signed in before has tries of its own: whoever has many connections cannot use those up.

The cookie opens nothing. It only says that this browser counts for itself when it asks for a code or tries a password
(ADR 16); a device cookie, as OWASP calls it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from socialewifi.people.models import User

COOKIE = "known_browser"
KNOWN_FOR = 365 * 24 * 60 * 60


def remember(response: HttpResponse, *, user: User) -> None:
    """Let this browser be known as one in which this account signed in; the last one counts."""
    response.set_signed_cookie(
        COOKIE,
        _mark(user.email),
        salt=COOKIE,
        max_age=KNOWN_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_known(request: HttpRequest, *, email: str) -> bool:
    """Tell whether the account with this address signed in here before."""
    return request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=KNOWN_FOR) == _mark(email)


def _mark(email: str | None) -> str:
    """Name an account without its address: others may use this computer too."""
    return salted_hmac(COOKIE, str(email)).hexdigest()
