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
    value = text(name, default).rstrip("/")
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
    if len(value) < LENGTH_OF_SECRET or len(set(value)) < SIGNS_OF_SECRET:
        raise ImproperlyConfigured(
            f"{name} must be a random text of at least {LENGTH_OF_SECRET} signs, as of: openssl rand -base64 48."
        )
    return value


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


def words(name: str, default: str = "") -> list[str]:
    """Return the comma-separated parts of the variable."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
