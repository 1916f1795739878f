"""Agreements to test with, and the numbers of the road with their defaults."""

import factory
from factory.django import DjangoModelFactory

from socialewifi.core.numbers import number_of
from socialewifi.governance.models import Agreement, Status

NUMBERS = {
    "contact-term": (3, Agreement.Unit.WORKDAYS),
    "exploration-term": (10, Agreement.Unit.WORKDAYS),
    "assessment-term": (15, Agreement.Unit.WORKDAYS),
    "panel-quorum": (3, Agreement.Unit.COUNT),
    "panel-term": (7, Agreement.Unit.DAYS),
    "ambassador-term": (5, Agreement.Unit.WORKDAYS),
    "check-in-interval": (3, Agreement.Unit.MONTHS),
    "link-validity": (14, Agreement.Unit.DAYS),
    "letter-code-validity": (90, Agreement.Unit.DAYS),
    "join-term": (10, Agreement.Unit.WORKDAYS),
    "draft-retention": (30, Agreement.Unit.DAYS),
}


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement
        django_get_or_create = ("code",)

    class Params:
        fixed = factory.Trait(status=Status.FIXED)
        text_only = factory.Trait(unit=Agreement.Unit.NONE, value=None)

    code = factory.Sequence(lambda n: f"afspraak-{n}")
    name = factory.Sequence(lambda n: f"Afspraak {n}")
    value = 3
    unit = Agreement.Unit.WORKDAYS
    least = factory.LazyAttribute(lambda one: number_of(one.code).least)
    most = factory.LazyAttribute(lambda one: number_of(one.code).most)
    status = Status.OPEN
    owner = "Stuurgroep"
    source = "000 §2.12"


def agree_on_numbers() -> dict[str, Agreement]:
    """Make every number of the road that is not there yet, with its default and still open."""
    made = [
        AgreementFactory.build(code=code, name=code, value=value, unit=unit) for code, (value, unit) in NUMBERS.items()
    ]
    Agreement.objects.bulk_create(made, ignore_conflicts=True)
    return {one.code: one for one in Agreement.objects.filter(code__in=NUMBERS)}
