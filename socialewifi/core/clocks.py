"""The clock of this machine beside that of the database: terms, mail and forgetting all go by the first."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

# So far apart the database still takes a decision as one of now (core.append_only).
FURTHEST_APART = timedelta(minutes=15)
# Among so many of the last things that were done, whoever watches looks for one that lies ahead.
LOOKED_AT = 1000


class ClockIsWrong(Exception):
    """Raised when something would be done by a clock that is wrong; its text is one line."""


def difference() -> str:
    """Return in a few words how far the two are apart; empty when that is near enough."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [there] = cursor.fetchone() or [timezone.now()]
    apart = timezone.now() - there
    if abs(apart) <= FURTHEST_APART:
        return ""
    minutes = round(abs(apart) / timedelta(minutes=1))
    return f"{minutes} minutes {'ahead of' if apart > timedelta() else 'behind'} that of the database"


def how_far_ahead() -> str:
    """
    Return in a few words how far ahead something lies that was done lately; empty when nothing does.

    Then it was done by a clock that was wrong: on one server no other clock tells. The demo has a clock of its own.
    """
    latest = apps.get_model("core.Event").objects.order_by("-pk").values_list("at", flat=True)[:LOOKED_AT]
    ahead = max(latest, default=timezone.now()) - timezone.now()
    if settings.DEMO or ahead <= FURTHEST_APART:
        return ""
    return f"something that was done lies {round(ahead / timedelta(minutes=1))} minutes ahead"


def require_right() -> None:
    """
    Refuse to go on by a clock that is wrong: what it forgets too early does not come back.

    :raises ClockIsWrong: if it is further from that of the database than the two may be
    """
    if words := difference():
        raise ClockIsWrong(f"The clock of this machine is {words}.")
