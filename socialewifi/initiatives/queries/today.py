"""Today at work: what is due, what is new, and what would fall between two chairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from socialewifi.initiatives.models import (
    PLAN_FIELDS,
    WORKERS,
    Deadline,
    DeadlineQuerySet,
    Handover,
    Initiative,
    InitiativeQuerySet,
    Pause,
    Post,
    Step,
    Task,
)
from socialewifi.initiatives.queries.letters import waiting_letters
from socialewifi.initiatives.queries.people import municipalities_of
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality

ROWS_SHOWN = 40
NEW_SHOWN = 6
GAPS_SHOWN = 5
LONG = tuple(f"initiative__{name}" for name in (*PLAN_FIELDS[1:], "public_text", "search", "public_search"))
Row = TypeVar("Row", Deadline, Task, Handover, Post)


def due_deadlines(user: User, *, until: date) -> list[Deadline]:
    """Return the running terms of this person's initiatives."""
    return _due(Deadline.objects.filter(initiative__contact_person=user), until=until)


def nobodys_deadlines(user: User, *, day: date) -> list[Deadline]:
    """Return the promises of contact that nobody took, and that cannot wait until tomorrow."""
    reported = Initiative.objects.visible_to(user).filter(step=Step.REPORTED, contact_person=None)
    return _due(Deadline.objects.filter(initiative__in=reported.values("pk")), until=day)


def _due(deadlines: DeadlineQuerySet, *, until: date) -> list[Deadline]:
    paused = Pause.objects.filter(initiative=OuterRef("initiative"), ended_at=None)
    due = deadlines.running().filter(due_on__lte=until).exclude(Exists(paused))
    return list(_lines(due).order_by("due_on", "pk")[:ROWS_SHOWN])


def _lines(rows: QuerySet[Row], *others: str) -> QuerySet[Row]:
    """Fetch what one line about an initiative says, and none of its long texts."""
    return rows.select_related("initiative__municipality", "initiative__neighbourhood", *others).defer(*LONG)


def due_tasks(user: User, *, until: date) -> list[Task]:
    """Return what this person has to do, and the calls and tasks around their initiatives that nobody took."""
    nobodys = Q(assignee=None) & (Q(initiative__contact_person=user) | Q(initiative__contact_person=None))
    due = Task.objects.open().filter(Q(assignee=user) | nobodys, due_on__lte=until, initiative__in=_seen(user))
    return list(_lines(due, "to_call").order_by("due_on", "pk")[:ROWS_SHOWN])


def waiting_handovers(user: User) -> list[Handover]:
    """Return the handovers that wait for this person's yes or no."""
    waiting = Handover.objects.running().filter(receiver=user)
    return list(_lines(waiting, "giver").order_by("offered_at", "pk"))


def unread_posts(user: User) -> list[Post]:
    """Return the oldest unread message of each of this person's initiatives."""
    unread = Post.objects.filter(initiative__contact_person=user, is_from_initiators=True, read_at=None)
    return list(_lines(unread, "by").order_by("initiative", "at").distinct("initiative"))


def road_counts(found: InitiativeQuerySet) -> Mapping[str, int]:
    """Return how many of these are at each step."""
    rows = found.open().values_list("step").annotate(number=Count("pk")).order_by()
    return dict(rows)


def new_at_desk(user: User) -> InitiativeQuerySet:
    """Return what was reported and nobody took, the longest waiting first."""
    waiting = Initiative.objects.visible_to(user).not_joined().filter(step=Step.REPORTED, contact_person=None)
    return waiting.select_related("municipality", "neighbourhood", "channel").order_by("reported_at", "pk")


def letters_to_print(user: User) -> int:
    """Return how many letters wait to be printed where this person works."""
    return waiting_letters(user).count()


@dataclass(frozen=True)
class Gaps:
    """What nobody looks after."""

    municipalities: list[Municipality]
    without_contact: list[Initiative]
    without_place: list[Initiative]
    doubted: list[Initiative]

    def __bool__(self) -> bool:
        return any([self.municipalities, self.without_contact, self.without_place, self.doubted])


def gaps_for(user: User, *, day: date) -> Gaps:
    """Return the gaps a coordinator closes in their part of the region."""
    seen = Initiative.objects.visible_to(user).open().select_related("municipality", "contact_person")
    return Gaps(
        municipalities=list(without_ambassador(user, day=day)),
        without_contact=list(seen.filter(_contact_left(day)).order_by("step_since")[:GAPS_SHOWN]),
        without_place=list(seen.filter(municipality=None).order_by("reported_at")[:GAPS_SHOWN]),
        doubted=list(seen.filter(step=Step.REPORTED).exclude(doubt="").order_by("reported_at")[:GAPS_SHOWN]),
    )


def without_ambassador(user: User, *, day: date) -> QuerySet[Municipality]:
    """Return the municipalities without an ambassador that day (R3)."""
    ambassador = Role.objects.current(day).filter(kind=Role.Kind.AMBASSADOR, user__is_active=True)
    return municipalities_of(user).exclude(Exists(ambassador.filter(municipality=OuterRef("pk")))).order_by("name")


def _contact_left(day: date) -> Q:
    """Match initiatives whose contact has no role any more in the sub-region where it is."""
    roles = Role.objects.current(day).filter(user__is_active=True)
    regional = set(roles.filter(kind=Role.Kind.REGIONAL_COORDINATOR).values_list("user", flat=True))
    there: dict[int | None, set[int]] = {}
    for place, user in roles.filter(kind__in=WORKERS).values_list("subregion", "user"):
        there.setdefault(place, set(regional)).add(user)
    left = Q(municipality__isnull=False) & ~Q(municipality__subregion__in=set(there)) & ~Q(contact_person__in=regional)
    for subregion, users in there.items():
        left |= Q(municipality__subregion=subregion) & ~Q(contact_person__in=users)
    return left & Q(contact_person__isnull=False)


def _seen(user: User) -> QuerySet[Initiative, Any]:
    return Initiative.objects.visible_to(user).values("pk")
