"""
How often something may be tried: strictly for one code, widely for one address (ADR 16).

A library or a community centre shares one address with everyone in it. Only wrong tries count, and one address may
make many: a code has 59 bits, so that a thousand tries an hour find none in a human lifetime.
"""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited

from socialewifi.people.actions.keys import digests
from socialewifi.people.models import AccessKey

WRONG_PER_CODE = "5/h"
WRONG_PER_ADDRESS = "1000/h"


def client_address(request: HttpRequest) -> str:
    """Return where the request comes from, believing only our own proxy."""
    return str(get_adapter().get_client_ip(request))


def may_try_code(request: HttpRequest, typed: str) -> bool:
    """Tell whether this code may be tried now, from here."""
    return not _over(request, typed, counting=False)


def count_wrong_code(request: HttpRequest, typed: str) -> None:
    _over(request, typed, counting=True)


def _over(request: HttpRequest, typed: str, *, counting: bool) -> bool:
    digest = digests(AccessKey.Kind.LETTER, typed)[0]
    limits = [
        is_ratelimited(request, group="people.code", key=lambda *_: digest, rate=WRONG_PER_CODE, increment=counting),
        is_ratelimited(request, group="people.address", key="ip", rate=WRONG_PER_ADDRESS, increment=counting),
    ]
    return any(limits)
