"""
What the database keeps as it is: rows that are never altered or removed, tables that are never emptied (ADR 6).

Every table of the platform either says so here, or stands in ``tests/house/test_append_only.py`` with the reason why
it may change. The rights of the role that web and worker use follow from the same words (``core.grants``).
"""

from collections.abc import Sequence
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Field, Model, Q

# Whether a moment can be one in which something is done now; made in a migration, see ``core.database``.
IS_NOW = "public.core_moment_is_now"


class NeverAltered(pgtrigger.Trigger):
    """
    Refuse to remove a row, and to change it but for what is named.

    What stands in ``once`` may be filled in, and then stays; what stands in ``free`` may change. ``unless`` is SQL
    that is true for a row that may be removed, ``besides`` SQL that judges a change of what is free.
    """

    name = "never_altered"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, *, once: Sequence[str], free: Sequence[str], unless: str, besides: str, declare: Any) -> None:
        self.once, self.free, self.unless, self.besides = tuple(once), tuple(free), unless, besides
        super().__init__(declare=declare)

    @property
    def is_removable(self) -> bool:
        return bool(self.unless)

    def columns_that_change(self, model: type[Model]) -> list[str]:
        """Return the columns that may be written after the row was."""
        return [str(_column(model, name).column) for name in (*self.once, *self.free)]

    def get_func(self, model: Any) -> str:
        changing = f"'{{{', '.join(self.columns_that_change(model))}}}'::text[]"
        once = "".join(map(_filled_in_once, (_column(model, name) for name in self.once)))
        return f"""
            IF TG_OP = 'DELETE' THEN
                IF {self.unless or "false"} THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'Cannot delete from %: nothing is removed from it', TG_TABLE_NAME;
            END IF;
            IF to_jsonb(NEW) - {changing} <> to_jsonb(OLD) - {changing} THEN
                RAISE EXCEPTION 'Cannot update %: it is never altered', TG_TABLE_NAME;
            END IF;{once}{self.besides}
            RETURN NEW;
        """  # noqa: S608


class NeverEmptied(pgtrigger.Trigger):
    """Refuse TRUNCATE, which asks no row."""

    name = "never_emptied"
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Truncate
    func = "RAISE EXCEPTION 'Cannot truncate %: nothing is removed from it', TG_TABLE_NAME;"


def append_only(
    *,
    once: Sequence[str] = (),
    free: Sequence[str] = (),
    unless: str = "",
    besides: str = "",
    declare: list[tuple[str, str]] | None = None,
) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table in which rows are written and then stay, but for ``once`` and ``free``."""
    return [NeverAltered(once=once, free=free, unless=unless, besides=besides, declare=declare), NeverEmptied()]


def ends_once(*names: str) -> Q:
    """Match rows that ended in at most one of these ways: for a constraint beside ``once``."""
    condition = Q()
    for name in names:
        condition |= Q(**dict.fromkeys(other for other in names if other != name))
    return condition


def only_sooner(column: str) -> str:
    """Let what ends end sooner, and never later: for ``besides``."""
    return f"""
            IF NEW."{column}" > OLD."{column}" THEN
                RAISE EXCEPTION 'Cannot update %: {column} only comes sooner', TG_TABLE_NAME;
            END IF;"""


def only_later(column: str) -> str:
    """Let a day or moment on which time is over come later, and never sooner: for ``besides``."""
    return f"""
            IF NEW."{column}" < OLD."{column}" THEN
                RAISE EXCEPTION 'Cannot update %: {column} only comes later', TG_TABLE_NAME;
            END IF;"""


def moments_are_now(*names: str) -> pgtrigger.Trigger:
    """Refuse a moment in the future or the past: what counts as decided was decided when it was written (R2, R3)."""
    checks = "".join(
        f"""
        IF NEW."{name}" IS NOT NULL AND (TG_OP = 'INSERT' OR NEW."{name}" IS DISTINCT FROM OLD."{name}")
        AND NOT {IS_NOW}(NEW."{name}") THEN
            RAISE EXCEPTION 'the moment {name} is not now';
        END IF;"""
        for name in names
    )
    return pgtrigger.Trigger(
        name="moments_are_now",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"{checks}\nRETURN NEW;",
    )


def never_altered(model: type[Model]) -> NeverAltered | None:
    """Return what this table says about being append-only; nothing when it may change."""
    triggers = getattr(model._meta, "triggers", [])
    return next((trigger for trigger in triggers if isinstance(trigger, NeverAltered)), None)


def _column(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101  # a relation from elsewhere is no column of this table
    return field


def _filled_in_once(field: "Field[Any, Any]") -> str:
    column = f'"{field.column}"'
    empty = f"OLD.{column} IS NULL" if field.null else f"OLD.{column} = ''"
    return f"""
            IF NOT ({empty}) AND NEW.{column} IS DISTINCT FROM OLD.{column} THEN
                RAISE EXCEPTION 'Cannot update %: {field.column} is filled in once', TG_TABLE_NAME;
            END IF;"""
