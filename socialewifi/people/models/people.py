"""People, organisations, and what someone may do where and until when."""

import uuid
from collections.abc import Collection, Mapping
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock
from socialewifi.core.addresses import address_or_none, is_normal, normal_address
from socialewifi.core.append_only import append_only
from socialewifi.core.personal import Erasing, Kept, names, nothing, reaches, said, sensitive
from socialewifi.people.models.guards import (
    mailbox_stays_what_it_is,
    who_confirms_is_somebody_else,
    who_has_a_role_is_an_account,
)
from socialewifi.places.models import Municipality, Neighbourhood, SubRegion

if TYPE_CHECKING:
    from socialewifi.people.models.access import ReadingMode


class Organisation(models.Model):
    """A partner: who does social work, a municipality, an insurer, a fund (000 §1.5, §2.9, §2.10, §7)."""

    class Kind(models.TextChoices):
        SOCIAL_WORK = "social_work", _("Sociaalwerkorganisatie")
        MUNICIPALITY = "municipality", _("Gemeente")
        INSURER = "insurer", _("Zorgverzekeraar")
        RESIDENTS = "residents", _("Organisatie van inwoners")
        FUND = "fund", _("Fonds of regeling")
        PROGRAMME = "programme", _("Programma")

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=Kind)
    website = models.URLField(blank=True)
    explanation = models.TextField(blank=True)
    # In Vaals and Voerendaal the municipality does the social work itself (000 §2.9).
    does_social_work_in = models.ManyToManyField(Municipality, related_name="social_workers", blank=True)
    # A route can point an initiative here (000 §2.10 step 3).
    is_next_door = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)
    personal: ClassVar = nothing("code", "name", "website", "explanation")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str | None = None, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=normal_address(email) if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=address_or_none(username), email__isnull=False)

    def with_address(self, typed: str | None) -> "User | None":
        """Return whose account has this address; whatever is no address is nobody's."""
        address = address_or_none(typed)
        return self.filter(email=address).first() if address else None


