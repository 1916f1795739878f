"""The clock of this machine beside that of the database: terms, mail and forgetting all go by the first."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

# So far apart the database still takes a decision as one of now (core.append_only).
FURTHEST_APART = timedelta(minutes=15)


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
    Return in a few words how far the last thing that was done lies ahead; empty when it does not.

    Then it was done by a clock that was wrong: on one server no other clock tells. The demo has a clock of its own.
    """
    last = None if settings.DEMO else apps.get_model("core.Event").objects.order_by("-pk").first()
    if last is None or last.at - timezone.now() <= FURTHEST_APART:
        return ""
    return f"what was done last lies {round((last.at - timezone.now()) / timedelta(minutes=1))} minutes ahead"


def require_right() -> None:
    """
    Refuse to go on by a clock that is wrong: what it forgets too early does not come back.

    :raises ClockIsWrong: if it is further from that of the database than the two may be
    """
    if words := difference():
        raise ClockIsWrong(f"The clock of this machine is {words}.")
