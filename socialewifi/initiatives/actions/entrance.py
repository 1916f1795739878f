"""The way in that a mail or letter brings along: made only when its text asks for it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from socialewifi.core.texts import Secret
from socialewifi.governance.queries import number
from socialewifi.initiatives.models import Initiator
from socialewifi.people.actions.keys import is_let_in, issue_letter_code, issue_link
from socialewifi.people.models import User
from socialewifi.people.queries import link_address


def link(initiator: Initiator, *, at: datetime) -> Secret:
    """Return the address that opens the page of this initiative, for its owner's own mail."""

    return Secret(lambda: way_in(initiator, at=at))


def way_in(initiator: Initiator, *, at: datetime) -> str:
    """Make a link that opens this one idea for who reads its mail; to whom is let in no longer, only its address."""
    page = reverse("mine-initiative", args=[initiator.initiative.key])
    if not is_let_in(initiator.user):
        return f"{settings.BASE_URL}{page}"
    days = number("link-validity").value
    token = issue_link(user=initiator.user, sent_to=initiator.email, by=None, at=at, days=days)
    return link_address(token, then=page)


def code(initiator: Initiator, *, at: datetime) -> Secret:
    """Return a short code for on a letter."""
    return Secret(lambda: new_code(user=initiator.user, by=None, at=at) if is_let_in(initiator.user) else "")


def new_code(*, user: User, by: User | None, at: datetime) -> str:
    """Make a short code that works for as long as was agreed."""
    return issue_letter_code(user=user, by=by, at=at, days=number("letter-code-validity").value)
