"""Reading about people and access."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.core import texts
from socialewifi.core.addresses import address_or_none
from socialewifi.core.mail import FAULT, GIVEN_UP
from socialewifi.core.models import Event, Message
from socialewifi.people import rules
from socialewifi.people.actions.keys import digests
from socialewifi.people.models import AccessKey, Role, User
from socialewifi.places.models import Municipality

# A role that ends within this time is shown as a gap to come.
SOON = timedelta(days=30)


def link_address(token: str, *, then: str = "") -> str:
    """Return the address for in a mail that this token belongs to; ``then`` is the page it leads to."""
    query = f"?{urlencode({'next': then})}" if then else ""
    return f"{settings.BASE_URL}{reverse('key-open', args=[token])}{query}"


def find_key(kind: str, typed: str) -> AccessKey | None:
    """Return the key with this token or code, also when it no longer opens anything."""
    return AccessKey.objects.select_related("user").filter(digest__in=digests(kind, typed)).first()


def people_to_administer(*, search: str = "", kind: str = "", day: date) -> QuerySet[User]:
    """
    Return whoever works here or sits on the panel, now or before, with their roles of this day.

    A resident is nobody to administer, and is found by the whole e-mail address only.
    """
    here = Q(Exists(Role.objects.filter(user=OuterRef("pk")))) | Q(organisation__isnull=False)
    found = User.objects.select_related("organisation").order_by("name", "pk")
    if search:
        words = Q(name__icontains=search) | Q(email__icontains=search) | Q(organisation__name__icontains=search)
        address = address_or_none(search)
        found = found.filter((here & words) | (Q(email=address) if address else Q(pk=None)))
    else:
        found = found.filter(here)
    if kind:
        found = found.filter(Exists(Role.objects.current(day).filter(user=OuterRef("pk"), kind=kind)))
    now = Role.objects.current(day).select_related("subregion", "municipality", "neighbourhood").order_by("kind", "pk")
    return found.prefetch_related(Prefetch("roles", now, to_attr="roles_now"))


@dataclass(frozen=True)
class UndeliverableMail:
    """A mail that could not arrive, as an administrator reads of it: of a resident, only that there is one."""

    pk: int
    who: str
    what: str
    why: str
    at: datetime | None
    # Whether someone at work was asked to call instead.
    contact_calls: bool

    @classmethod
    def of(cls, mail: Message) -> "UndeliverableMail":
        works_here = mail.recipient is not None and mail.recipient.roles.exists()
        kind = texts.KINDS.get(mail.kind)
        return cls(
            pk=mail.pk,
            who=f"{mail.to_name}, {mail.to_email}" if works_here else str(_("een inwoner")),
            what=str(kind.label) if kind else str(_("Over inloggen of toegang")),
            why=_why(mail.undeliverable_because),
            at=mail.undeliverable_at,
            contact_calls=not works_here and bool(mail.subject_type),
        )


def undeliverable_mails() -> QuerySet[Message]:
    """Return the mails that could not arrive, the newest first."""
    mails = Message.objects.undeliverable().select_related("recipient").prefetch_related("recipient__roles")
    return mails.order_by("-undeliverable_at", "-pk")


def mails_that_wait_long(at: datetime) -> QuerySet[Message]:
    """Return the mails that are tried for more than an hour: is the mail server there?"""
    waiting = Message.objects.waiting().filter(channel=Message.Channel.EMAIL, undeliverable_at=None)
    return waiting.filter(created_at__lt=at - timedelta(hours=1)).exclude(again_at__gt=at - timedelta(hours=1))


def _why(because: str) -> str:
    if because == GIVEN_UP:
        return _("De mailserver nam hem een week lang niet aan.")
    if because == FAULT:
        return _("Er ging bij ons iets mis bij het versturen. Het logboek van de server zegt wat.")
    return _("De mailserver weigert hem voorgoed (%(code)s).") % {"code": because}


@dataclass(frozen=True)
class Representation:
    """Who can be asked for a municipality; ``is_gap_soon`` when the last of them stops soon."""

    municipality: Municipality
    roles: list[Role]
    is_gap_soon: bool


def ambassadors(day: date) -> list[Representation]:
    """Return each municipality with its ambassadors of this day."""
    roles: dict[int | None, list[Role]] = defaultdict(list)
    current = Role.objects.current(day).filter(kind=Role.Kind.AMBASSADOR, user__is_active=True)
    for role in current.select_related("user__organisation").order_by("user__name"):
        roles[role.municipality_id].append(role)
    places = Municipality.objects.filter(retired_at=None).select_related("subregion")
    return [
        Representation(place, roles[place.pk], is_gap_soon=_ends_soon(roles[place.pk], day))
        for place in places.order_by("subregion__position", "name")
    ]


def municipalities_without_ambassador(day: date) -> list[Municipality]:
    """Return the gaps: municipalities that nobody can be asked for today."""
    return [one.municipality for one in ambassadors(day) if not one.roles]


@dataclass(frozen=True)
class Waiting:
    """A role that waits for a second person, and whether the reader is one."""

    role: Role
    may_confirm: bool
    may_refuse: bool


def waiting_roles(user: User, day: date) -> list[Waiting]:
    """Return the roles that wait for a second person where this user is asked about roles."""
    found = Role.objects.waiting(day).filter(user__is_active=True).order_by("given_at", "pk")
    roles = [role for role in _with_places(found) if rules.is_asked_about(user, role)]
    touched = rules.touched_by(user, [role.user_id for role in roles])
    return [
        Waiting(role, rules.is_second_person(user, role, touched=touched), rules.can_refuse_role(user, role))
        for role in roles
    ]


def second_people(role: Role, day: date) -> list[User]:
    """Return who can confirm this role; when there is nobody, it waits for ever."""
    held = Role.objects.current(day).filter(kind__in=rules.CONFIRMERS)
    people = User.objects.filter(is_active=True).filter(Exists(held.filter(user=OuterRef("pk"))))
    people = (
        people.exclude(pk__in=_who_touched(role.user))
        .order_by("name", "pk")
        .prefetch_related(Prefetch("roles", held, to_attr="roles_now"))
    )
    found: list[User] = []
    for one in people:
        one.current_roles = one.roles_now
        if rules.is_second_person(one, role, touched=()):
            found.append(one)
    return found


def _who_touched(user: User) -> QuerySet[Event, int | None]:
    done = Event.objects.about(user).filter(kind__in=rules.TOUCHED, by__isnull=False)
    return done.values_list("by", flat=True)


def _with_places(roles: QuerySet[Role]) -> QuerySet[Role]:
    places = ("subregion", "municipality", "neighbourhood__municipality")
    return roles.select_related("user__organisation", "given_by", *places)


def _ends_soon(roles: list[Role], day: date) -> bool:
    return bool(roles) and all(role.ends_on is not None and role.ends_on - day <= SOON for role in roles)


def log(*, user: User | None = None, group: str = "") -> QuerySet[Event]:
    """Return what is written down about accounts and access, newest first."""
    found = Event.objects.filter(subject_type=User._meta.label_lower, kind__startswith="people.")
    if user is not None:
        found = found.filter(subject_id=user.pk)
    if group:
        found = found.filter(kind__startswith=f"people.{group}.")
    return found.select_related("by").order_by("-at", "-id")
