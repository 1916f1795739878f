"""What the database is told after each ``migrate``, from the settings of whoever runs it."""

from typing import Any

from django.conf import settings
from django.db import connection, connections

# A moment is handed over by web or worker, whose clock may differ a little; a deed may wait for a lock.
IS_NOW = "moment BETWEEN clock_timestamp() - interval '15 minutes' AND clock_timestamp() + interval '15 minutes'"
# The demo, the bench and the tests invent their moments; the words of this function say so to whoever looks.
IS_INVENTED = "moment IS NOT NULL"

MOMENT = """
CREATE OR REPLACE FUNCTION public.core_moment_is_now(moment timestamptz) RETURNS boolean AS
$$ SELECT {} $$ LANGUAGE sql VOLATILE
"""
# django-pgtrigger lets anyone switch a trigger off with ``SET pgtrigger.ignore``. Here nobody can.
NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean AS
$$ SELECT false $$ LANGUAGE sql IMMUTABLE
"""


# A trigger that names a table must not be shown another one: a temporary table of that name would come first.
LOOK_HERE = """
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND p.prorettype = 'trigger'::regtype
        AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%')
        AND pg_has_role(p.proowner, 'USAGE')
    LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', one); END LOOP;
END $$
"""


def invents_moments() -> bool:
    """Tell whether this database takes any moment for now, as that of the demo does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.core_moment_is_now('2999-01-01')")
        return bool(cursor.fetchone()[0])


def close_the_ways_around(*, using: str, **_: Any) -> None:
    """Let no trigger be ignored, and hold the moments of decisions against the clock, but where they are invented."""
    with connections[using].cursor() as cursor:
        cursor.execute(NEVER_IGNORE)
        cursor.execute(MOMENT.format(IS_INVENTED if settings.MOMENTS_ARE_INVENTED else IS_NOW))
        cursor.execute(LOOK_HERE)
