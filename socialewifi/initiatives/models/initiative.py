"""The initiative itself: what residents want to do, where it stands on the road, and who their contact is."""

import secrets
from typing import TYPE_CHECKING, ClassVar, cast

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from socialewifi.core.append_only import append_only, moments_are_now
from socialewifi.core.errors import DomainError
from socialewifi.core.personal import Kept, nothing, reaches, said, sensitive
from socialewifi.core.public_changes import raises_public_version
from socialewifi.core.redaction import without_a_trace, without_contact_details
from socialewifi.initiatives.models.consented import joined_with_everyones_yes, published_with_consent
from socialewifi.initiatives.models.plan import SEARCH_COLUMNS, Plan, Searched
from socialewifi.initiatives.models.words import Channel, Kind, TargetGroup, Theme
from socialewifi.people.models import Organisation, Role, User
from socialewifi.places.models import Municipality, Neighbourhood

if TYPE_CHECKING:
    from datetime import datetime


class IllegalMove(DomainError):
    """Raised when an initiative is moved to a step that cannot follow its current one."""


class Step(models.TextChoices):
    """Where an initiative stands (000 §2.10); the side exits can be reopened."""

    REPORTED = "reported", _("Gemeld")
    EXPLORING = "exploring", _("Verkennen")
    ASSESSING = "assessing", _("Wegen")
    SUPPORTING = "supporting", _("Steunen")
    SUSTAINING = "sustaining", _("Bestendigen")
    LANDED = "landed", _("Geland")
    REDIRECTED = "redirected", _("Doorverwezen")
    DECLINED = "declined", _("Afgewezen")
    WITHDRAWN = "withdrawn", _("Gestopt")


ROAD = (Step.REPORTED, Step.EXPLORING, Step.ASSESSING, Step.SUPPORTING, Step.SUSTAINING)
SIDE_EXITS = (Step.REDIRECTED, Step.DECLINED, Step.WITHDRAWN)
OPEN_STEPS = ROAD
WORKERS = (Role.Kind.GUIDE, Role.Kind.COORDINATOR)
AT_A_DESK = (*WORKERS, Role.Kind.REGIONAL_COORDINATOR)

MOVES: dict[Step, set[Step]] = {
    Step.REPORTED: {Step.EXPLORING, Step.WITHDRAWN},
    Step.EXPLORING: {Step.ASSESSING, Step.WITHDRAWN},
    Step.ASSESSING: {Step.EXPLORING, Step.SUPPORTING, Step.REDIRECTED, Step.DECLINED, Step.WITHDRAWN},
    Step.SUPPORTING: {Step.SUSTAINING, Step.WITHDRAWN},
    Step.SUSTAINING: {Step.SUPPORTING, Step.LANDED, Step.WITHDRAWN},
    Step.LANDED: set(),
    Step.REDIRECTED: {Step.EXPLORING, Step.WITHDRAWN},
    Step.DECLINED: {Step.EXPLORING},
    Step.WITHDRAWN: {Step.EXPLORING},
}


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """
    Each capacity has a question of its own (R15). Who has an interest is left out of all of them (R5).

    What shows or does more than an ambassador may asks ``worked_on_by`` or ``detailed_for``, never ``visible_to``.
    """

    def visible_to(self, user: User) -> "InitiativeQuerySet":
        """Keep what exists for this person at work, in whatever capacity."""
        if user.is_reading_along or user.has_role(Role.Kind.REGIONAL_COORDINATOR):
            return self.without_interest_of(user)
        seen = self._where_working(user)
        if municipalities := {role.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR)}:
            seen |= Q(municipality__in=municipalities)
        return self.filter(seen).without_interest_of(user) if seen else self.none()

    def worked_on_by(self, user: User) -> "InitiativeQuerySet":
        """
        Keep what this person works on (``rules.works_on``): guides and coordinators their sub-region and what has no
        place yet, a regional coordinator everything; a contact person what is theirs, also after a move elsewhere.
        """
        if user.has_role(Role.Kind.REGIONAL_COORDINATOR):
            return self.without_interest_of(user)
        seen = self._where_working(user)
        return self.filter(seen).without_interest_of(user) if seen else self.none()

    def detailed_for(self, user: User) -> "InitiativeQuerySet":
        """Keep what this person sees whole, with how its initiators are reached (``can_see_contact_details``)."""
        return self.without_interest_of(user) if user.is_reading_along else self.worked_on_by(user)

    def coordinated_by(self, user: User) -> "InitiativeQuerySet":
        """Keep what this person coordinates (``rules.coordinates``): their sub-region, and what has no place yet."""
        if user.has_role(Role.Kind.REGIONAL_COORDINATOR):
            return self.without_interest_of(user)
        coordinated = {role.subregion_id for role in user.scopes(Role.Kind.COORDINATOR)}
        seen = Q(municipality__subregion__in=coordinated) | Q(municipality=None)
        return self.filter(seen).without_interest_of(user) if coordinated else self.none()

    @staticmethod
    def _where_working(user: User) -> Q:
        """Match what is where this person works, has no place yet, or is theirs; empty for who works nowhere."""
        subregions = {role.subregion_id for role in user.scopes(*WORKERS)}
        if not subregions:
            return Q()
        places = Municipality.objects.filter(subregion__in=subregions)
        return Q(municipality__in=places.values("pk")) | Q(municipality=None) | Q(contact_person=user)

    def without_interest_of(self, user: User) -> "InitiativeQuerySet":
        """Leave out what this person has an interest in (R5)."""
        return self.exclude(pk__in=Interest.objects.filter(user=user).values("initiative"))

    def owned_by(self, user: User) -> "InitiativeQuerySet":
        """Keep the initiatives of which this person is an initiator now."""
        return self.filter(initiators__user__in=user.identities, initiators__left_at=None)

    def followed_by(self, user: User) -> "InitiativeQuerySet":
        """Keep what this person owns, and what something they own goes on in."""
        owned = Initiative.objects.owned_by(user)
        return self.filter(Exists(owned.filter(pk=OuterRef("pk"))) | Exists(owned.filter(joined_into=OuterRef("pk"))))

    def published(self) -> "InitiativeQuerySet":
        """Keep what everyone may see (R4, R9)."""
        return self.filter(published_at__isnull=False, joined_into=None)

    def not_joined(self) -> "InitiativeQuerySet":
        return self.filter(joined_into=None)

    def open(self) -> "InitiativeQuerySet":
        """Keep what is on the road."""
        return self.filter(step__in=OPEN_STEPS, joined_into=None)

    def locked(self, pk: int) -> "Initiative":
        """Return the initiative with its row locked until the deed is done."""
        return self.select_for_update(of=("self",)).get(pk=pk)


