"""An invented region: nothing of the real one is needed to test the platform."""

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from socialewifi.places.models import Municipality, Neighbourhood, Region, SubRegion


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "meerland"
    name = "Meerland"
    desk_name = "Loket Vrijwillige Energie"
    desk_phone = "088 000 00 00"
    desk_email = "loket@meerland.test"
    desk_hours = "maandag tot en met vrijdag van 9 tot 17 uur"
    programme_name = "Vrijwillige Energie"


class SubRegionFactory(DjangoModelFactory):
    class Meta:
        model = SubRegion

    code = factory.Sequence(lambda n: f"streek-{n}")
    name = factory.Sequence(lambda n: f"Streek {n}")
    position = factory.Sequence(lambda n: n)


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda n: f"GM{n:04}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    slug = factory.Sequence(lambda n: f"gemeente-{n}")
    subregion = factory.SubFactory(SubRegionFactory)
    latitude = Decimal("52.00000")
    longitude = Decimal("5.00000")
    tile_row = factory.Sequence(lambda n: n // 100)
    tile_column = factory.Sequence(lambda n: n % 100)


class NeighbourhoodFactory(DjangoModelFactory):
    class Meta:
        model = Neighbourhood

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Buurt {n}")
    slug = factory.Sequence(lambda n: f"buurt-{n}")
