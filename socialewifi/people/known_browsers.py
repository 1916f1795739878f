"""
A browser in which someone signed in before has tries of its own: whoever has many connections cannot use those up.

The cookie opens nothing. It only says that this browser counts for itself when it asks for a code or tries a password
(ADR 16); a device cookie, as OWASP calls it. Each browser bears a number of its own: who sits at a computer after
someone uses up nothing of the one that person has at home.
"""

import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from socialewifi.core.cookies import set_signed_cookie, signed_cookie
from socialewifi.people.models import User

COOKIE = "known_browser"
KNOWN_FOR = 365 * 24 * 60 * 60


def remember(request: HttpRequest, response: HttpResponse, *, user: User) -> None:
    """Let this browser be known as one in which this account signed in; the last one counts."""
    number = number_of(request, email=str(user.email)) or secrets.token_hex(16)
    set_signed_cookie(response, COOKIE, f"{_mark(user.email)}.{number}", max_age=KNOWN_FOR)


def number_of(request: HttpRequest, *, email: str) -> str:
    """Return the number of this browser, if the account with this address signed in here before."""
    mark, _dot, number = (signed_cookie(request, COOKIE, max_age=KNOWN_FOR) or "").partition(".")
    return number if mark == _mark(email) else ""


def _mark(email: str | None) -> str:
    """Name an account without its address: others may use this computer too."""
    return salted_hmac(COOKIE, str(email)).hexdigest()