_Manager = models.Manager.from_queryset(InitiativeQuerySet)


class InitiativeManager(_Manager["Initiative"]):
    """Everything but what is searched in: that is only asked, never read."""

    def get_queryset(self) -> InitiativeQuerySet:
        return cast("InitiativeQuerySet", super().get_queryset().defer(*SEARCH_COLUMNS))


def new_key() -> str:
    """Make the short unguessable part of an initiative's addresses."""
    return "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _n in range(8))


class Doubt(models.TextChoices):
    """Why a machine may have sent an idea."""

    LINKS = "links", _("Er staan veel links in")
    FAST = "fast", _("Heel snel ingevuld")
    SAME_MAIL = "same_mail", _("Veel ideeën met hetzelfde e-mailadres")
    SAME_CONNECTION = "same_connection", _("Veel ideeën van dezelfde verbinding")


class Initiative(Searched):
    """One initiative on its road. Whatever changes it goes through this room's actions."""

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    kind = models.ForeignKey(Kind, models.PROTECT, null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True)
    target_groups = models.ManyToManyField(TargetGroup, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="initiatives")
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, null=True, blank=True)
    # The place as it was typed, until someone links it to a neighbourhood.
    place_words = models.CharField(max_length=200, blank=True)

    channel = models.ForeignKey(Channel, models.PROTECT)
    reported_at = models.DateTimeField()
    # Who filled it in for the initiators, in which capacity, and what they agreed to (R10).
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    entered_for_reason = models.CharField(max_length=250, blank=True)
    entered_with_consent_at = models.DateTimeField(null=True)
    # A person looks first. Never shown to the resident.
    doubt = models.CharField(max_length=100, choices=Doubt, blank=True)

    step = models.CharField(max_length=12, choices=Step, default=Step.REPORTED)
    step_since = models.DateTimeField()
    contact_person = models.ForeignKey(User, models.PROTECT, null=True, related_name="initiatives_in_contact")
    # When the panel had weighed it and the outcome was set; no step after assessing without it (R2).
    weighed_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)
    redirected_to = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    redirect_confirmed_at = models.DateTimeField(null=True)
    # The signs by which it stands on its own, agreed with the initiators beforehand (000 §5.1).
    landing_signs = models.TextField(blank=True)
    landing_signs_agreed_at = models.DateTimeField(null=True)

    # What neighbours read on the public page, in the initiators' own words; the rest of the plan stays theirs.
    public_text = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    joined_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined_from")
    personal: ClassVar = {
        **nothing("key"),
        "place_words": reaches(Kept.IDEA),
        "entered_for_reason": sensitive(Kept.IDEA),
        "ended_because": said(Kept.IDEA),
        "landing_signs": said(Kept.IDEA),
        "public_text": said(Kept.IDEA),
    }

    objects = InitiativeManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="initiative_has_one_contact_from_exploring_on",
                condition=Q(step__in=["reported", "withdrawn"]) | Q(contact_person__isnull=False),
            ),
            models.CheckConstraint(
                name="initiative_is_weighed_before_it_goes_on",
                condition=Q(step__in=["reported", "exploring", "assessing", "withdrawn"]) | Q(weighed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="initiative_says_why_it_ended", condition=~Q(step="declined") | ~Q(ended_because="")
            ),
            models.CheckConstraint(
                name="initiative_redirected_somewhere", condition=~Q(step="redirected") | Q(redirected_to__isnull=False)
            ),
            models.CheckConstraint(
                name="initiative_landed_by_agreed_signs",
                condition=~Q(step="landed") | (Q(landing_signs_agreed_at__isnull=False) & ~Q(landing_signs="")),
            ),
            models.CheckConstraint(
                name="initiative_entered_for_someone_with_consent",
                condition=Q(entered_by=None) | Q(entered_with_consent_at__isnull=False),
            ),
            models.CheckConstraint(name="initiative_not_joined_to_itself", condition=~Q(joined_into=F("pk"))),
            models.CheckConstraint(
                name="initiative_asks_no_negative_amount", condition=Q(amount_asked=None) | Q(amount_asked__gt=0)
            ),
            models.CheckConstraint(
                name="initiative_hidden_once_withdrawn", condition=~Q(step="withdrawn") | Q(published_at=None)
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="initiative_search"),
            GinIndex(
                fields=["public_search"], condition=Q(published_at__isnull=False), name="initiative_public_search"
            ),
            GinIndex(fields=["outside_search"], name="initiative_outside_search"),
            GinIndex(fields=["outside_title"], opclasses=["gin_trgm_ops"], name="initiative_outside_trigrams"),
            models.Index(
                fields=["municipality"],
                condition=Q(published_at__isnull=False, joined_into=None),
                name="initiative_public_by_place",
            ),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="initiative_title_trigrams"),
            models.Index(fields=["contact_person", "step"], name="initiative_by_contact"),
            # For whoever works: counting what they see and sorting it never reads the rows themselves.
            models.Index(
                fields=["municipality", "step", "contact_person"],
                include=["id", "reported_at", "step_since", "joined_into"],
                name="initiative_at_work",
            ),
            models.Index(fields=["step_since", "id"], condition=Q(joined_into=None), name="initiative_longest_in_step"),
            models.Index(fields=["title", "id"], condition=Q(joined_into=None), name="initiative_by_name"),
            models.Index(fields=["-reported_at", "-id"], name="initiative_newest"),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(published_at__isnull=False), name="initiative_published"
            ),
        ]
        triggers: ClassVar = [
            published_with_consent(
                "NEW.id",
                pgtrigger.Insert | pgtrigger.Update,
                pgtrigger.Q(new__published_at__isnull=False),
            ),
            joined_with_everyones_yes(),
            moments_are_now("weighed_at"),
            raises_public_version(
                pgtrigger.Q(old__published_at__isnull=False) | pgtrigger.Q(new__published_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_step_display(self) -> str:  # type: ignore[no-redef]
        """Return the step in words. Django's own asks for the words of every step to find this one."""
        return str(Step(self.step).label)

    @property
    def slug(self) -> str:
        return f"{slugify(without_a_trace(self.title))[:60] or 'initiatief'}-{self.key}"

    @property
    def title_for_all(self) -> str:
        """The title as everyone reads it but its initiators and those who work on it: without contact details."""
        return without_contact_details(self.title)

    @property
    def is_open(self) -> bool:
        return self.step in OPEN_STEPS and self.joined_into_id is None

    @property
    def place(self) -> str:
        """Return the place in words, most precise first; a village that gave its municipality its name only once."""
        known = dict.fromkeys(str(place) for place in (self.neighbourhood, self.municipality) if place)
        return ", ".join(known) or self.place_words or str(_("Plek nog niet bekend"))

    def move_to(self, target: Step, *, at: "datetime") -> None:
        """
        Set the next step; the caller saves.

        :raises IllegalMove: if that step cannot follow
        """
        if self.joined_into_id is not None:
            raise IllegalMove(_("Dit initiatief is samengevoegd. Werk verder in het andere initiatief."))
        if target not in MOVES[Step(self.step)]:
            raise IllegalMove(
                _("Dit kan nu niet: het initiatief staat op ‘%(step)s’.") % {"step": self.get_step_display()}
            )
        self.step, self.step_since = target, at


class PlanVersion(Plan):
    """The plan as it was after one edit; the newest equals the initiative's own plan. Never altered."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="plan_versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "number"], name="initiatives_plan_version_once")
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.title} · versie {self.number}"


class Interest(models.Model):
    """Someone who steps aside from an initiative because they are involved in it (R5)."""

    class Relation(models.TextChoices):
        OWN = "own", _("Het is van mijzelf")
        FAMILY = "family", _("Familie of vrienden")
        ORGANISATION = "organisation", _("Mijn vereniging of werk")
        OTHER = "other", _("Anders")

    user = models.ForeignKey(User, models.PROTECT, related_name="interests")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="interests")
    relation = models.CharField(max_length=15, choices=Relation)
    explanation = models.CharField(max_length=250, blank=True)
    declared_at = models.DateTimeField()
    personal: ClassVar = {
        "explanation": sensitive(Kept.IDEA),
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "initiative"], name="initiatives_interest_declared_once")
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.user} · {self.initiative}"
