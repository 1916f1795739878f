"""
A browser in which someone signed in before has tries of its own: whoever has many connections cannot use those up.

The cookie opens nothing. It only says that this browser counts for itself when it asks for a code or tries a password
(ADR 16); a device cookie, as OWASP calls it.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from socialewifi.core.cookies import set_signed_cookie, signed_cookie
from socialewifi.people.models import User

COOKIE = "known_browser"
KNOWN_FOR = 365 * 24 * 60 * 60


def remember(response: HttpResponse, *, user: User) -> None:
    """Let this browser be known as one in which this account signed in; the last one counts."""
    set_signed_cookie(response, COOKIE, _mark(user.email), max_age=KNOWN_FOR)


def is_known(request: HttpRequest, *, email: str) -> bool:
    """Tell whether the account with this address signed in here before."""
    return signed_cookie(request, COOKIE, max_age=KNOWN_FOR) == _mark(email)


def _mark(email: str | None) -> str:
    """Name an account without its address: others may use this computer too."""
    return salted_hmac(COOKIE, str(email)).hexdigest()
