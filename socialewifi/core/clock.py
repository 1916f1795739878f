"""The moment that pages and jobs hand to actions. The demo's clock goes on from a fixed day, so its year never ages."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_STARTED = timezone.now()


def now() -> datetime:
    """Return the present moment, with its time zone."""
    if settings.DEMO_NOW:
        return datetime.fromisoformat(settings.DEMO_NOW) + (timezone.now() - _STARTED)
    return timezone.now()


def today() -> date:
    """Return the present day in the region's time zone."""
    return timezone.localdate(now())
