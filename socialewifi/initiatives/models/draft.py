"""An idea while it is being told."""

from typing import ClassVar

from django.db import models
from django.utils.crypto import salted_hmac

from socialewifi.core import clock
from socialewifi.core.personal import Erasing, Kept, nothing, sensitive
from socialewifi.initiatives.models.initiative import Initiative


class Draft(models.Model):
    """An idea being told: kept while someone fills in the questions, without an account. Its token is its only key."""

    token = models.UUIDField(primary_key=True, editable=False)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="nl")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    initiative = models.OneToOneField(Initiative, models.CASCADE, null=True, related_name="draft")
    personal: ClassVar = {
        **nothing("language"),
        "answers": sensitive(Kept.DRAFT, Erasing.GONE),
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["updated_at"], name="initiatives_draft_by_age")]

    def __str__(self) -> str:
        return str(self.token)

    @property
    def fingerprint(self) -> str:
        """Name what was answered: who sends it, sends what they read."""
        return salted_hmac("draft", repr(sorted(self.answers.items()))).hexdigest()
