"""Reading initiatives as an administrator: for a reason, for an hour, and written down (docs/access.md)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.people import rules
from socialewifi.people.actions.locking import lock_person
from socialewifi.people.models import ReadingMode, Role, User

MINUTES = 60


class CannotRead(DomainError):
    """Raised when reading cannot start now."""


@transaction.atomic
def start_reading_mode(*, reason: str, by: User, at: datetime) -> ReadingMode:
    """
    Let an administrator read initiatives for an hour.

    :raises CannotRead: if they are on the panel (R15), give no reason, or are reading already
    """
    lock_person(by)
    require(rules.can_administer(by))
    if by.has_role(Role.Kind.PANEL_MEMBER):
        raise CannotRead(_("Wie in het panel zit, leest niet mee: een panellid ziet geen namen."))
    if not reason.strip():
        raise CannotRead(_("Schrijf op waarom je meeleest."), field="reason")
    if by.reading_modes.running(at).exists():
        raise CannotRead(_("Meelezen staat al aan."))
    mode = ReadingMode.objects.create(
        user=by, reason=reason.strip(), starts_at=at, ends_at=at + timedelta(minutes=MINUTES)
    )
    events.record("people.reading.started", on=by, by=by, at=at, reason=mode.reason)
    return mode


@transaction.atomic
def end_reading_mode(*, by: User, at: datetime) -> None:
    """Stop reading before the hour is over."""
    require(rules.can_administer(by))
    mode = by.reading_modes.running(at).select_for_update().first()
    if mode is None:
        return
    mode.ends_at = max(at, mode.starts_at + timedelta(microseconds=1))
    mode.save(update_fields=["ends_at"])
    events.record("people.reading.ended", on=by, by=by, at=at)
