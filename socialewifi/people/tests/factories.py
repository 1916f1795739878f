"""Invented people, the organisations they work for and the roles they have."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from socialewifi.core import clock
from socialewifi.people.models import AccessKey, Organisation, ReadingMode, Role, User
from socialewifi.places.tests.factories import MunicipalityFactory, NeighbourhoodFactory, SubRegionFactory

# A Wednesday morning in the year of the tests; actions get their moment as ``at``.
NOON = datetime(2026, 6, 10, 10, 0, tzinfo=UTC)

PLACE_OF_KIND = {
    Role.Kind.GUIDE: ("subregion", SubRegionFactory),
    Role.Kind.COORDINATOR: ("subregion", SubRegionFactory),
    Role.Kind.AMBASSADOR: ("municipality", MunicipalityFactory),
    Role.Kind.SCHEME_OFFICER: ("municipality", MunicipalityFactory),
    Role.Kind.NEIGHBOURHOOD_TEAM: ("neighbourhood", NeighbourhoodFactory),
}


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"organisatie-{n}")
    name = factory.Sequence(lambda n: f"Organisatie {n}")
    kind = Organisation.Kind.SOCIAL_WORK


class UserFactory(DjangoModelFactory):
    """
    A resident with an e-mail address and no password.

    ``UserFactory(roles=["guide"], roles__subregion=x)`` gives roles that hold today; without a place, in a new one.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        # Someone who can be reached by phone or letter only (R10).
        offline = factory.Trait(email=None, phone="06 00 00 00 00")

    name = factory.Sequence(lambda n: f"Inwoner Voorbeeld{n}")
    email = factory.Sequence(lambda n: f"inwoner{n}@voorbeeld.test")
    password = "!"

    @factory.post_generation
    def roles(self, create, kinds, **place):
        for kind in kinds or []:
            RoleFactory(user=self, kind=kind, **place)


class RoleFactory(DjangoModelFactory):
    """A role that holds today. Its place is made when its kind needs one and none is given."""

    class Meta:
        model = Role

    class Params:
        expired = factory.Trait(ends_on=date(2020, 12, 31))
        future = factory.Trait(starts_on=date(2999, 1, 1))
        # Given by one, not yet confirmed by another.
        waiting = factory.Trait(confirmed_at=None)

    user = factory.SubFactory(UserFactory)
    kind = Role.Kind.GUIDE
    starts_on = date(2020, 1, 1)
    given_at = factory.LazyAttribute(lambda role: timezone.make_aware(datetime.combine(role.starts_on, time())))
    confirmed_at = factory.SelfAttribute("given_at")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        place, make = PLACE_OF_KIND.get(fields["kind"], ("", None))
        if place and not fields.get(place):
            fields[place] = make()
        return super()._create(model_class, *args, **fields)


class AccessKeyFactory(DjangoModelFactory):
    class Meta:
        model = AccessKey

    class Params:
        expired = factory.Trait(expires_at=NOON - timedelta(days=1))
        revoked = factory.Trait(revoked_at=NOON)

    user = factory.SubFactory(UserFactory, offline=True)
    kind = AccessKey.Kind.LINK
    digest = factory.Sequence(lambda n: f"{n:064}")
    created_at = NOON - timedelta(days=7)
    expires_at = datetime(2999, 1, 1, tzinfo=UTC)


class ReadingModeFactory(DjangoModelFactory):
    """A reading mode that is on today."""

    class Meta:
        model = ReadingMode

    user = factory.SubFactory(UserFactory, roles=[Role.Kind.ADMINISTRATOR])
    reason = "Een vraag van de inwoner zelf."
    starts_at = factory.LazyFunction(clock.now)
    ends_at = factory.LazyAttribute(lambda one: one.starts_at + timedelta(hours=1))
