"""Typed reading of environment variables; a wrong value stops the start with one clear line."""

import os
import re
from collections.abc import Collection
from datetime import date
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:.]+")
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+")
LENGTH_OF_SECRET, SIGNS_OF_SECRET = 50, 5


def text(name: str, default: str = "") -> str:
    """Return the variable's text without surrounding blanks."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """
    Return the variable as yes or no.

    :raises ImproperlyConfigured: if the value is neither
    """
    value = text(name).lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return default


def number(name: str, default: int, *, least: int = 0, most: int = 1000) -> int:
    """
    Return the variable as a whole number.

    :raises ImproperlyConfigured: if the value is not a whole number from ``least`` to ``most``
    """
    value = text(name)
    if not value:
        return default
    if not WHOLE_NUMBER.fullmatch(value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
    return int(value)


def threads() -> int:
    """
    Return how many pages one web process answers at once.

    :raises ImproperlyConfigured: if WEB_THREADS says something else than a number of them
    """
    return number("WEB_THREADS", 4, least=1, most=100)


def port(name: str, default: int) -> int:
    """
    Return the variable as the number of a port.

    :raises ImproperlyConfigured: if no machine has that port
    """
    return number(name, default, least=1, most=65_535)


def choice(name: str, default: str, *, among: Collection[str]) -> str:
    """
    Return the variable as one of these words, in capitals.

    :raises ImproperlyConfigured: if it is another
    """
    value = text(name, default).upper()
    if value not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {value!r}.")
    return value


def web_address(name: str, default: str) -> str:
    """
    Return the variable as the address of a web site: scheme, host and perhaps a port, without a slash at the end.

    :raises ImproperlyConfigured: if it is something else, or has more to it
    """
    return _as_web_address(name, text(name, default))


def web_addresses(name: str) -> list[str]:
    """
    Return the comma-separated addresses of web sites.

    :raises ImproperlyConfigured: if one of them is something else
    """
    return [_as_web_address(name, value) for value in words(name)]


def _as_web_address(name: str, given: str) -> str:
    value = given.rstrip("/")
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"http", "https"} and HOST.fullmatch(parts.hostname or "") and parts.port != 0
    except ValueError:
        is_whole = None
    if not is_whole or value != f"{parts.scheme}://{parts.netloc}" or "@" in parts.netloc:
        raise ImproperlyConfigured(f"{name} must be a web address as https://wifi.example, not {value!r}.")
    return value


def mailbox(name: str, default: str) -> str:
    """
    Return the variable as a mail address, with or without a name before it.

    :raises ImproperlyConfigured: if mail could not come from it
    """
    value = text(name, default)
    _name, address = parseaddr(value)
    if not MAILBOX.fullmatch(address) or not value.isprintable():
        raise ImproperlyConfigured(f"{name} must be a mail address as Wifi <wifi@example.org>, not {value!r}.")
    return value


def secret(name: str, default: str = "") -> str:
    """
    Return a secret text that is long enough to be one. It is never shown, also not where it is refused.

    :raises ImproperlyConfigured: if it is missing, short, or the same few signs time and again
    """
    value = text(name)
    if not value and default:
        return default
    if not value:
        raise ImproperlyConfigured(f"{name} is missing: set it to a long random text (docs/operations.md).")
    _refuse_guessable(name, value)
    return value


def _refuse_guessable(name: str, value: str) -> None:
    if len(value) < LENGTH_OF_SECRET or len(set(value)) < SIGNS_OF_SECRET:
        raise ImproperlyConfigured(
            f"{name} must be a random text of at least {LENGTH_OF_SECRET} signs, as of: openssl rand -base64 48."
        )


def day(name: str, default: date) -> date:
    """
    Return the variable as a day.

    :raises ImproperlyConfigured: if the value is not a day as 2027-11-01
    """
    value = text(name)
    try:
        return date.fromisoformat(value) if value else default
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} must be a day as 2027-11-01, not {value!r}.") from wrong


def hosts(name: str) -> list[str]:
    """
    Return the comma-separated names of hosts; one that begins with a dot is each name that ends so.

    :raises ImproperlyConfigured: if one of them is no name of a host
    """
    for value in words(name):
        if not HOST.fullmatch(value.removeprefix(".").lower()):
            raise ImproperlyConfigured(f"{name} must be names of hosts as wifi.example, not {value!r}.")
    return words(name)


def host(name: str, default: str) -> str:
    """
    Return the variable as the name of one host.

    :raises ImproperlyConfigured: if it is none
    """
    value = text(name, default)
    if not HOST.fullmatch(value.lower()):
        raise ImproperlyConfigured(f"{name} must be the name of a host as mail.example, not {value!r}.")
    return value


def contact(name: str, default: str) -> str:
    """
    Return the variable as where someone can be reached: a mail address or a page; empty when there is none.

    :raises ImproperlyConfigured: if it is neither
    """
    value = text(name, default)
    is_mail = MAILBOX.fullmatch(value.removeprefix("mailto:")) and value.startswith("mailto:")
    if value and not is_mail and not re.fullmatch(r"https://[^\s/]+\.[^\s]+", value):
        raise ImproperlyConfigured(f"{name} must be as mailto:wifi@example.org or https://wifi.example, not {value!r}.")
    return value


def former_secrets(name: str) -> list[str]:
    """
    Return secrets that were in use before, each long enough to have been one.

    :raises ImproperlyConfigured: if one of them is not
    """
    for value in words(name):
        _refuse_guessable(name, value)
    return words(name)


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
