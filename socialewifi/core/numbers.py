"""The numbers that people agree on: in which unit the platform reads each, and between which bounds it works."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    The files of a region, the page on which it is changed and its row in the database all take it from here.
    """

    unit: Unit
    least: int = 1
    most: int = 100_000


# What is agreed beside those of the rooms is for people to read.
ANY_NUMBER = Number(Unit.COUNT)
NUMBERS: dict[str, Number] = {}


def register(numbers: Mapping[str, Number]) -> None:
    """Make the numbers known that a room works with, and every region must name; called once, by ``site.rooms``."""
    NUMBERS.update(numbers)


def number_of(code: str) -> Number:
    """Return between which bounds the number of this agreement is."""
    return NUMBERS.get(code, ANY_NUMBER)
