"""What every room stands on: the timeline, deeds done once, mail and letters, notices for the daily digest."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from socialewifi.core.append_only import append_only
from socialewifi.core.personal import Erasing, Kept, names, nothing, reaches, said, sensitive

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser

# What stands in a message that is on its way where a link or a code was.
WIPED = "····"
# Of the words of a message, nothing changes but that its secrets are wiped, all at once.
_ONLY_SECRETS_ARE_WIPED = f"""
            IF (NEW.subject, NEW.body, NEW.secrets) IS DISTINCT FROM (OLD.subject, OLD.body, OLD.secrets) THEN
                wiped := OLD;
                FOREACH secret IN ARRAY OLD.secrets LOOP
                    wiped.subject := replace(wiped.subject, secret, '{WIPED}');
                    wiped.body := replace(wiped.body, secret, '{WIPED}');
                END LOOP;
                wiped.secrets := '{{}}';
                IF (NEW.subject, NEW.body, NEW.secrets) IS DISTINCT FROM (wiped.subject, wiped.body, wiped.secrets) THEN
                    RAISE EXCEPTION 'Cannot update %: its words stay, but for a secret that is wiped', TG_TABLE_NAME;
                END IF;
            END IF;"""


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> "EventQuerySet":
        """Keep the events of one initiative, account or setting."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)


class Event(models.Model):
    """
    Something someone did; never changed and never removed (R6).

    ``details`` are names, what people said, ISO days and codes; ``core.events`` makes sentences of them.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    personal: ClassVar = {
        **nothing("kind", "subject_type"),
        "on_behalf_of": names(Kept.IDEA),
        "details": said(Kept.IDEA),
    }

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_type", "subject_id", "at", "id"], name="core_event_timeline"),
            models.Index(fields=["by", "at"], name="core_event_by_actor"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.kind} @ {self.at:%Y-%m-%d %H:%M}"


class SentForm(models.Model):
    """The token of a form that was carried out: the same form sent again does nothing twice (R7)."""

    # A page with a form does not lie open that long; what is older is cleared away (core.idempotency).
    DAYS_KEPT = 90

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    # A digest of what it said, by which something else with the same token is known.
    content = models.CharField(max_length=64, blank=True)
    personal: ClassVar = nothing("content")

    class Meta:
        triggers: ClassVar = append_only(unless="OLD.at < now() - interval '90 days'")

    def __str__(self) -> str:
        return str(self.token)


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> "MessageQuerySet":
        """Keep what still has to go out."""
        return self.filter(sent_at=None, withdrawn_at=None)

    def undeliverable(self) -> "MessageQuerySet":
        """Keep the mails that cannot arrive, until someone has them sent again."""
        return self.waiting().exclude(undeliverable_at=None)

    def letters(self) -> "MessageQuerySet":
        return self.filter(channel=Message.Channel.LETTER)

    def mails(self) -> "MessageQuerySet":
        return self.filter(channel=Message.Channel.EMAIL)

    def to_take_back(self) -> "MessageQuerySet":
        """Keep what waits, each row held; what a worker holds at this moment is on its way already."""
        return self.waiting().select_for_update(of=("self",), skip_locked=True).order_by("pk")


class Message(models.Model):
    """A mail or a letter, kept word for word. A worker sends a mail; a person prints and posts a letter."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        LETTER = "letter", _("Brief")

    channel = models.CharField(max_length=10, choices=Channel)
    kind = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages")
    to_name = models.CharField(max_length=200)
    to_email = models.EmailField(blank=True)
    to_address = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="nl")
    subject = models.CharField(max_length=250)
    body = models.TextField()
    # The links and codes in the words that open something: wiped here and there once the message is on its way.
    secrets = ArrayField(models.TextField(), default=list)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    # Set before the mail server is called: a message with attempts but no sent_at may have been delivered.
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # A mail that cannot arrive, and the answer of the mail server; until someone has it sent again.
    undeliverable_at = models.DateTimeField(null=True)
    undeliverable_because = models.CharField(max_length=20, blank=True, default="")
    # When someone had it sent again: it is tried anew from then on.
    again_at = models.DateTimeField(null=True)
    # What waited, and no longer goes out: its reader moved, left or said no, or what it asks is over.
    withdrawn_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        **nothing("kind", "language", "subject_type", "undeliverable_because"),
        "to_name": names(Kept.IDEA),
        "to_email": reaches(Kept.IDEA),
        "to_address": reaches(Kept.IDEA),
        "subject": said(Kept.IDEA),
        "body": said(Kept.IDEA),
        # Wiped as soon as it is on its way.
        "secrets": sensitive(Kept.KEY),
    }

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "created_at"],
                condition=Q(sent_at=None, withdrawn_at=None),
                name="core_message_waiting",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="core_message_subject"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="core_message_has_an_address",
                condition=Q(channel="letter") | Q(channel="email", to_email__gt=""),
            ),
            models.CheckConstraint(
                name="core_message_undeliverable_says_why",
                condition=Q(undeliverable_at=None, undeliverable_because="")
                | Q(channel="email", sent_at=None, undeliverable_at__isnull=False, undeliverable_because__gt=""),
            ),
            models.CheckConstraint(
                name="core_message_withdrawn_before_it_went_out",
                condition=Q(withdrawn_at=None) | Q(sent_at=None),
            ),
        ]
        triggers: ClassVar = append_only(
            once=["sent_at", "sent_by", "withdrawn_at"],
            free=[
                *("attempts", "undeliverable_at", "undeliverable_because", "again_at"),
                *("subject", "body", "secrets"),
            ],
            # What gave access is forgotten after a week (people.actions.upkeep).
            unless="OLD.kind LIKE 'people.%' AND OLD.sent_at < now() - interval '6 days'",
            besides=_ONLY_SECRETS_ARE_WIPED,
            declare=[("wiped", "core_message"), ("secret", "text")],
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.pk}"

    def note_sent(self, *, at: "datetime", by: "AbstractBaseUser | None" = None) -> None:
        """Keep when it went out, and of the words what opens nothing."""
        self.sent_at, self.sent_by = at, by  # type: ignore[assignment]
        self._save_at_its_end()

    def note_withdrawn(self, *, at: "datetime") -> None:
        """Keep that this never goes out, and of the words what opens nothing."""
        self.withdrawn_at = at
        self._save_at_its_end()

    def note_undeliverable(self, *, at: "datetime", because: str) -> None:
        """Keep that it cannot arrive, and what the mail server said: its code, and none of its words."""
        self.undeliverable_at, self.undeliverable_because = at, because
        self.save(update_fields=["undeliverable_at", "undeliverable_because"])

    def note_again(self, *, at: "datetime") -> None:
        """Let it be tried anew."""
        self.undeliverable_at, self.undeliverable_because, self.again_at = None, "", at
        self.save(update_fields=["undeliverable_at", "undeliverable_because", "again_at"])

    def wipe(self) -> None:
        """Leave in these words only what opens nothing; what is kept of it changes once it is saved."""
        self.subject, self.body = self.subject_to_tell, self._wiped(self.body)
        self.secrets = []

    @property
    def subject_to_tell(self) -> str:
        """What it is about, for a line that tells of it and opens nothing."""
        return self._wiped(self.subject)

    @property
    def body_to_tell(self) -> str:
        """Its words without the paragraphs that hold something that opens."""
        paragraphs = self.body.split("\n\n")
        return "\n\n".join(part for part in paragraphs if not any(secret in part for secret in self.secrets))

    def _wiped(self, words: str) -> str:
        for secret in self.secrets:
            words = words.replace(secret, WIPED)
        return words

    def _save_at_its_end(self) -> None:
        if not settings.KEEPS_SECRETS_OF_MESSAGES:
            self.wipe()
        self.save(update_fields=["sent_at", "sent_by", "withdrawn_at", "subject", "body", "secrets"])


