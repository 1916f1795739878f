"""Today at work: what is due, what is new, and what would fall between two chairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from socialewifi.initiatives.models import (
    WORKERS,
    Deadline,
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
_PLACES = ("initiative__municipality", "initiative__neighbourhood")


def due_deadlines(user: User, *, day: date, until: date) -> list[Deadline]:
    """Return the running terms of this person's initiatives; of nobody's only what cannot wait until tomorrow."""
    nobodys = Q(initiative__contact_person=None, due_on__lte=day, initiative__in=_seen(user))
    paused = Pause.objects.filter(initiative=OuterRef("initiative"), ended_at=None)
    due = Deadline.objects.running().filter(Q(initiative__contact_person=user) | nobodys, due_on__lte=until)
    return list(due.exclude(Exists(paused)).select_related(*_PLACES).order_by("due_on", "pk")[:ROWS_SHOWN])


def due_tasks(user: User, *, until: date) -> list[Task]:
    """Return what this person has to do, and the calls and tasks around their initiatives that nobody took."""
    nobodys = Q(assignee=None) & (Q(initiative__contact_person=user) | Q(initiative__contact_person=None))
    due = Task.objects.open().filter(Q(assignee=user) | nobodys, due_on__lte=until, initiative__in=_seen(user))
    return list(due.select_related(*_PLACES, "to_call").order_by("due_on", "pk")[:ROWS_SHOWN])


def waiting_handovers(user: User) -> list[Handover]:
    """Return the handovers that wait for this person's yes or no."""
    return list(
        Handover.objects.running().filter(receiver=user).select_related(*_PLACES, "giver").order_by("offered_at")
    )


def unread_posts(user: User) -> list[Post]:
    """Return the oldest unread message of each of this person's initiatives."""
    unread = Post.objects.filter(initiative__contact_person=user, is_from_initiators=True, read_at=None)
    return list(unread.select_related(*_PLACES, "by").order_by("initiative", "at").distinct("initiative"))


def road_counts(user: User) -> Mapping[str, tuple[int, int]]:
    """Return at each step how many initiatives there are where this person works, and how many of them are theirs."""
    seen = Initiative.objects.visible_to(user).open().values("step").order_by()
    rows = seen.annotate(number=Count("pk"), mine=Count("pk", filter=Q(contact_person=user)))
    return {row["step"]: (row["number"], row["mine"]) for row in rows}


def new_at_desk(user: User) -> InitiativeQuerySet:
    """Return what was reported and nobody took, the oldest promise first."""
    promised = Deadline.objects.running().filter(initiative=OuterRef("pk"), kind=Deadline.Kind.CONTACT)
    return (
        Initiative.objects.visible_to(user)
        .not_joined()
        .filter(step=Step.REPORTED)
        .select_related("municipality", "neighbourhood", "channel")
        .annotate(promised_on=promised.values("due_on")[:1])
        .order_by(F("promised_on").asc(nulls_last=True), "reported_at")
    )


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
    held = Role.objects.current(day).filter(user=OuterRef("contact_person"), user__is_active=True)
    there = Q(kind__in=WORKERS, subregion=OuterRef("municipality__subregion"))
    working = held.filter(there | Q(kind=Role.Kind.REGIONAL_COORDINATOR))
    return Q(contact_person__isnull=False, municipality__isnull=False) & ~Q(Exists(working))


def _seen(user: User) -> QuerySet[Initiative]:
    return Initiative.objects.visible_to(user).values("pk")
