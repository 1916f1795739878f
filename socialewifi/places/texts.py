"""What every mail and letter may say of the region and its front desk."""

from collections.abc import Mapping

from socialewifi.core import texts
from socialewifi.places.queries import the_region

FIELDS = {
    "desk_name": "de naam van het loket",
    "desk_phone": "het telefoonnummer van het loket",
    "desk_email": "het e-mailadres van het loket",
    "desk_hours": "wanneer het loket te bereiken is",
    "programme_name": "de naam van het programma",
}


def of_the_desk() -> Mapping[str, object]:
    region = the_region()
    values = {field: getattr(region, field) if region else "" for field in FIELDS}
    return {**values, "desk_hours": region.hours if region else ""}


texts.provide(FIELDS, of_the_desk)
