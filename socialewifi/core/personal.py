"""
What each field says about a person: declared with the field, so that nobody adds one without thinking of it.

A model names its fields of text in ``personal``; what it does not add itself it has from the models it extends. The
list of them all is docs/persoonsgegevens.md. Nothing is erased yet by what stands here: it says what will be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

OF_TEXT = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField, ArrayField)


class Kind(StrEnum):
    """What is said about whom."""

    NOTHING = "zegt niets over iemand"
    NAMES = "noemt iemand"
    REACHES = "hoe iemand te bereiken is"
    SAID = "wat iemand zei"
    SENSITIVE = "gevoelig"


class Kept(StrEnum):
    """For how long; where no term was agreed yet, as long as the thing itself."""

    ALWAYS = "zolang het platform het gebruikt"
    IDEA = "zolang het idee bewaard wordt"
    ACCOUNT = "zolang het account bestaat"
    LOG = "zolang het logboek bewaard wordt"
    DRAFT = "30 dagen na het laatste antwoord (draft-retention)"
    KEY = "tot een jaar nadat het niets meer opent"
    SESSION = "tot de sessie eindigt"
    JOB = "7 dagen nadat de taak gedaan is"


class Erasing(StrEnum):
    """What erasing someone does to it."""

    STAYS = "blijft"
    REPLACED = "wordt ‘iemand’"
    EMPTIED = "wordt leeg"
    SIEVED = "blijft, zonder namen, nummers en adressen"
    GONE = "de rij verdwijnt"


@dataclass(frozen=True)
class Personal:
    """What a field says about a person, how long it is kept, and what erasing that person does to it."""

    kind: Kind
    kept: Kept
    erasing: Erasing


NOTHING = Personal(Kind.NOTHING, Kept.ALWAYS, Erasing.STAYS)
Fields = Mapping[str, Personal]


def names(kept: Kept, erasing: Erasing = Erasing.REPLACED) -> Personal:
    return Personal(Kind.NAMES, kept, erasing)


def reaches(kept: Kept, erasing: Erasing = Erasing.EMPTIED) -> Personal:
    return Personal(Kind.REACHES, kept, erasing)


def said(kept: Kept, erasing: Erasing = Erasing.SIEVED) -> Personal:
    return Personal(Kind.SAID, kept, erasing)


def sensitive(kept: Kept, erasing: Erasing = Erasing.EMPTIED) -> Personal:
    return Personal(Kind.SENSITIVE, kept, erasing)


def nothing(*fields: str) -> Fields:
    """Declare that these fields say nothing about anyone."""
    return dict.fromkeys(fields, NOTHING)


def fields_of_text(model: type[models.Model]) -> list[str]:
    """Return the names of the fields in which words about someone could stand: not those with a fixed choice."""
    own = model._meta.local_concrete_fields
    return [field.name for field in own if isinstance(field, OF_TEXT) and not field.choices]


def declared(model: type[models.Model]) -> Fields:
    """Return what this model and those it extends say of their fields."""
    found: dict[str, Personal] = {}
    for one in reversed(model.__mro__):
        found |= vars(one).get("personal", {})
    return found


def all_declared(of_others: Mapping[str, Fields]) -> Iterator[tuple[str, str, Personal]]:
    """Yield the model, the field and what it says; ``of_others`` declares the models that packages bring."""
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.label):
        label = model._meta.label
        known = of_others.get(label, declared(model))
        yield from ((label, name, known[name]) for name in fields_of_text(model) if name in known)
