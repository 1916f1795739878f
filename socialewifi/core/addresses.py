"""
E-mail addresses as identity: one written form for one mailbox, compared sign by sign (R14).

A database folds case in its own way: to it ``ı`` is an ``I``. So an address is brought to one form here, in ASCII,
before anything looks it up or keeps it, and the tables refuse every other form (``is_normal``).
"""

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

LONGEST = 254
LONGEST_NAME = 64
# The part before the @: letters, digits, and the signs that people have there. Others mean something to a mail server.
_NAME = r"[a-z0-9_+'&~-]+(?:\.[a-z0-9_+'&~-]+)*"
_ENDS = r"(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
PATTERN = rf"^{_NAME}@(?:{_LABEL}\.)+{_ENDS}$"
_SHAPE = re.compile(PATTERN)


class _LookAlike(ValidationError):
    """Raised when an address can be taken for another one."""

    def __init__(self) -> None:
        words = _(
            "In dit e-mailadres staat een teken dat op een ander lijkt, of dat je niet ziet. Typ het adres opnieuw."
        )
        super().__init__(words, code="look_alike")


def normal_address(typed: str) -> str:
    """
    Return the one form of this address: ASCII, lower case, the domain as it stands in the name service.

    Letters with an accent may stand in a domain. Signs that merely look like a letter, and invisible ones, may not:
    what someone reads is then not where the mail goes.

    :raises ValidationError: if it is no address, or one that can be taken for another
    """
    name, at, domain = typed.strip().rpartition("@")
    if not at or not name:
        raise ValidationError(_no_address(), code="invalid")
    if not name.isascii() or any(_misleads(sign) for sign in domain):
        raise _LookAlike
    address = f"{name}@{_domain(domain)}".lower()
    if not _SHAPE.match(address) or len(address) > LONGEST or len(name) > LONGEST_NAME:
        raise ValidationError(_no_address(), code="invalid")
    return address


def address_or_none(typed: str | None) -> str | None:
    """Return the one form of this address, or None for whatever is none; for looking one up."""
    try:
        return normal_address(typed or "")
    except ValidationError:
        return None


def mailbox_of(address: str) -> str:
    """
    Return what is one mailbox to a limit, however it is spelled: without what stands behind a plus, and without dots.

    Not every provider leaves dots out; two people who differ in a dot only share a limit.
    """
    name, _at, domain = address.partition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}"


def masked(address: str) -> str:
    """Return the address as its owner recognises it and nobody else can use it: r…s@voorbeeld.nl."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 3 else ''}@{domain}" if domain else ""


def is_normal(field: str) -> Q:
    """Return what a table demands of a column with an address."""
    return Q(**{f"{field}__regex": PATTERN})


def is_normal_if_any(field: str) -> Q:
    """Return what a table demands of a column in which there need not be an address."""
    return Q(**{field: ""}) | is_normal(field)


def _domain(typed: str) -> str:
    """Return the domain in ASCII; one that came in ASCII is read back first, to see what it looks like."""
    try:
        labels = [idna.encode(label.lower()).decode() if not label.isascii() else label for label in typed.split(".")]
        shown = "".join(idna.decode(label) for label in labels if label.lower().startswith("xn--"))
    except idna.IDNAError as broken:
        raise ValidationError(_no_address(), code="invalid") from broken
    if any(_misleads(sign) for sign in shown):
        raise _LookAlike
    return ".".join(labels)


def _misleads(sign: str) -> bool:
    """Tell whether this is not a plain letter, digit or mark, nor a plain letter with an accent."""
    if sign.isascii():
        return not sign.isprintable()
    base = unicodedata.normalize("NFD", sign.lower())[0]
    is_letter_with_accent = base.isascii() and base.isalpha() and unicodedata.normalize("NFC", sign) == sign
    return not (is_letter_with_accent or sign == "ß")


def _no_address() -> str:
    return _("Dit e-mailadres klopt niet. Een adres ziet eruit als naam@voorbeeld.nl.")
