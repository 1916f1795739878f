"""
Giving, confirming and ending roles. What was, stays: a role is ended, never changed.

A role of work takes two (ADR 19): one gives it, another confirms it. Whatever lets someone else come in with an account
has its roles of work confirmed anew, so that one administrator alone is never someone else.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.people import rules
from socialewifi.people.actions import notices
from socialewifi.people.actions.locking import lock_person
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
    """Raised when a role would end before it starts, or start or end in the past."""


class OwnRole(DomainError):
    """Raised when someone gives themselves a role: an administrator does not read initiatives that way."""

    field = "kind"

    def __init__(self) -> None:
        super().__init__(_("Je kunt jezelf geen rol geven. Vraag het een andere beheerder."))


class NoMailbox(DomainError):
    """Raised when a role of work is given to someone without an e-mail address of their own."""

    field = "kind"

    def __init__(self) -> None:
        super().__init__(_("Wie hier werkt, heeft een eigen e-mailadres nodig. Voeg diegene eerst toe met een adres."))


class AlreadyHasRole(DomainError):
    """Raised when someone has the same role, there and then, already."""

    field = "kind"

    def __init__(self) -> None:
        super().__init__(_("Deze persoon heeft deze rol al in (een deel van) deze periode."))


class NotWaiting(DomainError):
    """Raised when a role is confirmed or refused that waits for nobody any more."""

    def __init__(self) -> None:
        super().__init__(_("Deze rol wacht niet meer op een antwoord."))


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
    Give someone a role for a place and a period, its last day included. A role of work waits for a second person.

    :raises OwnRole: if they would give it to themselves
    :raises NoMailbox: if it is a role of work and nobody could come in with it (R14)
    :raises WrongPlace: if this kind of role holds elsewhere
    :raises WrongPeriod: if it would start in the past, or end before it starts
    :raises AlreadyHasRole: if they have it in that period
    """
    user = lock_person(user)
    require(by is None or rules.can_administer(by))
    if user == by:
        raise OwnRole
    if kind != Role.Kind.PANEL_MEMBER and not user.is_account:
        raise NoMailbox
    places = {"subregion": subregion, "municipality": municipality, "neighbourhood": neighbourhood}
    needed = PLACE_OF_KIND.get(Role.Kind(kind), "")
    if any((place is not None) != (name == needed) for name, place in places.items()):
        raise WrongPlace(needed)
    _check_period(starts_on, ends_on, today=timezone.localdate(at))
    same = user.roles.not_over(starts_on).filter(kind=kind, refused_at=None, **places)
    if (same if ends_on is None else same.filter(starts_on__lte=ends_on)).exists():
        raise AlreadyHasRole
    role = Role(user=user, kind=kind, starts_on=starts_on, ends_on=ends_on, given_by=by, given_at=at, **places)
    # On the command line one is enough: whoever can give it there, can do everything.
    waits = by is not None and settings.ROLES_TAKE_TWO
    role.confirmed_at = None if waits else at
    role.save(force_insert=True)
    events.record("people.role.given", on=user, by=by, at=at, role=role.as_detail, start=starts_on, id=role.pk)
    if not waits:
        notices.tell_owner(notices.ROLE_GIVEN, user=user, by=by, at=at, role=role)
    return role


@transaction.atomic
def confirm_role(*, role: Role, by: User | None, at: datetime) -> Role:
    """
    Say, as a second person, that this is right: from now on the role gives what it gives.

    :raises NotWaiting: if it waits for nobody any more
    """
    role = hold_role(role)
    require(by is None or rules.can_confirm_role(by, role))
    if not role.waits_on(timezone.localdate(at)):
        raise NotWaiting
    role.confirmed_by, role.confirmed_at = by, at
    role.save(update_fields=["confirmed_by", "confirmed_at"])
    events.record("people.role.confirmed", on=role.user, by=by, at=at, role=role.as_detail, id=role.pk)
    notices.tell_owner(notices.ROLE_CONFIRMED, user=role.user, by=by, at=at, role=role)
    return role


