"""What people read in a timeline."""

from socialewifi.core import events
from socialewifi.core.models import Event


def said(event: Event) -> str:
    """Return what the initiators read of this event, in Dutch."""
    return events.words(event, language="nl")
