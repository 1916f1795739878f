"""Today at work: what is due, what is new, and what would fall between two chairs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window

from socialewifi.core.written import written_once
from socialewifi.initiatives.models import (
    WORKERS,
    Deadline,
    DeadlineQuerySet,
    Handover,
    Initiative,
    InitiativeQuerySet,
    Interest,
    JoinProposal,
    Pause,
    Post,
    Sight,
    Step,
    SupportPromise,
    Task,
)
from socialewifi.initiatives.queries.letters import number_waiting
from socialewifi.initiatives.queries.people import coordinated_municipalities, works_there
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality

ROWS_SHOWN = 40
NEW_SHOWN = 6
GAPS_SHOWN = 5
# What a line says of its initiative; none of the long texts.
LINE = ("key", "title", "place_words", "contact_person", "municipality__name", "neighbourhood__name")
Row = Deadline | Task | Handover | JoinProposal | Post | SupportPromise


def due_deadlines(user: User, *, until: date) -> list[Deadline]:
    """Return the running terms of this person's initiatives."""
    return _own_deadlines(user.pk, until, sight=Sight.of(user))


def nobodys_deadlines(user: User, *, day: date) -> list[Deadline]:
    """Return the promises of contact that nobody took, and that cannot wait until tomorrow."""
    return _nobodys_deadlines(user.pk, day, sight=Sight.of(user))


@written_once
def _own_deadlines(user: int, until: date, *, sight: Sight) -> QuerySet[Deadline]:
    return _due(Deadline.objects.filter(initiative__contact_person=user, initiative__in=_worked(sight, user)), until)


@written_once
def _nobodys_deadlines(user: int, day: date, *, sight: Sight) -> QuerySet[Deadline]:
    reported = Initiative.objects.detailed_with(sight, user).filter(step=Step.REPORTED, contact_person=None)
    return _due(Deadline.objects.filter(initiative__in=reported.values("pk")), day)


def _worked(sight: Sight, user: int) -> QuerySet[Initiative, Any]:
    """Ask what this person works on: what is done around it is theirs to see in no other capacity (R15)."""
    return Initiative.objects.worked_with(sight, user).values("pk")


def _due(deadlines: DeadlineQuerySet, until: date) -> DeadlineQuerySet:
    paused = Pause.objects.filter(initiative=OuterRef("initiative"), ended_at=None)
    due = deadlines.running().filter(due_on__lte=until).exclude(Exists(paused))
    return due.order_by("due_on", "pk")[:ROWS_SHOWN]


def with_initiatives(rows: Sequence[Row]) -> None:
    """Fetch what the lines say of their initiatives, once for all of them: five long questions would cost far more."""
    seen = Initiative.objects.select_related("municipality", "neighbourhood").only(*LINE)
    known = seen.in_bulk({row.initiative_id for row in rows})
    for row in rows:
        row.initiative = known[row.initiative_id]


def due_tasks(user: User, *, until: date) -> list[Task]:
    """Return what this person has to do, and the calls and tasks around their initiatives that nobody took."""
    return _due_tasks(user.pk, until, sight=Sight.of(user))


@written_once
def _due_tasks(user: int, until: date, *, sight: Sight) -> QuerySet[Task]:
    # Whoever it was for may have gone: then it is nobody's.
    has_taker, has_contact = (works_there(who, day=until) for who in ("assignee", "initiative__contact_person"))
    is_contact = Q(initiative__contact_person=user) | ~Q(has_contact) | Q(written_by=F("initiative__contact_person"))
    of_panel = Q(initiative__in=Initiative.objects.coordinated_with(sight, user).values("pk"))
    nobodys = ~Q(has_taker) & (Q(person_to_call=None) & is_contact | Q(person_to_call__isnull=False) & of_panel)
    seen = Initiative.objects.detailed_with(sight, user).values("pk")
    due = Task.objects.open().filter(Q(assignee=user) | nobodys, due_on__lte=until, initiative__in=seen)
    due = due.exclude(written_by=user)
    return due.select_related("to_call").order_by("due_on", "pk")[:ROWS_SHOWN]


def waiting_handovers(user: User) -> list[Handover]:
    """Return the handovers that wait for this person's yes or no."""
    return _waiting_handovers(user.pk, sight=Sight.of(user))