@transaction.atomic
def refuse_role(*, role: Role, by: User, at: datetime) -> Role:
    """
    Say that this is not right: the role never holds, or no longer. Whoever gave it takes it back this way.

    :raises NotWaiting: if it waits for nobody any more
    """
    role = _lock_role(role)
    require(rules.can_refuse_role(by, role))
    if not role.waits_on(timezone.localdate(at)):
        raise NotWaiting
    role.refused_at = at
    role.save(update_fields=["refused_at"])
    events.record("people.role.refused", on=role.user, by=by, at=at, role=role.as_detail, id=role.pk)
    notices.tell_owner(notices.ROLE_REFUSED, user=role.user, by=by, at=at, role=role)
    return role


def doubt_roles(user: User, *, by: User | None, at: datetime) -> bool:
    """
    Have a second person confirm someone's roles of work again, inside a deed that holds them; tell whether one waits.

    :raises LastAdministrator: if nobody would be left to administer
    """
    if by is None or not settings.ROLES_TAKE_TWO:
        return False
    if is_last_administrator(user=user, at=at):
        raise LastAdministrator
    today = timezone.localdate(at)
    roles = user.roles.not_over(today).filter(confirmed_at__isnull=False)
    for role in roles.select_related("subregion", "municipality", "neighbourhood").order_by("pk"):
        role.confirmed_by = role.confirmed_at = None
        role.save(update_fields=["confirmed_by", "confirmed_at"])
        events.record("people.role.doubted", on=user, by=by, at=at, role=role.as_detail, id=role.pk)
    return user.roles.waiting(today).exists()


@transaction.atomic
def end_role(*, role: Role, last_day: date, by: User, at: datetime) -> Role:
    """
    Let a role end on this day, or yesterday to end it at once: one that did not begin before that never holds.

    :raises WrongPeriod: if it would end further in the past, or later than it does already
    :raises LastAdministrator: if nobody would be left to administer
    """
    administrators = _lock_administrators()
    role = _lock_role(role)
    require(rules.can_administer(by))
    if last_day < timezone.localdate(at) - timedelta(days=1):
        raise WrongPeriod(_("Een rol kan niet verder in het verleden eindigen."), field="last_day")
    last_day = max(last_day, role.starts_on - timedelta(days=1))
    if role.ends_on is not None and role.ends_on <= last_day:
        raise WrongPeriod(_("Deze rol eindigt al eerder."), field="last_day")
    if role.kind == Role.Kind.ADMINISTRATOR and not _someone_stays(administrators, without=role.user, after=last_day):
        raise LastAdministrator
    role.ends_on = last_day
    role.save(update_fields=["ends_on"])
    events.record("people.role.ended", on=role.user, by=by, at=at, role=role.as_detail, end=last_day, id=role.pk)
    notices.tell_owner(notices.ROLE_ENDED, user=role.user, by=by, at=at, role=role)
    return role


def is_last_administrator(*, user: User, at: datetime) -> bool:
    """Tell, holding every administrator's role still, whether only this person administers."""
    today = timezone.localdate(at)
    administrators = _lock_administrators()
    mine = any(role.user_id == user.pk and role.holds_on(today) for role in administrators)
    return mine and not _someone_stays(administrators, without=user, after=today)


def _check_period(starts_on: date, ends_on: date | None, *, today: date) -> None:
    if starts_on < today:
        raise WrongPeriod(_("Een rol begint vandaag of later."), field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise WrongPeriod(_("De laatste dag ligt voor de eerste dag."), field="ends_on")


def _lock_administrators() -> list[Role]:
    # Locked in one order, so that two administrators cannot end each other's role at once.
    roles = Role.objects.filter(kind=Role.Kind.ADMINISTRATOR, user__is_active=True)
    return list(roles.select_for_update(of=["self"]).order_by("pk"))


def _someone_stays(administrators: list[Role], *, without: User, after: date) -> bool:
    return any(role.user_id != without.pk and role.holds_on(after + timedelta(days=1)) for role in administrators)


def hold_role(role: Role) -> Role:
    """Return a role as it is now, and whose it is with the address of now, while both are held."""
    lock_person(role.user)
    return _lock_role(role)


def _lock_role(role: Role) -> Role:
    places = ("subregion", "municipality", "neighbourhood__municipality")
    return Role.objects.select_for_update(of=["self"]).select_related("user", *places).get(pk=role.pk)
