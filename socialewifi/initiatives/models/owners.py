"""The residents who own an initiative, whom they invite, and what they consent to (R4)."""

import re
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Right
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from socialewifi.core.addresses import address_or_none, is_normal_if_any
from socialewifi.core.append_only import append_only, ends_once, moments_are_now
from socialewifi.core.personal import Erasing, Kept, names, nothing, reaches, said
from socialewifi.core.public_changes import raises_public_version
from socialewifi.core.redaction import without_a_trace
from socialewifi.initiatives.models.consented import published_with_consent
from socialewifi.initiatives.models.initiative import Initiative
from socialewifi.people.models import User


class Reach(models.Model):
    """How someone can be reached; who has no e-mail has the same rights (R10)."""

    name = models.CharField(_("Naam"), max_length=200)
    email = models.EmailField(_("E-mailadres"), blank=True)
    phone = models.CharField(_("Telefoonnummer"), max_length=40, blank=True)
    address = models.TextField(_("Adres"), blank=True)
    preferred_channel = models.CharField(max_length=10, choices=User.Channel)
    preferred_times = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="nl")
    personal: ClassVar = {
        **nothing("language"),
        "name": names(Kept.IDEA),
        "email": reaches(Kept.IDEA),
        "phone": reaches(Kept.IDEA),
        "address": reaches(Kept.IDEA),
        "preferred_times": said(Kept.IDEA, Erasing.EMPTIED),
    }

    class Meta:
        abstract = True


# What makes a telephone number the same, however it is written: its last nine digits.
TELLING_DIGITS = 9
PHONE_DIGITS = Right(Func(F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"), TELLING_DIGITS)


REACH_FIELDS = tuple(field.name for field in Reach._meta.local_fields)


class InitiatorQuerySet(models.QuerySet["Initiator"]):
    def reached_by(self, words: str) -> "InitiatorQuerySet":
        """Keep who has this telephone number or e-mail address, as whole as someone at work reads it from a screen."""
        digits = re.sub(r"\D", "", words)
        if "@" in words:
            return self.filter(email=address_or_none(words) or "-")
        if len(digits) < TELLING_DIGITS:
            return self.none()
        return self.alias(digits=PHONE_DIGITS).filter(digits=digits[-TELLING_DIGITS:])

    def current(self) -> "InitiatorQuerySet":
        return self.filter(left_at=None)

    def of(self, user: User) -> "InitiatorQuerySet":
        """Keep what this person owns now, under whichever of their identities."""
        return self.current().filter(user__in=user.identities)

    def unrecognised(self, account: User) -> "InitiatorQuerySet":
        """Keep what this account hears of at its address, and did not say is theirs."""
        if not account.is_account:
            return self.none()
        return self.current().filter(email=account.email, user__email=None).exclude(user__in=account.identities)


class Initiator(Reach):
    """A resident who owns an initiative, for as long as they want."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="initiators")
    user = models.ForeignKey(User, models.PROTECT, related_name="initiator_of")
    joined_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)
    # When the owner of their mailbox said that it is not theirs: someone finds out how to reach them.
    disowned_at = models.DateTimeField(null=True)

    objects = InitiatorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "user"], condition=Q(left_at=None), name="initiatives_initiator_once"
            ),
            models.CheckConstraint(
                name="initiatives_initiator_can_be_reached",
                condition=~Q(email="") | ~Q(phone="") | Q(disowned_at__isnull=False),
            ),
            # The owner of a mailbox is one initiator: they are asked whether an idea is theirs by that address (R14).
            models.UniqueConstraint(
                fields=["initiative", "email"],
                condition=Q(left_at=None) & ~Q(email=""),
                name="initiatives_initiator_address_once",
            ),
            models.CheckConstraint(
                name="initiatives_initiator_address_in_one_form", condition=is_normal_if_any("email")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "left_at"], name="initiatives_initiator_of"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="initiatives_initiator_name"),
            models.Index(PHONE_DIGITS, name="initiatives_initiator_phone"),
            models.Index(fields=["email"], name="initiatives_initiator_email"),
        ]
        triggers: ClassVar = [
            published_with_consent("NEW.initiative_id", pgtrigger.Insert | pgtrigger.Update),
            *append_only(once=["left_at"], free=[*REACH_FIELDS, "disowned_at"]),
        ]

    def __str__(self) -> str:
        return self.name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, at: datetime) -> "InvitationQuerySet":
        """Keep what can still be answered."""
        return self.filter(accepted_at=None, refused_at=None, revoked_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """Someone asked to be a co-initiator; they decide themselves."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="invitations")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        **nothing("digest"),
        "name": names(Kept.IDEA),
        "email": reaches(Kept.IDEA),
        "phone": reaches(Kept.IDEA),
    }

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="initiatives_invitation_can_arrive", condition=~Q(email="") | ~Q(phone="")),
            models.CheckConstraint(
                name="initiatives_invitation_address_in_one_form", condition=is_normal_if_any("email")
            ),
            models.CheckConstraint(
                name="initiatives_invitation_ends_once",
                condition=ends_once("accepted_at", "refused_at", "revoked_at"),
            ),
        ]
        triggers: ClassVar = append_only(once=["accepted_at", "refused_at", "revoked_at"])

    def __str__(self) -> str:
        return self.name


