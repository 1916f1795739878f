"""A row as someone reads it who may not know how its initiators are reached: the panel, the municipality, everyone."""

import copy
from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar, cast

from django.db import models

from socialewifi.core.redaction import without_contact_details
from socialewifi.people.models import User

Row = TypeVar("Row", bound=models.Model)

# Who works here and where: known to everyone, with their numbers.
KNOWN_TO_ALL = {"people", "places", "governance"}
# What is only asked to reach someone, and where something is, as someone typed it: often their own street.
NEVER_SHOWN = {"email", "phone", "address", "preferred_times", "place_words"}


class OnlyToRead(TypeError):
    """Raised when a row as outsiders read it would be kept: that would lose what was written."""


def as_outsiders_read(row: Row) -> Row:
    """
    Return a copy of this row whose words have no contact details, only to look at.

    So have the rows and lists that were fetched with it; what is fetched through it later has not.
    """
    return _Copying().row(row)


def all_as_outsiders_read(rows: Iterable[Row]) -> list[Row]:
    return [as_outsiders_read(row) for row in rows]


class _Copying:
    """Copies a row and what hangs on it, each once: a question knows its weighing, and the weighing its question."""

    def __init__(self) -> None:
        self.copies: dict[int, models.Model] = {}

    def row(self, row: Row) -> Row:
        if id(row) not in self.copies:
            self.copies[id(row)] = shown = copy.copy(row)
            self._clear(row, shown)
        return cast("Row", self.copies[id(row)])

    def _clear(self, row: models.Model, shown: models.Model) -> None:
        unread = row.get_deferred_fields()
        for field in _words_of(row):
            # What was not fetched would come as it was typed.
            is_shown = field not in NEVER_SHOWN and field not in unread
            shown.__dict__[field] = without_contact_details(getattr(row, field) or "") if is_shown else ""
        columns = {field.attname for field in row._meta.concrete_fields}
        for name, value in row.__dict__.items():
            if not name.startswith("_") and name not in columns:
                shown.__dict__[name] = self._anything(value)
        shown._state.fields_cache = {name: self._anything(one) for name, one in row._state.fields_cache.items()}
        fetched = row.__dict__.get("_prefetched_objects_cache", {})
        shown.__dict__["_prefetched_objects_cache"] = {name: self._rows(found) for name, found in fetched.items()}
        shown.__dict__["save"] = _refuse

    def _anything(self, value: Any) -> Any:
        """Clear what came with a row: a name that was looked up, a list of them, another row."""
        if isinstance(value, str):
            return without_contact_details(value)
        if isinstance(value, dict):
            return {key: one if key == "key" else self._anything(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._anything(one) for one in value]
        if isinstance(value, User):
            # Who works here is known to everyone, with a number; a resident is an account too, called what they typed.
            shown = copy.copy(value)
            shown.name = without_contact_details(value.name)
            return shown
        if isinstance(value, models.Model) and value._meta.app_label not in KNOWN_TO_ALL:
            return self.row(value)
        return value

    def _rows(self, found: Any) -> Any:
        shown = found.all()
        shown._result_cache, shown._prefetch_done = [self._anything(one) for one in found], True
        return shown


def _words_of(row: models.Model) -> list[str]:
    """Return the names of the fields that hold words someone typed."""
    return [
        field.attname
        for field in row._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or isinstance(field, models.SlugField))
    ]


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise OnlyToRead("a row as outsiders read it is never kept")