class User(AbstractBaseUser):
    """
    Anyone the platform knows: a resident with an idea, a panel member, someone at work.

    One with an e-mail address is an account: its sessions begin from that mailbox and open all that is theirs. One
    without is a resident as known by one idea: whoever told it typed an address, and need not be its owner. A link or
    a code opens just that idea (R14). Once the owner of the mailbox said that the idea is theirs, ``account`` is set.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Telefoon")
        LETTER = "letter", _("Brief")
        VISIT = "visit", _("Langskomen")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    account = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="known_as")
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    # The days and hours someone at work can be reached, shown beside their name.
    working_days = models.CharField(max_length=150, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    personal: ClassVar = {
        **nothing("language"),
        "password": sensitive(Kept.ACCOUNT),
        "email": reaches(Kept.ACCOUNT),
        "name": names(Kept.ACCOUNT),
        "phone": reaches(Kept.ACCOUNT),
        "working_days": said(Kept.ACCOUNT, Erasing.EMPTIED),
    }

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects = UserManager()
    # Kinds of roles that do not hold in this session (people.middleware).
    withheld: frozenset[str] = frozenset()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_user_address_in_one_form", condition=Q(email=None) | is_normal("email")
            ),
            models.CheckConstraint(
                name="people_user_account_belongs_to_no_other", condition=Q(account=None) | Q(email=None)
            ),
            # What a link or a code opens has no password: only the owner of a mailbox makes one (R14).
            models.CheckConstraint(
                name="people_user_password_only_with_a_mailbox",
                condition=Q(email__isnull=False) | Q(password__startswith="!"),  # noqa: S106
            ),
        ]
        triggers: ClassVar = [mailbox_stays_what_it_is, who_has_a_role_is_an_account]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_account(self) -> bool:
        """Tell whether this is someone with a mailbox of their own, not a resident as known by one idea."""
        return self.email is not None

    @property
    def has_come_in_before(self) -> bool:
        """Tell whether the owner of the mailbox is known to read it, or an administrator vouches for the address."""
        return self.last_login is not None or self.roles.exists()

    @cached_property
    def identities(self) -> frozenset[int]:
        """Return the numbers under which this person is known: their own, and of each idea they said is theirs."""
        known = self.known_as.values_list("pk", flat=True) if self.is_account else ()
        return frozenset((self.pk, *known))

    def forget_rights(self) -> None:
        """Ask anew, the next time, what this person is and owns: under the lock that may be less than before it."""
        for remembered in ("identities", "current_roles", "reading_mode"):
            self.__dict__.pop(remembered, None)

    def check_password(self, raw_password: str | None) -> bool:
        """Test if this is the password; one that is kept in an older way is kept anew, if it still is the password."""

        def keep_anew(raw: str | None) -> None:
            User.objects.filter(pk=self.pk, password=self.password).update(password=make_password(raw))

        return check_password(raw_password, self.password, keep_anew)

    @property
    def initials(self) -> str:
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()

    @property
    def first_name(self) -> str:
        return self.name.split(" ", maxsplit=1)[0]

    @cached_property
    def current_roles(self) -> list["Role"]:
        """The roles that hold today and are not withheld; an expired role gives nothing."""
        if not self.pk:
            return []
        held = self.roles.current(clock.today()).select_related("subregion")
        return [role for role in held if role.kind not in self.withheld]

    @property
    def is_reading_along(self) -> bool:
        """Tell whether this administrator has the logged, time-limited reading mode on."""
        return self.reading_mode is not None

    @cached_property
    def reading_mode(self) -> "ReadingMode | None":
        """The reading mode that is on now, for an administrator who is not on the panel: its members read no names."""
        if not self.has_role(Role.Kind.ADMINISTRATOR) or self.has_role(Role.Kind.PANEL_MEMBER):
            return None
        return self.reading_modes.running(clock.now()).first()

    def has_role(self, *kinds: str) -> bool:
        return any(role.kind in kinds for role in self.current_roles)

    def scopes(self, *kinds: str) -> list["Role"]:
        """Return the current roles of these kinds, to see where they hold."""
        return [role for role in self.current_roles if role.kind in kinds]

    def withhold(self, kinds: Collection[str]) -> None:
        """Act, for this one object, as if there were no roles of these kinds."""
        self.withheld = frozenset(kinds)
        self.forget_rights()

    def in_full(self) -> "User":
        """Return this person with every role they hold: for what a role forbids them, never for what it allows."""
        if not self.withheld:
            return self
        full = copy(self)
        full.withhold(())
        return full

    @property
    def is_staff_member(self) -> bool:
        """Tell whether this is someone at work, who signs in with a second factor."""
        return any(role.is_of_work for role in self.current_roles)


class RoleQuerySet(models.QuerySet["Role"]):
    def current(self, day: date) -> "RoleQuerySet":
        """Keep the roles that hold on this day; what nobody confirmed holds never."""
        return self.not_over(day).filter(starts_on__lte=day, confirmed_at__isnull=False)

    def waiting(self, day: date) -> "RoleQuerySet":
        """Keep the roles that wait for a second person."""
        return self.not_over(day).filter(confirmed_at=None, refused_at=None)

    def not_over(self, day: date) -> "RoleQuerySet":
        """Keep what has not ended; one that was taken back before it began never holds."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day) & Q(ends_on__gte=F("starts_on")))


