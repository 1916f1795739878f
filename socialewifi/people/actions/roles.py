"""Giving and ending roles. What was, stays: a role is ended, never changed."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError
from socialewifi.people.models import Role, User
from socialewifi.places.models import Municipality, Neighbourhood, SubRegion

# Where each kind of role holds; the others hold in the whole region.
PLACE_OF_KIND = {
    Role.Kind.GUIDE: "subregion",
    Role.Kind.COORDINATOR: "subregion",
    Role.Kind.AMBASSADOR: "municipality",
    Role.Kind.SCHEME_OFFICER: "municipality",
    Role.Kind.NEIGHBOURHOOD_TEAM: "neighbourhood",
}


class WrongPlace(DomainError):
    """Raised when a role is given for another kind of place than it holds in."""

    def __init__(self, place: str) -> None:
        words = {
            "subregion": _("Kies voor deze rol een subregio."),
            "municipality": _("Kies voor deze rol een gemeente."),
            "neighbourhood": _("Kies voor deze rol een buurt."),
        }
        super().__init__(words.get(place, _("Deze rol geldt voor de hele regio.")), field=place or "kind")


class WrongPeriod(DomainError):
    """Raised when a role would end before it starts, or in the past."""


class OwnRole(DomainError):
    """Raised when someone gives themselves a role: an administrator does not read initiatives that way."""

    field = "kind"

    def __init__(self) -> None:
        super().__init__(_("Je kunt jezelf geen rol geven. Vraag het een andere beheerder."))


class AlreadyHasRole(DomainError):
    """Raised when someone has the same role, there and then, already."""

    field = "kind"

    def __init__(self) -> None:
        super().__init__(_("Deze persoon heeft deze rol al in (een deel van) deze periode."))


class LastAdministrator(DomainError):
    """Raised when nobody would be left to administer."""

    def __init__(self) -> None:
        super().__init__(_("Dit is de laatste beheerder. Geef eerst iemand anders deze rol."))


@transaction.atomic
def give_role(
    *,
    user: User,
    kind: str,
    starts_on: date,
    by: User | None,
    at: datetime,
    ends_on: date | None = None,
    subregion: SubRegion | None = None,
    municipality: Municipality | None = None,
    neighbourhood: Neighbourhood | None = None,
) -> Role:
    """
    Give someone a role for a place and a period, its last day included.

    :raises OwnRole: if they would give it to themselves
    :raises WrongPlace: if this kind of role holds elsewhere
    :raises WrongPeriod: if it would end before it starts
    :raises AlreadyHasRole: if they have it in that period
    """
    if user == by:
        raise OwnRole
    User.objects.select_for_update(of=["self"]).get(pk=user.pk)
    places = {"subregion": subregion, "municipality": municipality, "neighbourhood": neighbourhood}
    needed = PLACE_OF_KIND.get(Role.Kind(kind), "")
    if any((place is not None) != (name == needed) for name, place in places.items()):
        raise WrongPlace(needed)
    if ends_on is not None and ends_on < starts_on:
        raise WrongPeriod(_("De laatste dag ligt voor de eerste dag."), field="ends_on")
    same = user.roles.filter(kind=kind, **places).filter(Q(ends_on=None) | Q(ends_on__gte=starts_on))
    if (same if ends_on is None else same.filter(starts_on__lte=ends_on)).exists():
        raise AlreadyHasRole
    role = Role.objects.create(user=user, kind=kind, starts_on=starts_on, ends_on=ends_on, **places)
    events.record(
        "people.role.given", on=user, by=by, at=at, role=_title(role), start=date_format(starts_on, "j F Y"), id=role.pk
    )
    return role


@transaction.atomic
def end_role(*, role: Role, last_day: date, by: User, at: datetime) -> Role:
    """
    Let a role end on this day, or yesterday to end it at once.

    :raises WrongPeriod: if it would end before it starts, further in the past, or later than it does already
    :raises LastAdministrator: if nobody would be left to administer
    """
    administrators = _lock_administrators()
    role = Role.objects.select_for_update(of=["self"]).get(pk=role.pk)
    today = timezone.localdate(at)
    if last_day < max(role.starts_on, today - timedelta(days=1)):
        raise WrongPeriod(_("Een rol kan niet verder in het verleden eindigen."), field="last_day")
    if role.ends_on is not None and role.ends_on <= last_day:
        raise WrongPeriod(_("Deze rol eindigt al eerder."), field="last_day")
    if role.kind == Role.Kind.ADMINISTRATOR and not _someone_stays(administrators, without=role.user, after=last_day):
        raise LastAdministrator
    role.ends_on = last_day
    role.save(update_fields=["ends_on"])
    events.record(
        "people.role.ended",
        on=role.user,
        by=by,
        at=at,
        role=_title(role),
        end=date_format(last_day, "j F Y"),
        id=role.pk,
    )
    return role


def is_last_administrator(*, user: User, at: datetime) -> bool:
    """Tell, holding every administrator's role still, whether only this person administers."""
    today = timezone.localdate(at)
    administrators = _lock_administrators()
    mine = any(role.user_id == user.pk and role.holds_on(today) for role in administrators)
    return mine and not _someone_stays(administrators, without=user, after=today)


def _lock_administrators() -> list[Role]:
    # Locked in one order, so that two administrators cannot end each other's role at once.
    roles = Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, user__is_active=True)
    return list(roles.select_for_update(of=["self"]).order_by("pk"))


def _someone_stays(administrators: list[Role], *, without: User, after: date) -> bool:
    return any(role.user_id != without.pk and role.holds_on(after + timedelta(days=1)) for role in administrators)


def _title(role: Role) -> str:
    return f"{role.get_kind_display()} ({role.place})" if role.place else str(role.get_kind_display())
