"""Today at work: what is due, what is new, and what would fall between two chairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from socialewifi.initiatives.models import (
    WORKERS,
    Deadline,
    DeadlineQuerySet,
    Handover,
    Initiative,
    InitiativeQuerySet,
    Pause,
    Post,
    Step,
    SupportPromise,
    Task,
)
from socialewifi.initiatives.queries.letters import waiting_letters
from socialewifi.initiatives.queries.people import municipalities_of
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality

ROWS_SHOWN = 40
NEW_SHOWN = 6
GAPS_SHOWN = 5
# What a line says of its initiative; none of the long texts.
LINE = ("key", "title", "place_words", "contact_person", "municipality__name", "neighbourhood__name")
Row = Deadline | Task | Handover | Post | SupportPromise


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
    return list(due.order_by("due_on", "pk")[:ROWS_SHOWN])


def with_initiatives(rows: Sequence[Row]) -> None:
    """Fetch what the lines say of their initiatives, once for all of them: five long questions would cost far more."""
    seen = Initiative.objects.select_related("municipality", "neighbourhood").only(*LINE)
    known = seen.in_bulk({row.initiative_id for row in rows})
    for row in rows:
        row.initiative = known[row.initiative_id]


def due_tasks(user: User, *, until: date) -> list[Task]:
    """Return what this person has to do, and the calls and tasks around their initiatives that nobody took."""
    nobodys = Q(assignee=None) & (Q(initiative__contact_person=user) | Q(initiative__contact_person=None))
    due = Task.objects.open().filter(Q(assignee=user) | nobodys, due_on__lte=until, initiative__in=_seen(user))
    return list(due.select_related("to_call").order_by("due_on", "pk")[:ROWS_SHOWN])


def waiting_handovers(user: User) -> list[Handover]:
    """Return the handovers that wait for this person's yes or no."""
    waiting = Handover.objects.running().filter(receiver=user)
    return list(waiting.select_related("giver").order_by("offered_at", "pk")[:ROWS_SHOWN])


def unread_posts(user: User) -> list[Post]:
    """Return the oldest unread message of each of this person's initiatives."""
    unread = Post.objects.filter(initiative__contact_person=user, is_from_initiators=True, read_at=None)
    return list(unread.select_related("by").order_by("initiative", "at").distinct("initiative")[:ROWS_SHOWN])


def late_promises(user: User, *, day: date) -> list[SupportPromise]:
    """Return the help around this person's initiatives that should have come by now."""
    late = SupportPromise.objects.open().filter(initiative__contact_person=user, before_date__lt=day)
    return list(late.order_by("before_date", "pk")[:ROWS_SHOWN])


def road_counts(found: InitiativeQuerySet) -> Mapping[str, int]:
    """Return how many of these are at each step."""
    rows = found.open().values_list("step").annotate(number=Count("pk")).order_by()
    return dict(rows)


def new_at_desk(user: User) -> InitiativeQuerySet:
    """Return what was reported and nobody took, the longest waiting first."""
    waiting = Initiative.objects.visible_to(user).not_joined().filter(step=Step.REPORTED, contact_person=None)
    shown = waiting.select_related("municipality", "neighbourhood", "channel").only(
        *LINE, "reported_at", "channel__name"
    )
    return shown.order_by("reported_at", "pk")


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
