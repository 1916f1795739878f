"""Who works where, at a given day."""

from datetime import date

from django.db.models import BigIntegerField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from socialewifi.initiatives.models import WORKERS, Initiative, Interest
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality


def municipalities_of(user: User) -> QuerySet[Municipality]:
    """Return the municipalities this person works for, in whatever capacity: what a list can be narrowed to."""
    here = Municipality.objects.filter(retired_at=None)
    if user.has_role(Role.Kind.REGIONAL_COORDINATOR) or user.is_reading_along:
        return here
    subregions = [role.subregion_id for role in user.scopes(*WORKERS)]
    own = [role.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR)]
    return here.filter(Q(subregion__in=subregions) | Q(pk__in=own))


def coordinated_municipalities(user: User) -> QuerySet[Municipality]:
    """Return the municipalities where this person coordinates."""
    here = Municipality.objects.filter(retired_at=None)
    if user.has_role(Role.Kind.REGIONAL_COORDINATOR):
        return here
    return here.filter(subregion__in=[role.subregion_id for role in user.scopes(Role.Kind.COORDINATOR)])


def colleagues_of(user: User, *, day: date) -> QuerySet[User]:
    """Return who works in this person's sub-regions that day, by name."""
    roles = Role.objects.current(day).filter(kind__in=WORKERS)
    if not user.has_role(Role.Kind.REGIONAL_COORDINATOR):
        roles = roles.filter(subregion__in=[role.subregion_id for role in user.scopes(*WORKERS)])
    return _active(roles)


def workers_there(initiative: Initiative, *, day: date) -> QuerySet[User]:
    """Return who could work on this initiative that day: in its sub-region, and not involved themselves (R5)."""
    roles = Role.objects.current(day).filter(kind__in=WORKERS)
    if initiative.municipality is not None:
        roles = roles.filter(subregion=initiative.municipality.subregion_id)
    regional = Role.objects.current(day).filter(kind=Role.Kind.REGIONAL_COORDINATOR)
    return _active(roles | regional).exclude(interests__initiative=initiative)


def works_there(person: str, *, day: date) -> Exists:
    """Match rows of an initiative of which ``person``, a field, works on it that day, as ``rules.works_on`` says."""
    home = ExpressionWrapper(OuterRef("initiative__municipality__subregion"), BigIntegerField())
    roles = Role.objects.current(day).filter(user=OuterRef(person), user__is_active=True).alias(home=home)
    near = Q(subregion=F("home")) | Q(home=None) | Q(user=OuterRef("initiative__contact_person"))
    involved = Interest.objects.filter(user=OuterRef("user"), initiative=OuterRef(OuterRef("initiative")))
    at_work = roles.filter(Q(kind=Role.Kind.REGIONAL_COORDINATOR) | (Q(kind__in=WORKERS) & near))
    return Exists(at_work.exclude(Exists(involved)))


def with_a_part_in(initiative: Initiative, *, day: date) -> QuerySet[User]:
    """Return who knows this initiative from work that day, as ``rules.has_part_in`` says: they weigh it not (R15)."""
    current = Role.objects.current(day)
    at_work = current.filter(kind__in=WORKERS)
    if initiative.municipality is not None:
        at_work = at_work.filter(subregion=initiative.municipality.subregion_id)
    others = Q(kind=Role.Kind.REGIONAL_COORDINATOR)
    if initiative.municipality_id is not None:
        others |= Q(kind=Role.Kind.AMBASSADOR, municipality=initiative.municipality_id)
    by_name = Q(pk__in=[one for one in (initiative.contact_person_id, initiative.entered_by_id) if one])
    return User.objects.filter(Q(pk__in=(at_work | current.filter(others)).values("user")) | by_name)


def _active(roles: QuerySet[Role]) -> QuerySet[User]:
    return User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("name", "pk")
