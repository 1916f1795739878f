"""
Questions that Django writes in SQL once in each process, and not again each time they are asked (ADR 18).

Only the text is kept, never an answer. A question is a function that returns a queryset::

    @written_once
    def notes_of(initiative: int) -> QuerySet[Note]:
        return Note.objects.filter(initiative=initiative).order_by("-at")

    notes_of(initiative.pk)  # a list

What differs from one asking to the next comes by position: the function gets a blank for it, which may only be
compared with a column. What changes the question itself (such as where someone works) comes by name, and is hashable.
The function looks at nothing else: not at the clock, and not at who asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, Model, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row")
# What the compiler works out about the columns while it writes, and needs to read the rows.
COLUMNS = ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select")
KINDS_REMEMBERED = 500


class Blank(Expression):
    """A place in the question that is filled in when it is asked."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002
        return "%s", (self,)


@dataclass(frozen=True)
class Written:
    """A question in SQL: its text, its values with blanks among them, and what its columns mean."""

    text: str
    values: tuple[Any, ...]
    columns: dict[str, Any]

    def filled_in(self, given: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(given[value.place] if isinstance(value, Blank) else value for value in self.values)


class WrittenCompiler(SQLCompiler):
    """Does not write, but fills in."""

    query: "WrittenQuery"

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:  # noqa: FBT001, FBT002, ARG002
        self.__dict__.update(self.query.written.columns)
        return self.query.written.text, self.query.written.filled_in(self.query.given)


class WrittenQuery(Query):
    """A question that was written before, with what to fill in now."""

    written: Written
    given: Sequence[Any]

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:  # noqa: FBT001, FBT002
        return WrittenCompiler(self, connection or connections[using or "default"], using, elide_empty)


def written_once(make: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Write the question ``make`` returns once for each kind of it, and return its rows each time it is asked."""

    @lru_cache(maxsize=KINDS_REMEMBERED)
    def question(blanks: int, **kind: Any) -> QuerySet[Any, Row] | None:
        try:
            return _written(make(*map(Blank, range(blanks)), **kind))
        except EmptyResultSet:
            return None

    @wraps(make)
    def ask(*given: Any, **kind: Any) -> list[Row]:
        asked = question(len(given), **kind)
        if asked is None:
            return []
        rows = asked.all()
        rows.query.given = given  # type: ignore[attr-defined]
        return list(rows)

    return ask


def _written(rows: QuerySet[Any, Row]) -> QuerySet[Any, Row]:
    """Return these rows with their question in SQL."""
    compiler = rows.query.get_compiler(rows.db)
    text, values = compiler.as_sql()
    query = cast("WrittenQuery", rows.query.chain(klass=WrittenQuery))
    query.written = Written(text, tuple(values), {name: getattr(compiler, name) for name in COLUMNS})
    asked, asked.query = rows.all(), query
    # Taking another query makes it forget whether it gives rows or plain values.
    asked._iterable_class = rows._iterable_class
    return asked


def hang(one: Model, link: str, rows: Sequence[Any]) -> None:
    """Let ``one.<link>.all()`` return these rows, as prefetch_related does."""
    relation = one._meta.get_field(link)
    found: Any = relation.related_model._default_manager.all()  # type: ignore[union-attr]
    found._result_cache, found._prefetch_done = list(rows), True
    for row in rows:
        setattr(row, relation.field.name, one)  # type: ignore[union-attr]
    vars(one).setdefault("_prefetched_objects_cache", {})[link] = found
