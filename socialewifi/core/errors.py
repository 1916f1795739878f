"""The one family of refusals: every action raises its own kind, with a text fit for the page."""

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


def require(allowed: bool) -> None:  # noqa: FBT001
    """
    Refuse whoever may not do this; an action asks its rule this way, under the lock.

    :raises NotAllowed: unless allowed
    """
    if not allowed:
        raise NotAllowed(_("Dit mag je hier niet doen."))
