"""Ending questions to take part that nobody has to answer any more."""

from collections.abc import Iterable
from datetime import datetime

from socialewifi.core import events
from socialewifi.initiatives.actions.moved import drop_mails
from socialewifi.initiatives.models import Initiative, Invitation
from socialewifi.people.models import User


def end_invitations(found: Iterable[Invitation], *, of: Initiative, name: str, by: User, at: datetime) -> None:
    """Take these questions back in the name of an initiator. The caller holds the lock, and closes the calls."""
    for invitation in found:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        drop_mails(initiative=of, email=invitation.email, at=at)
        events.record("initiatives.invitation.revoked", on=of, by=by, at=at, name=name, invited=invitation.name)
