"""Reading the numbers the platform works with."""

from dataclasses import dataclass

from django.db.models import QuerySet

from socialewifi.core.written import written_once
from socialewifi.governance.models import Agreement


@dataclass(frozen=True)
class Number:
    """A number in force, and whether it is still provisional."""

    value: int
    is_provisional: bool


def number(code: str) -> Number:
    """
    Return the number of this agreement.

    :raises Agreement.DoesNotExist: if the region's files do not name it
    """
    agreement = next(iter(_agreements(code)), None)
    if agreement is None:
        raise Agreement.DoesNotExist(code)
    if agreement.value is None:
        raise Agreement.DoesNotExist(f"{code} has no number")
    return Number(agreement.value, agreement.is_provisional)


@written_once
def _agreements(code: str) -> QuerySet[Agreement]:
    return Agreement.objects.filter(code=code).only("value", "status")
