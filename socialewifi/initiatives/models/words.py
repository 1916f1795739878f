"""The words a region chooses itself: kinds of initiative, channels, themes, target groups, kinds of support."""

from typing import ClassVar

from django.db import models

from socialewifi.core.personal import nothing
from socialewifi.core.translated import in_the_language_of_now


class RegionWord(models.Model):
    """One choice in a list that the region's files bring. What is no longer used is retired, never removed."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    # The name in other languages, for residents: {"de": "Grün und Natur"}.
    also = models.JSONField(default=dict, blank=True)
    explanation = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    personal: ClassVar = nothing("code", "name", "also", "explanation")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language in which it is read, and not in which it is asked; Dutch where there is no other."""
        return in_the_language_of_now(self.also, self.name)


class Kind(RegionWord):
    """Kind of initiative: the four the plan names (000 §2, §2.3)."""


# The way in of what someone tells on the pages themselves: every region has it.
WEBSITE = "website"


class Channel(RegionWord):
    """How an initiative came in (000 §2.10 step 1)."""


class Theme(RegionWord):
    """What it is about; an axis of every report."""

    # Which of the four soft colours its tag has: leaf, sun, sky or rose.
    colour = models.CharField(max_length=10, default="sky")
    personal: ClassVar = nothing("colour")


class TargetGroup(RegionWord):
    """Who it is for."""


class SupportKind(RegionWord):
    """What help can be."""