class EffectStory(models.Model):
    """A short account of what it brought: the only accountability there is (000 §3)."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="stories")
    title = models.CharField(max_length=120)
    body = models.TextField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Who wrote it down for the initiators, when someone did.
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told_through = models.CharField(max_length=10, choices=User.Channel, default=User.Channel.EMAIL)
    published_at = models.DateTimeField(null=True)
    # Set when the initiators took the whole story back; it is then nobody's to show.
    taken_back_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        "title": said(Kept.IDEA),
        "body": said(Kept.IDEA),
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="initiatives_story_hidden_once_taken_back", condition=Q(taken_back_at=None) | Q(published_at=None)
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False),
                name="initiatives_story_published",
            )
        ]
        triggers: ClassVar = [
            published_with_consent(
                "NEW.initiative_id",
                pgtrigger.Insert | pgtrigger.Update,
                pgtrigger.Q(new__published_at__isnull=False),
            ),
            *append_only(once=["taken_back_at"], free=["published_at"]),
            raises_public_version(),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        # Once shown, an address lives on elsewhere, also after the story is taken back.
        return slugify(without_a_trace(self.title))[:60] or "verhaal"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """An initiator's recorded yes to showing something, which they can take back at any moment (R4)."""

    class Subject(models.TextChoices):
        PAGE = "page", _("de pagina")
        PHOTO = "photo", _("een foto")
        STORY = "story", _("het verhaal")

    initiator = models.ForeignKey(Initiator, models.CASCADE, related_name="consents")
    subject = models.CharField(max_length=10, choices=Subject)
    story = models.ForeignKey(EffectStory, models.CASCADE, null=True, related_name="consents")
    given_at = models.DateTimeField()
    given_through = models.CharField(max_length=10, choices=User.Channel)
    # Who wrote it down, when the initiator said it on the phone or on paper.
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="initiatives_consent_names_its_story",
                condition=Q(subject="story", story__isnull=False) | (~Q(subject="story") & Q(story=None)),
            ),
            models.UniqueConstraint(
                fields=["initiator", "subject", "story"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="initiatives_consent_in_force_once",
            ),
        ]
        triggers: ClassVar = [
            published_with_consent(
                "(SELECT initiative_id FROM initiatives_initiator WHERE id = OLD.initiator_id)",
                pgtrigger.Update | pgtrigger.Delete,
            ),
            *append_only(once=["withdrawn_at"]),
            moments_are_now("given_at", "withdrawn_at"),
        ]

    def __str__(self) -> str:
        return f"{self.initiator} · {self.get_subject_display()}"
