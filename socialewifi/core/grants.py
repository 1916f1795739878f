"""
The rights of the role that web and worker use: what the tables allow, and nothing more (docs/operations.md).

Whoever owns a table can empty it, alter it and switch off its triggers. The role of the application owns nothing.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from psycopg import sql

from socialewifi.core.append_only import never_altered

SCHEMA = "public"
ALL = ("SELECT", "INSERT", "UPDATE", "DELETE")
# Which migrations are applied is for the owner to write.
ONLY_READ = {"django_migrations"}
WHY_NOT = """
    SELECT CASE
        WHEN r.rolsuper THEN 'is a superuser'
        WHEN EXISTS (
            SELECT 1 FROM pg_tables t WHERE t.schemaname = %s AND pg_has_role(r.oid, t.tableowner, 'MEMBER')
        ) THEN 'owns tables'
        ELSE ''
    END
    FROM pg_roles r WHERE r.rolname = %s
"""
IS_OWNER = """
    SELECT pg_has_role(c.relowner, 'USAGE') OR has_table_privilege(c.oid, 'TRUNCATE')
    FROM pg_class c WHERE c.oid = to_regclass('core_event')
"""


class CannotGrant(Exception):
    """Raised when this role cannot be the application's; its text is one line for the person at the keyboard."""


@transaction.atomic
def grant_rights(role: str) -> None:
    """
    Give this role the rights of web and worker, and take away every other; the same again after each ``migrate``.

    :raises CannotGrant: if there is no such role, or it is a superuser or an owner
    """
    with connection.cursor() as cursor:
        cursor.execute(WHY_NOT, [SCHEMA, role])
        row = cursor.fetchone()
        if row is None or row[0]:
            raise CannotGrant(f"The role {role} {row[0] if row else 'does not exist'}: it cannot be the application's.")
        for statement in statements(role, connection.introspection.table_names(cursor)):
            cursor.execute(statement)


def owns_the_tables() -> bool:
    """Tell whether the role of this process could empty or alter the tables; not when they are not there yet."""
    with connection.cursor() as cursor:
        cursor.execute(IS_OWNER)
        row = cursor.fetchone()
    return bool(row and row[0])


def statements(role: str, tables: list[str]) -> Iterator[sql.Composed]:
    """Say in SQL what this role may do with each of these tables."""
    schema, to = sql.Identifier(SCHEMA), sql.Identifier(role)
    database = sql.Identifier(connection.settings_dict["NAME"])
    yield sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database)
    yield sql.SQL("REVOKE CREATE ON SCHEMA {} FROM PUBLIC").format(schema)
    yield sql.SQL("REVOKE ALL ON SCHEMA {} FROM {}").format(schema, to)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM {}").format(schema, to)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM {}").format(schema, to)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, to)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, to)
    guarded = {model._meta.db_table: rights for model in apps.get_models() if (rights := _rights_to_add(model))}
    for table in tables:
        everything = sql.SQL(", ").join(map(sql.SQL, ("SELECT",) if table in ONLY_READ else ALL))
        rights = guarded.get(table, everything)
        yield sql.SQL("GRANT {} ON {}.{} TO {}").format(rights, schema, sql.Identifier(table), to)


def _rights_to_add(model: type[Model]) -> sql.Composed | None:
    """Return what may be done in an append-only table; nothing when it is none."""
    guard = never_altered(model)
    if guard is None:
        return None
    rights: list[sql.Composable] = [sql.SQL("SELECT"), sql.SQL("INSERT")]
    if guard.is_removable:
        rights.append(sql.SQL("DELETE"))
    if columns := guard.columns_that_change(model):
        rights.append(sql.SQL("UPDATE ({})").format(sql.SQL(", ").join(map(sql.Identifier, columns))))
    return sql.SQL(", ").join(rights)
