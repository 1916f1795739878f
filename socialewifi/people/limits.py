"""
How often something may be tried: strictly for one mailed code, and for one asker about one account (ADR 16).

A library or a community centre shares one connection with everyone in it, so per connection there is room. And nobody
uses up the tries of someone else: what is counted strictly is counted for who asks and whom it is about, together.
"""

import ipaddress
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from socialewifi.core import limits
from socialewifi.core.addresses import mailbox_of
from socialewifi.people.known_browsers import number_of
from socialewifi.people.models import User

DAY, HOUR, QUARTER = timedelta(days=1), timedelta(hours=1), timedelta(minutes=15)
# Longer than a code of an app can be right, with a clock that is a little off (MFA_TOTP_TOLERANCE).
CODE_HOLDS = timedelta(minutes=3)
WRONG_CODES_PER_CONNECTION = 1000
TRIES_PER_MAILED_CODE = 5
MAILS_PER_ASKER = 5
# A library, with everyone in it.
MAILS_PER_CONNECTION = 60
IPV6_CONNECTION = 64
# To addresses with which nothing was told here: an honest mistake, and no way to mail a crowd of strangers.
MAILS_TO_UNKNOWN = 10
# Enough for someone in trouble, too little to fill a mailbox.
MAILS_PER_MAILBOX = 30
# Until its owner came in once: anyone may have typed that address.
MAILS_PER_UNPROVEN_MAILBOX = 20
PASSWORDS_PER_ASKER = 5
PASSWORDS_PER_ACCOUNT = 100
SECOND_STEPS_PER_ASKER = 5
# Six digits, of which three are right: who has the password and all connections in the world guesses one in centuries.
SECOND_STEPS_PER_ACCOUNT = 20


def client_address(request: HttpRequest) -> str:
    """Return where the request comes from, believing only our own proxy; of IPv6 the part that one connection has."""
    found = str(get_adapter().get_client_ip(request))
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return found
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        # How a server that listens to both kinds writes an address of the first kind.
        address = address.ipv4_mapped
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_CONNECTION), strict=False).network_address)


def asker(request: HttpRequest, *, email: str) -> str:
    """Return who asks about this account: the browser in which its owner signed in before, or else the connection."""
    return number_of(request, email=email) or client_address(request)


def may_try_letter_code(request: HttpRequest) -> bool:
    """Tell whether a code may be tried now, from here. Only wrong tries count; a code is far too long to guess."""
    return not limits.is_used_up("letter-code-from", client_address(request), most=WRONG_CODES_PER_CONNECTION)


def count_wrong_letter_code(request: HttpRequest) -> None:
    limits.take("letter-code-from", client_address(request), most=WRONG_CODES_PER_CONNECTION, within=HOUR)


def may_guess(request: HttpRequest, *, code: str) -> bool:
    """Count one guess at the code that this session waits for; tell whether it may still be right."""
    session = request.session.session_key or client_address(request)
    return limits.take("mailed-code", session, code, most=TRIES_PER_MAILED_CODE, within=HOUR)


def may_try_password(request: HttpRequest, *, email: str) -> bool:
    """Count one password for this account; ``password_was_right`` takes it back."""
    if not limits.take("password", email, asker(request, email=email), most=PASSWORDS_PER_ASKER, within=QUARTER):
        return False
    is_known = bool(number_of(request, email=email))
    return is_known or limits.take("password", email, most=PASSWORDS_PER_ACCOUNT, within=HOUR)


def password_was_right(request: HttpRequest, *, email: str) -> None:
    limits.give_back("password", email, asker(request, email=email))


def may_try_second_step(request: HttpRequest, *, user: User) -> bool:
    """Count one code of an app for this account; ``second_step_was_right`` takes it back."""
    who = asker(request, email=str(user.email))
    if not limits.take("second-step", user.pk, who, most=SECOND_STEPS_PER_ASKER, within=QUARTER):
        return False
    is_known = bool(number_of(request, email=str(user.email)))
    return is_known or limits.take("second-step", user.pk, most=SECOND_STEPS_PER_ACCOUNT, within=HOUR)


def is_first_use(*, user: User, code: str) -> bool:
    """Count the use of a code that was right; tell whether nobody used it before: it opens once (RFC 6238, 5.2)."""
    return limits.take("second-step-used", user.pk, code, most=1, within=CODE_HOLDS)


def second_step_was_right(request: HttpRequest, *, user: User) -> None:
    limits.give_back("second-step", user.pk, asker(request, email=str(user.email)))


def may_mail_unproven(request: HttpRequest, *, email: str) -> bool:
    """
    Count one mail to a mailbox whose owner never came in; tell whether it may be sent: few for one asker, some in all.

    Whoever asks is told the same either way: nobody learns here who came in before.
    """
    mailbox, who = mailbox_of(email), client_address(request)
    return limits.take("unproven-to", mailbox, who, most=MAILS_PER_ASKER, within=DAY) and limits.take(
        "unproven-to", mailbox, most=MAILS_PER_UNPROVEN_MAILBOX, within=DAY
    )


def may_mail_unknown(request: HttpRequest, *, email: str) -> bool:
    """Count one mail that says that an address is not known here; tell whether it may be sent."""
    return limits.take("unknown-to", mailbox_of(email), most=MAILS_PER_ASKER, within=DAY) and limits.take(
        "unknown-from", client_address(request), most=MAILS_TO_UNKNOWN, within=HOUR
    )


def may_mail(request: HttpRequest, *, what: str, email: str) -> bool:
    """
    Count one mail with a way in that someone asks for, also one that is sent again; tell whether it may be sent.

    Asked before anything is looked up, so that it says the same of an address that is known here and of another.
    """
    if number := number_of(request, email=email):
        # Exactly this address: who differs from it in a dot uses up nothing of its owner's.
        return limits.take(f"{what}-known", email, number, most=MAILS_PER_ASKER, within=QUARTER)
    connection, mailbox = client_address(request), mailbox_of(email)
    return (
        limits.take(what, mailbox, connection, most=MAILS_PER_ASKER, within=QUARTER)
        and limits.take("mails-asked", connection, most=MAILS_PER_CONNECTION, within=HOUR)
        and limits.take("mails-to", mailbox, most=MAILS_PER_MAILBOX, within=HOUR)
    )
