"""Where things happen: one region, its sub-regions, municipalities and neighbourhoods, all from its files."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from socialewifi.core.personal import nothing
from socialewifi.core.translated import in_the_language_of_now


class Region(models.Model):
    """The region this platform serves, and its one front desk (000 §2.4)."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    desk_name = models.CharField(max_length=100)
    desk_phone = models.CharField(max_length=40)
    desk_email = models.EmailField()
    desk_hours = models.CharField(max_length=200)
    # The same in other languages: {"de": "montags von 9 bis 17 Uhr"}.
    desk_hours_also = models.JSONField(default=dict, blank=True)
    programme_name = models.CharField(max_length=100)
    personal: ClassVar = {
        **nothing("code", "name", "desk_name", "desk_hours", "desk_hours_also", "programme_name"),
        **nothing("desk_phone", "desk_email"),
    }

    def __str__(self) -> str:
        return self.name

    @property
    def hours(self) -> str:
        """When the desk can be reached, in the language in which it is read."""
        return in_the_language_of_now(self.desk_hours_also, self.desk_hours)


class SubRegion(models.Model):
    """A part of the region with its own guides and coordinator (000 §2.5)."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(default=0)
    personal: ClassVar = nothing("code", "name")

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality, with its code of Statistics Netherlands and its tile on the schematic map."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=100)
    slug = models.SlugField()
    # For its tile on the map; a soft hyphen says where it may be broken.
    short_name = models.CharField(max_length=40, blank=True)
    subregion = models.ForeignKey(SubRegion, models.PROTECT, related_name="municipalities")
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    # No two share a tile; the region's files are checked on it, so that places can swap or merge.
    tile_row = models.PositiveSmallIntegerField()
    tile_column = models.PositiveSmallIntegerField()
    # Where a resident can walk in and talk to someone.
    desk_place = models.CharField(max_length=250, blank=True)
    desk_place_also = models.JSONField(default=dict, blank=True)
    desk_hours = models.CharField(max_length=200, blank=True)
    desk_hours_also = models.JSONField(default=dict, blank=True)
    retired_at = models.DateTimeField(null=True)
    personal: ClassVar = {
        **nothing("code", "name", "slug", "short_name"),
        **nothing("desk_place", "desk_place_also", "desk_hours", "desk_hours_also"),
    }

    class Meta:
        constraints: ClassVar = [
            # Asked at the end of a load: two municipalities can take over each other's name.
            models.UniqueConstraint(
                fields=["name"], name="places_municipality_name_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["slug"], name="places_municipality_slug_once", deferrable=models.Deferrable.DEFERRED
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """Where its desk is, in the language in which it is read."""
        return in_the_language_of_now(self.desk_place_also, self.desk_place)

    @property
    def hours(self) -> str:
        return in_the_language_of_now(self.desk_hours_also, self.desk_hours)


class Neighbourhood(models.Model):
    """The smallest place: a neighbourhood, village or hamlet."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="neighbourhoods")
    name = models.CharField(max_length=100)
    slug = models.SlugField()
    retired_at = models.DateTimeField(null=True)
    personal: ClassVar = nothing("name", "slug")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="places_neighbourhood_once_per_municipality")
        ]
        indexes: ClassVar = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="places_neighbourhood_name"),
        ]

    def __str__(self) -> str:
        return self.name
