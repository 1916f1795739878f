"""What the parties agreed, what only gives direction, and what is still open (000 §2.12)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.core.append_only import append_only
from socialewifi.core.numbers import ANY_NUMBER, Number, Unit
from socialewifi.core.personal import Kept, nothing, said
from socialewifi.people.models import User

if TYPE_CHECKING:
    from datetime import date


class Status(models.TextChoices):
    FIXED = "fixed", _("Vast")
    DIRECTIONAL = "directional", _("Richtinggevend")
    OPEN = "open", _("Nog open")


@dataclass(frozen=True)
class Agreed:
    """What someone can decide about an agreement: its number, how fixed it is, who decides and before when."""

    value: int | None
    status: str
    owner: str
    decide_by: "date | None"


class Agreement(models.Model):
    """
    A term, quorum or other number that the platform works with; or, without a number, something still to be decided.

    Whatever is not fixed shows as provisional ("voorlopig") wherever it acts.
    """

    Unit = Unit

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    explanation = models.TextField(blank=True)
    value = models.PositiveIntegerField(null=True)
    unit = models.CharField(max_length=10, choices=Unit)
    # Between which bounds the platform works with it, as its room says when the region's files are loaded.
    least = models.PositiveIntegerField(default=ANY_NUMBER.least)
    most = models.PositiveIntegerField(default=ANY_NUMBER.most)
    status = models.CharField(max_length=12, choices=Status)
    owner = models.CharField(max_length=150)
    decide_by = models.DateField(null=True)
    source = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)
    # Set once it was changed here: the region's file no longer overwrites it.
    changed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    personal: ClassVar = nothing("code", "name", "explanation", "owner", "source")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="governance_agreement_number_has_a_value",
                condition=Q(unit="none", value=None) | (~Q(unit="none") & Q(value__isnull=False)),
            ),
            models.CheckConstraint(
                name="governance_agreement_number_within_bounds",
                condition=Q(value=None) | Q(value__gte=F("least"), value__lte=F("most")),
            ),
            models.CheckConstraint(
                name="governance_one_resident_is_no_panel", condition=~Q(code="panel-quorum") | Q(least__gte=2)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def value_in_words(self) -> str:
        """The number with its unit; nothing for what is agreed in words."""
        if self.value is None:
            return ""
        return str(self.value) if self.unit == self.Unit.COUNT else f"{self.value} {self.get_unit_display()}"

    @property
    def number(self) -> Number:
        """Between which bounds its number is."""
        return Number(Unit(self.unit), self.least, self.most)

    @property
    def is_provisional(self) -> bool:
        return self.status != Status.FIXED

    @property
    def agreed(self) -> Agreed:
        return Agreed(self.value, self.status, self.owner, self.decide_by)


class AgreementChange(models.Model):
    """One change of an agreement: what it was, what it became, who decided and why. Never altered."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    old_value = models.PositiveIntegerField(null=True)
    new_value = models.PositiveIntegerField(null=True)
    old_status = models.CharField(max_length=12, choices=Status)
    new_status = models.CharField(max_length=12, choices=Status)
    old_owner = models.CharField(max_length=150, default="")
    new_owner = models.CharField(max_length=150, default="")
    old_decide_by = models.DateField(null=True)
    new_decide_by = models.DateField(null=True)
    reason = models.TextField()
    personal: ClassVar = {
        **nothing("old_owner", "new_owner"),
        "reason": said(Kept.ALWAYS),
    }

    class Meta:
        triggers: ClassVar = append_only()
        constraints: ClassVar = [models.CheckConstraint(name="governance_change_has_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.at:%Y-%m-%d}"
