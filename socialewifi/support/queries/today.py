"""Today at work: what is due, what is new, and what would fall between two chairs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window

from socialewifi.initiatives.models import (
    WORKERS,
    Initiative,
    InitiativeQuerySet,
    Step,
    SupportPromise,
    Task,
)
from socialewifi.initiatives.queries.people import coordinated_municipalities, works_there
from socialewifi.initiatives.queries.today import LINE, ROWS_SHOWN, own
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality
from socialewifi.support.queries.letters import number_waiting

NEW_SHOWN = 6
GAPS_SHOWN = 5


def due_tasks(user: User, *, until: date) -> list[Task]:
    """Return what this person has to do, and the calls and tasks around their initiatives that nobody took."""
    # Whoever it was for may have gone: then it is nobody's.
    has_taker, has_contact = (works_there(who, day=until) for who in ("assignee", "initiative__contact_person"))
    is_contact = Q(initiative__contact_person=user) | ~Q(has_contact) | Q(written_by=F("initiative__contact_person"))
    of_panel = Q(initiative__in=Initiative.objects.coordinated_by(user).values("pk"))
    nobodys = ~Q(has_taker) & (Q(person_to_call=None) & is_contact | Q(person_to_call__isnull=False) & of_panel)
    seen = Initiative.objects.detailed_for(user).values("pk")
    due = Task.objects.open().filter(Q(assignee=user) | nobodys, due_on__lte=until, initiative__in=seen)
    due = due.exclude(written_by=user)
    return list(due.select_related("to_call").order_by("due_on", "pk")[:ROWS_SHOWN])


def late_promises(user: User, *, day: date) -> list[SupportPromise]:
    """Return the help around this person's initiatives that should have come by now."""
    late = SupportPromise.objects.open().filter(initiative__in=own(user), before_date__lt=day)
    return list(late.order_by("before_date", "pk")[:ROWS_SHOWN])


def own_road_counts(user: User) -> Mapping[str, int]:
    """Return how many of this person's own initiatives are at each step."""
    return _at_each_step(Initiative.objects.filter(contact_person=user))


def seen_road_counts(user: User) -> Mapping[str, int]:
    """Return how many of what this person works on, or reads along with, are at each step."""
    return _at_each_step(Initiative.objects.detailed_for(user))


def _at_each_step(found: InitiativeQuerySet) -> dict[str, int]:
    return dict(found.open().values_list("step").annotate(number=Count("pk")).order_by())


@dataclass(frozen=True)
class New:
    """What was reported and nobody took: how much, and what waits longest."""

    shown: list[Initiative]
    count: int


def new_at_desk(user: User) -> New:
    """Return what waits for someone to take it, counted in the same query: the rows beyond were found already."""
    waiting = Initiative.objects.detailed_for(user).not_joined()
    waiting = waiting.filter(step=Step.REPORTED, contact_person=None)
    rows = waiting.select_related("municipality", "neighbourhood", "channel").only(
        *LINE, "reported_at", "channel__name"
    )
    rows = rows.annotate(number_waiting=Window(Count("pk"))).order_by("reported_at", "pk")
    shown = list(rows[:NEW_SHOWN])
    return New(shown, shown[0].number_waiting if shown else 0)  # type: ignore[attr-defined]


def letters_to_print(user: User) -> int:
    """Return how many letters wait to be printed where this person works."""
    return number_waiting(user)


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
    seen = Initiative.objects.coordinated_by(user).open().select_related("municipality", "contact_person")
    return Gaps(
        municipalities=list(without_ambassador(user, day=day)),
        without_contact=list(seen.filter(_contact_left(day)).order_by("step_since")[:GAPS_SHOWN]),
        without_place=list(seen.filter(municipality=None).order_by("reported_at")[:GAPS_SHOWN]),
        doubted=list(seen.filter(step=Step.REPORTED).exclude(doubt="").order_by("reported_at")[:GAPS_SHOWN]),
    )


def without_ambassador(user: User, *, day: date) -> QuerySet[Municipality]:
    """Return the municipalities this person coordinates that have no ambassador that day (R3)."""
    ambassador = Role.objects.current(day).filter(kind=Role.Kind.AMBASSADOR, user__is_active=True)
    return (
        coordinated_municipalities(user)
        .exclude(Exists(ambassador.filter(municipality=OuterRef("pk"))))
        .order_by("name")
    )


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
