"""The numbers every region must name: in which unit the platform reads each, and between which bounds it works."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

# One resident is no panel: whatever is agreed, an outcome takes the advice of at least this many (R2).
QUORUM, SMALLEST_QUORUM = "panel-quorum", 2


class Unit(models.TextChoices):
    WORKDAYS = "workdays", _("werkdagen")
    DAYS = "days", _("dagen")
    MONTHS = "months", _("maanden")
    COUNT = "count", _("aantal")
    NONE = "none", _("tekst")


@dataclass(frozen=True)
class Number:
    """
    A number the platform works with. Below ``least`` it promises nothing, above ``most`` it is a slip of the pen.

    The files of a region, the page on which it is changed and the table itself all take it from here.
    """

    unit: Unit
    least: int = 1
    most: int = 100_000


# What is agreed beside these is for people to read, or for a later room.
ANY_NUMBER = Number(Unit.COUNT)
NUMBERS = {
    "contact-term": Number(Unit.WORKDAYS, most=60),
    "exploration-term": Number(Unit.WORKDAYS, most=260),
    "assessment-term": Number(Unit.WORKDAYS, most=260),
    QUORUM: Number(Unit.COUNT, least=SMALLEST_QUORUM, most=50),
    "panel-term": Number(Unit.DAYS, most=90),
    "ambassador-term": Number(Unit.WORKDAYS, most=130),
    "check-in-interval": Number(Unit.MONTHS, most=36),
    "link-validity": Number(Unit.DAYS, most=365),
    "letter-code-validity": Number(Unit.DAYS, most=730),
    "join-term": Number(Unit.WORKDAYS, most=130),
    "draft-retention": Number(Unit.DAYS, most=365),
}


def number_of(code: str) -> Number:
    """Return between which bounds the number of this agreement is."""
    return NUMBERS.get(code, ANY_NUMBER)
