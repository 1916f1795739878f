"""The trigger that notes that something changed which everyone sees (``core.page_cache``)."""

from typing import Any

import pgtrigger


def raises_public_version(condition: Any = None) -> pgtrigger.Trigger:
    """Return the trigger for a table of which rows, under this condition, are public."""
    return pgtrigger.Trigger(
        name="drawn_anew",
        when=pgtrigger.After,
        operation=pgtrigger.Update if condition else pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        condition=condition,
        timing=pgtrigger.Deferred,
        func="""
            INSERT INTO core_publicchange AS known (id, number, raised_by) VALUES (1, 1, pg_current_xact_id()::text)
            ON CONFLICT (id) DO UPDATE SET number = known.number + 1, raised_by = excluded.raised_by
            WHERE known.raised_by <> excluded.raised_by;
            RETURN NULL;
        """,
    )
