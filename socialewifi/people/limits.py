"""
How often something may be tried: strictly for one code, and for one asker about one account (ADR 16).

A library or a community centre shares one connection with everyone in it, so per connection there is room. And nobody
uses up the tries of someone else: what is counted strictly is counted for who asks and whom it is about, together.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from socialewifi.core import limits
from socialewifi.people.actions.keys import digests
from socialewifi.people.models import AccessKey

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
TRIES_PER_LETTER_CODE = 5
WRONG_CODES_PER_CONNECTION = 1000
TRIES_PER_MAILED_CODE = 5
MAILS_PER_ASKER = 5
# Enough for someone in trouble, too little to fill a mailbox.
MAILS_PER_MAILBOX = 30
PASSWORDS_PER_ACCOUNT = 100


def client_address(request: HttpRequest) -> str:
    """Return where the request comes from, believing only our own proxy."""
    return str(get_adapter().get_client_ip(request))


def may_try_letter_code(request: HttpRequest, typed: str) -> bool:
    """Tell whether this code may be tried now, from here. Only wrong tries count."""
    digest = digests(AccessKey.Kind.LETTER, typed)[0]
    return not (
        limits.is_used_up("letter-code", digest, most=TRIES_PER_LETTER_CODE)
        or limits.is_used_up("letter-code-from", client_address(request), most=WRONG_CODES_PER_CONNECTION)
    )


def count_wrong_letter_code(request: HttpRequest, typed: str) -> None:
    digest = digests(AccessKey.Kind.LETTER, typed)[0]
    limits.take("letter-code", digest, most=TRIES_PER_LETTER_CODE, within=HOUR)
    limits.take("letter-code-from", client_address(request), most=WRONG_CODES_PER_CONNECTION, within=HOUR)


def may_guess(request: HttpRequest, *, code: str) -> bool:
    """Count one guess at the code that this session waits for; tell whether it may still be right."""
    session = request.session.session_key or client_address(request)
    return limits.take("mailed-code", session, code, most=TRIES_PER_MAILED_CODE, within=HOUR)


def may_try_password(*, email: str) -> bool:
    """Count one password for this account, from wherever; five at a time from one asker is allauth's to count."""
    return limits.take("password", email, most=PASSWORDS_PER_ACCOUNT, within=HOUR)


def may_mail(request: HttpRequest, *, what: str, email: str) -> bool:
    """Count one mail with a way in that someone asks for; tell whether it may be sent."""
    mine = limits.take(what, email, client_address(request), most=MAILS_PER_ASKER, within=QUARTER)
    return mine and limits.take(what, email, most=MAILS_PER_MAILBOX, within=HOUR)
