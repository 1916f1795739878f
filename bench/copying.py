"""Writing many rows at once with PostgreSQL's COPY; every constraint and every trigger still looks at each row."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Jsonb


def copy_in(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """
    Write the rows, which give the fields called ``names``, and return how many there were.

    Fields that are not named get what the model says: null, or its default. The table is looked at afterwards, so that
    the triggers of the next rows find their way by an index.
    """
    given = [model._meta.get_field(name) for name in names]
    rest = [(field, _filler(field)) for field in _unnamed(model, given)]
    columns = [field.column for field in (*given, *(field for field, _fill in rest))]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    fillers = [fill for _field, fill in rest]
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*row, *(fill() for fill in fillers)])
            count += 1
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(model._meta.db_table)))
    return count


def go_on_counting(model: type[models.Model]) -> None:
    """Let the table's own numbering go on after the numbers that were given."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({}), 0) + 1, false) FROM {}").format(
                sql.Literal(table), sql.Literal(column), sql.Identifier(column), sql.Identifier(table)
            )
        )


def _unnamed(model: type[models.Model], given: Sequence[models.Field]) -> list[models.Field]:
    return [
        field
        for field in model._meta.concrete_fields
        if field not in given and not field.generated and not isinstance(field, models.AutoField)
    ]


def _filler(field: models.Field) -> Callable[[], Any]:
    if field.has_default() and callable(field.default):
        made_anew = field.default
        return lambda: Jsonb(made_anew()) if isinstance(field, models.JSONField) else made_anew()
    value = field.get_default()
    return lambda: value
