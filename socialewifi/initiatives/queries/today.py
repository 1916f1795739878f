"""What of terms, handovers and messages waits for someone at work."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from socialewifi.initiatives.models import (
    AT_A_DESK,
    Deadline,
    DeadlineQuerySet,
    Handover,
    Initiative,
    Pause,
    Post,
    Step,
)
from socialewifi.people.models import User

ROWS_SHOWN = 40
# What a line says of its initiative; none of the long texts.
LINE = ("key", "title", "place_words", "contact_person", "municipality__name", "neighbourhood__name")


def own(user: User) -> QuerySet[Initiative, Any]:
    """Return what this person is the contact of, and still works on (R5, R15)."""
    if not user.has_role(*AT_A_DESK):
        return Initiative.objects.none().values("pk")
    return Initiative.objects.filter(contact_person=user).without_interest_of(user).values("pk")


def due_deadlines(user: User, *, until: date) -> list[Deadline]:
    """Return the running terms of this person's initiatives, but for what a coordinator meets."""
    return list(_due(Deadline.objects.filter(initiative__in=own(user)).of_the_contact(), until))


def nobodys_deadlines(user: User, *, day: date) -> list[Deadline]:
    """Return the promises of contact that nobody took, and that cannot wait until tomorrow."""
    reported = Initiative.objects.detailed_for(user).filter(step=Step.REPORTED, contact_person=None)
    return list(_due(Deadline.objects.filter(initiative__in=reported.values("pk")), day))


def _due(deadlines: DeadlineQuerySet, until: date) -> DeadlineQuerySet:
    paused = Pause.objects.filter(initiative=OuterRef("initiative"), ended_at=None)
    due = deadlines.running().filter(due_on__lte=until).exclude(Exists(paused))
    return due.order_by("due_on", "pk")[:ROWS_SHOWN]


def waiting_handovers(user: User) -> list[Handover]:
    """Return the handovers that wait for this person's yes or no."""
    # What is done around an initiative is seen by who works on it, in no other capacity (R15).
    worked = Initiative.objects.worked_on_by(user).values("pk")
    waiting = Handover.objects.running().filter(receiver=user, initiative__in=worked)
    return list(waiting.select_related("giver").order_by("offered_at", "pk")[:ROWS_SHOWN])


def unread_posts(user: User) -> list[Post]:
    """Return the oldest unread message of each of this person's initiatives, and of those that nobody took yet."""
    nobodys = Initiative.objects.worked_on_by(user).open().filter(contact_person=None).values("pk")
    theirs = Q(initiative__in=own(user)) | Q(initiative__in=nobodys)
    unread = Post.objects.filter(theirs, is_from_initiators=True, read_at=None)
    return list(unread.select_related("by").order_by("initiative", "at").distinct("initiative")[:ROWS_SHOWN])


def initiatives_of_lines(keys: Collection[int]) -> dict[int, Initiative]:
    """Return what lines say of these initiatives, once for all of them: a join in each query would cost far more."""
    return Initiative.objects.select_related("municipality", "neighbourhood").only(*LINE).in_bulk(keys)
