"""Importing a region's entries into their rows: what is new, what differs, what is no longer there, line by line."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class RowImport(Generic[Row]):
    """
    The rows of one kind, and how the region's entries get into them.

    What the entries no longer name is retired, never removed. What was changed in the interface (``is_kept``) stays
    as it is; the lines say so.
    """

    def __init__(
        self,
        rows: models.QuerySet[Row],
        *,
        called: str,
        key: tuple[str, ...] = ("code",),
        is_kept: Callable[[Row], bool] = lambda _row: False,
        drop: Callable[[Row, datetime], str] | None = None,
    ) -> None:
        self.model = rows.model
        self.called = called
        self.key = key
        self.is_kept = is_kept
        self.drop = drop or self._retire
        self.rows = {tuple(getattr(row, name) for name in key): row for row in rows}

    def import_rows(self, entries: Sequence[Mapping[str, Any]], *, at: datetime) -> list[str]:
        """Bring the entries in and return a line for everything that changed."""
        left = dict(self.rows)
        lines = []
        for entry in entries:
            row = left.pop(tuple(entry[name] for name in self.key), None)
            lines.append(self._add(entry) if row is None else self._follow(row, entry))
        lines += [self.drop(row, at) for row in left.values()]
        return [line for line in lines if line]

    def _add(self, entry: Mapping[str, Any]) -> str:
        row = self.model._default_manager.create(**entry)
        self.rows[tuple(getattr(row, name) for name in self.key)] = row
        return f"+ {self.called} {row}"

    def _follow(self, row: Row, entry: Mapping[str, Any]) -> str:
        wanted = {**entry, "retired_at": None} if hasattr(row, "retired_at") else dict(entry)
        differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        if not differing:
            return ""
        if self.is_kept(row):
            return f"! {self.called} {row}: hier gewijzigd, het bestand is niet gevolgd ({', '.join(differing)})"
        told = ", ".join(f"{name} {getattr(row, name)!s:.60} → {value!s:.60}" for name, value in differing.items())
        for name, value in differing.items():
            setattr(row, name, value)
        row.save(update_fields=list(differing))
        return f"~ {self.called} {row}: {told}"

    def _retire(self, row: Row, at: datetime) -> str:
        if row.retired_at is not None:  # type: ignore[attr-defined]
            return ""
        row.retired_at = at  # type: ignore[attr-defined]
        row.save(update_fields=["retired_at"])
        return f"- {self.called} {row}: niet meer aangeboden, wel bewaard"