class Text(models.Model):
    """The text of a mail or letter in one language; the region brings it, an administrator changes it."""

    code = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    # True once an administrator wrote it here: the region's file no longer overwrites it.
    is_edited = models.BooleanField(default=False)
    personal: ClassVar = nothing("code", "language", "subject", "body")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "language"], name="core_text_one_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"


class Notice(models.Model):
    """A line for someone's next daily digest (R12)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    words = models.TextField()
    path = models.CharField(max_length=250)
    created_at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="notices")
    personal: ClassVar = {
        **nothing("path"),
        "words": said(Kept.IDEA, Erasing.GONE),
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user"], condition=Q(message=None), name="core_notice_not_yet_told")]
        triggers: ClassVar = append_only(once=["message"])

    def __str__(self) -> str:
        return self.words


class Tally(models.Model):
    """How often something was tried until a moment (core.limits); the key is a fingerprint."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)
    personal: ClassVar = nothing("key")

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


class Heartbeat(models.Model):
    """When the worker was last alive, and the last day its daily round was done."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    personal: ClassVar = nothing("name")

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M}"


class PublicChange(models.Model):
    """How often something that everyone sees has changed (core.page_cache): one row, raised by triggers alone."""

    number = models.BigIntegerField()
    # The transaction that raised it last: a transaction raises it once, however many rows it alters.
    raised_by = models.TextField()
    personal: ClassVar = nothing("raised_by")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="core_one_public_change", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)


class Seal(models.Model):
    """Known words, encrypted under the key this database was made with (core.vault): there is one, or none yet."""

    sealed = models.TextField()
    personal: ClassVar = nothing("sealed")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="core_one_seal", condition=Q(pk=1))]

    def __str__(self) -> str:
        return "seal"
