"""What opens a resident's idea, and what lets an administrator read for a while."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from socialewifi.core.addresses import is_normal_if_any, masked
from socialewifi.core.append_only import append_only, only_sooner
from socialewifi.core.personal import Erasing, Kept, nothing, reaches, said
from socialewifi.people.models.guards import key_opens_one_idea
from socialewifi.people.models.people import User


class AccessKeyQuerySet(models.QuerySet["AccessKey"]):
    def usable(self, at: datetime) -> "AccessKeyQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=at)


class AccessKey(models.Model):
    """
    What opens a resident's pages without an account: the link in a mail, or the short code on a letter.

    Only a hash is kept. It can be revoked, it expires, and each use stands in the timeline.
    """

    class Kind(models.TextChoices):
        LINK = "link", _("Link in een e-mail")
        LETTER = "letter", _("Code op een brief")

    # No 0, O, 1, I or L: the code is read aloud and copied by hand. 12 signs of 31 are 59 bits.
    ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    # So long we can still say that it worked once (people.actions.upkeep).
    DAYS_KEPT = 365

    user = models.ForeignKey(User, models.CASCADE, related_name="access_keys")
    kind = models.CharField(max_length=10, choices=Kind)
    digest = models.CharField(max_length=64, unique=True)
    # The address a link was mailed to; it opens nothing for whoever took over another one.
    sent_to = models.EmailField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        **nothing("digest"),
        "sent_to": reaches(Kept.KEY, Erasing.GONE),
    }

    objects = AccessKeyQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_accesskey_address_in_one_form", condition=is_normal_if_any("sent_to")),
        ]
        triggers: ClassVar = [
            key_opens_one_idea,
            *append_only(
                once=["revoked_at"],
                free=["last_used_at", "expires_at"],
                besides=only_sooner("expires_at"),
                unless="OLD.expires_at < now() - interval '365 days'",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.user}"

    @property
    def shown_address(self) -> str:
        """Where the link went, for its owner to recognise; empty for a letter."""
        return masked(self.sent_to)

    def is_usable(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at

    @classmethod
    def new_code(cls) -> str:
        """Make a short code for a letter, in groups of four."""
        signs = "".join(secrets.choice(cls.ALPHABET) for _n in range(12))
        return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


class ReadingModeQuerySet(models.QuerySet["ReadingMode"]):
    def running(self, at: datetime) -> "ReadingModeQuerySet":
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class ReadingMode(models.Model):
    """An administrator reading initiatives for a while, for a stated reason, in the log (docs/access.md)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="reading_modes")
    reason = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    personal: ClassVar = {
        "reason": said(Kept.LOG),
    }

    objects = ReadingModeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_reading_mode_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="people_reading_mode_ends",
                condition=Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + timedelta(hours=1)),
            ),
        ]
        triggers: ClassVar = append_only(free=["ends_at"], besides=only_sooner("ends_at"))

    def __str__(self) -> str:
        return f"{self.user} · {self.starts_at:%Y-%m-%d %H:%M}"
