"""Reading the numbers the platform works with."""

from dataclasses import dataclass

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
    agreement = Agreement.objects.only("value", "status").get(code=code)
    if agreement.value is None:
        raise Agreement.DoesNotExist(f"{code} has no number")
    return Number(agreement.value, agreement.is_provisional)
