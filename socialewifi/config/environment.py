"""Typed reading of environment variables; a wrong value stops the start with one clear line."""

import os
from datetime import date

from django.core.exceptions import ImproperlyConfigured


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


def number(name: str, default: int) -> int:
    """
    Return the variable as a whole number.

    :raises ImproperlyConfigured: if the value is not a whole number
    """
    value = text(name)
    if not value:
        return default
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


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