@written_once
def _waiting_handovers(user: int, *, sight: Sight) -> QuerySet[Handover]:
    waiting = Handover.objects.running().filter(receiver=user, initiative__in=_worked(sight, user))
    return waiting.select_related("giver").order_by("offered_at", "pk")[:ROWS_SHOWN]


def waiting_joins(user: User, *, until: date) -> list[JoinProposal]:
    """Return the questions to go on together that this person asked, or that are about what they are the contact of."""
    return _waiting_joins(user.pk, until, sight=Sight.of(user))


@written_once
def _waiting_joins(user: int, until: date, *, sight: Sight) -> QuerySet[JoinProposal]:
    seen = Initiative.objects.seen_with(sight, user).values("pk")
    theirs = Q(asked_by=user) | Q(initiative__contact_person=user) | Q(into__contact_person=user)
    waiting = JoinProposal.objects.waiting().filter(theirs, initiative__in=seen, due_on__lte=until)
    # Who stepped aside from the other idea does not read how it is called (R5).
    aside = Exists(Interest.objects.filter(user=user, initiative=OuterRef("into")))
    return waiting.select_related("into").annotate(hides_other=aside).order_by("due_on", "pk")[:ROWS_SHOWN]


def unread_posts(user: User) -> list[Post]:
    """Return the oldest unread message of each of this person's initiatives."""
    return _unread_posts(user.pk, sight=Sight.of(user))


@written_once
def _unread_posts(user: int, *, sight: Sight) -> QuerySet[Post]:
    unread = Post.objects.filter(initiative__contact_person=user, is_from_initiators=True, read_at=None)
    unread = unread.filter(initiative__in=_worked(sight, user))
    return unread.select_related("by").order_by("initiative", "at").distinct("initiative")[:ROWS_SHOWN]


def late_promises(user: User, *, day: date) -> list[SupportPromise]:
    """Return the help around this person's initiatives that should have come by now."""
    return _late_promises(user.pk, day, sight=Sight.of(user))


@written_once
def _late_promises(user: int, day: date, *, sight: Sight) -> QuerySet[SupportPromise]:
    late = SupportPromise.objects.open().filter(initiative__contact_person=user, before_date__lt=day)
    late = late.filter(initiative__in=_worked(sight, user))
    return late.order_by("before_date", "pk")[:ROWS_SHOWN]


def own_road_counts(user: User) -> Mapping[str, int]:
    """Return how many of this person's own initiatives are at each step."""
    return dict(_own_road(user.pk))


def seen_road_counts(user: User) -> Mapping[str, int]:
    """Return how many of what this person works on, or reads along with, are at each step."""
    return dict(_seen_road(user.pk, sight=Sight.of(user)))


@written_once
def _own_road(user: int) -> QuerySet[Initiative, tuple[str, int]]:
    return _at_each_step(Initiative.objects.filter(contact_person=user))


@written_once
def _seen_road(user: int, *, sight: Sight) -> QuerySet[Initiative, tuple[str, int]]:
    return _at_each_step(Initiative.objects.detailed_with(sight, user))


def _at_each_step(found: InitiativeQuerySet) -> QuerySet[Initiative, tuple[str, int]]:
    return found.open().values_list("step").annotate(number=Count("pk")).order_by()


@dataclass(frozen=True)
class New:
    """What was reported and nobody took: how much, and what waits longest."""

    shown: list[Initiative]
    count: int


def new_at_desk(user: User) -> New:
    shown = _new_at_desk(user.pk, sight=Sight.of(user))
    return New(shown, shown[0].number_waiting if shown else 0)  # type: ignore[attr-defined]


@written_once
def _new_at_desk(user: int, *, sight: Sight) -> QuerySet[Initiative]:
    """Count in the same question: the rows that are not shown were found already."""
    waiting = Initiative.objects.detailed_with(sight, user).not_joined()
    waiting = waiting.filter(step=Step.REPORTED, contact_person=None)
    shown = waiting.select_related("municipality", "neighbourhood", "channel").only(
        *LINE, "reported_at", "channel__name"
    )
    return shown.annotate(number_waiting=Window(Count("pk"))).order_by("reported_at", "pk")[:NEW_SHOWN]


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
