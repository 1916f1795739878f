"""The one family of refusals: every action raises its own kind, with a text fit for the page."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.core.lazy import StrOrPromise


class DomainError(Exception):
    """A deed that cannot be done now. ``field`` names the form field it is about, if one is."""

    field: str | None = None

    def __init__(self, message: StrOrPromise = "", *, field: str | None = None) -> None:
        super().__init__(str(message))
        if field is not None:
            self.field = field


class NotAllowed(DomainError):
    """Raised when the actor may not do this, whatever the page offered."""


class DayIsOver(DomainError):
    """Raised when something is to be done before a day that is over."""


def require_not_over(day: date, *, at: datetime, field: str) -> None:
    """
    Refuse a day that is over, as where a year was typed wrong.

    :raises DayIsOver: if it is before the day of ``at``
    """
    if day < timezone.localdate(at):
        raise DayIsOver(_("Deze dag is al voorbij."), field=field)


def require(allowed: bool) -> None:  # noqa: FBT001
    """
    Refuse whoever may not do this; an action asks its rule this way, under the lock.

    :raises NotAllowed: unless allowed
    """
    if not allowed:
        raise NotAllowed(_("Dit mag je hier niet doen."))