class Role(models.Model):
    """
    What someone may do, where, and from when until when (docs/access.md). The end day is included.

    A role of work takes two: one gives it, another confirms it, and until then it gives nothing. Without
    ``confirmed_by`` it was in force at once: a panel member's, or where one person is enough (ROLES_TAKE_TWO).
    """

    class Kind(models.TextChoices):
        PANEL_MEMBER = "panel_member", _("Panellid")
        GUIDE = "guide", _("Procesbegeleider")
        COORDINATOR = "coordinator", _("Coördinator")
        REGIONAL_COORDINATOR = "regional_coordinator", _("Regionaal coördinator")
        AMBASSADOR = "ambassador", _("Ambassadeur")
        TREASURER = "treasurer", _("Kassier")
        STEERING_MEMBER = "steering_member", _("Lid van de stuurgroep")
        CONVENER = "convener", _("Trekker van het lerend netwerk")
        NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("Lid van een PlusWIJkteam")
        SCHEME_OFFICER = "scheme_officer", _("Regelingenmedewerker")
        ADMINISTRATOR = "administrator", _("Beheerder")

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30, choices=Kind)
    subregion = models.ForeignKey(SubRegion, models.PROTECT, null=True, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True)
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # Nobody when it was given on the command line.
    given_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                # One that ends the day before it starts was taken back before it held.
                name="people_role_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
            ),
            models.CheckConstraint(
                name="people_role_never_starts_in_the_past",
                condition=Q(starts_on__gte=TruncDate("given_at")),
            ),
            models.CheckConstraint(
                name="people_role_takes_another",
                condition=Q(confirmed_by=None)
                | Q(confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("user"))
                & (Q(given_by=None) | ~Q(confirmed_by=F("given_by"))),
            ),
            models.CheckConstraint(
                name="people_role_is_confirmed_or_refused",
                condition=Q(confirmed_at=None) | Q(refused_at=None),
            ),
            models.CheckConstraint(
                name="people_role_is_given_by_another",
                condition=Q(given_by=None) | ~Q(given_by=F("user")),
            ),
            models.CheckConstraint(
                name="people_role_holds_where_its_kind_holds",
                condition=Q(
                    kind__in=["guide", "coordinator"],
                    subregion__isnull=False,
                    municipality=None,
                    neighbourhood=None,
                )
                | Q(
                    kind__in=["ambassador", "scheme_officer"],
                    subregion=None,
                    municipality__isnull=False,
                    neighbourhood=None,
                )
                | Q(kind="neighbourhood_team", subregion=None, municipality=None, neighbourhood__isnull=False)
                | Q(
                    kind__in=[
                        "panel_member",
                        "regional_coordinator",
                        "treasurer",
                        "steering_member",
                        "convener",
                        "administrator",
                    ],
                    subregion=None,
                    municipality=None,
                    neighbourhood=None,
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "subregion"], name="people_role_by_scope")]
        # Whose role it is, what and where, and who gave it, stays; it is confirmed, doubted, refused and ended.
        triggers: ClassVar = [
            who_confirms_is_somebody_else,
            *append_only(once=["refused_at"], free=["confirmed_by", "confirmed_at", "ends_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()}"

    def holds_on(self, day: date) -> bool:
        return self.confirmed_at is not None and self.starts_on <= day and not self.is_over_on(day)

    def waits_on(self, day: date) -> bool:
        """Tell whether a second person still has to confirm it."""
        return self.confirmed_at is None and self.refused_at is None and not self.is_over_on(day)

    def is_over_on(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < max(day, self.starts_on)

    @property
    def is_of_work(self) -> bool:
        return self.kind in ROLES_OF_WORK

    @property
    def place(self) -> SubRegion | Municipality | Neighbourhood | None:
        return self.subregion or self.municipality or self.neighbourhood

    @property
    def title(self) -> str:
        return self.title_of(self.as_detail)

    @property
    def as_detail(self) -> dict[str, str]:
        """What an event keeps of it."""
        return {"kind": self.kind, "place": str(self.place or "")}

    @classmethod
    def title_of(cls, detail: Mapping[str, str]) -> str:
        """Put what an event kept of a role in words."""
        kind = str(cls.Kind(detail["kind"]).label)
        return f"{kind} ({detail['place']})" if detail["place"] else kind

    @property
    def subregion_of_place(self) -> int | None:
        """The sub-region it holds in, whole or part; none when it holds in the whole region."""
        municipality = self.neighbourhood.municipality if self.neighbourhood else self.municipality
        return municipality.subregion_id if municipality else self.subregion_id


# All but that of a resident on the panel.
ROLES_OF_WORK = frozenset(Role.Kind.values) - {Role.Kind.PANEL_MEMBER}
