"""What is published without the consent of every initiator, the database refuses when the deed is done (R4)."""

import pgtrigger

# True when some initiator of the row ``owned`` (an initiative's id) has no consent in force, or nobody owns it.
_LACKS_CONSENT = """
(
    NOT EXISTS (SELECT 1 FROM initiatives_initiator p WHERE p.initiative_id = {owned} AND p.left_at IS NULL)
    OR EXISTS (
        SELECT 1 FROM initiatives_initiator p WHERE p.initiative_id = {owned} AND p.left_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM initiatives_consent c
            WHERE c.initiator_id = p.id AND c.withdrawn_at IS NULL AND {about}
        )
    )
)
"""
_REFUSE_UNCONSENTED = """
IF EXISTS (
    SELECT 1 FROM initiatives_initiative i
    WHERE i.id = {initiative} AND i.published_at IS NOT NULL AND {page}
) OR EXISTS (
    SELECT 1 FROM initiatives_effectstory s
    WHERE s.initiative_id = {initiative} AND s.published_at IS NOT NULL AND {story}
) THEN
    RAISE EXCEPTION 'published without the consent of every initiator (R4)'
        USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NULL;
"""


def published_with_consent(
    initiative: str, operation: pgtrigger.Operation, condition: pgtrigger.Condition | None = None
) -> pgtrigger.Trigger:
    """Check at the end of a transaction what of this initiative is published; ``initiative`` says its id in SQL."""
    return pgtrigger.Trigger(
        name="published_with_consent",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=operation,
        condition=condition,
        func=_REFUSE_UNCONSENTED.format(
            initiative=initiative,
            page=_LACKS_CONSENT.format(owned="i.id", about="c.subject = 'page'"),
            story=_LACKS_CONSENT.format(owned="s.initiative_id", about="c.story_id = s.id"),
        ),
    )
