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
# The initiative is held first: someone else may be publishing it, or taking back a yes, at the same moment.
_REFUSE_UNCONSENTED = """
PERFORM 1 FROM initiatives_initiative i WHERE i.id = {initiative} FOR NO KEY UPDATE;
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


# What the initiators of two initiatives agreed to, and nobody took back since.
_AGREED = """
    SELECT 1 FROM initiatives_joinproposal p
    WHERE p.initiative_id = NEW.id AND p.into_id = NEW.joined_into_id
    AND p.accepted_at IS NOT NULL AND p.undone_at IS NULL
"""


def joined_with_everyones_yes() -> pgtrigger.Trigger:
    """Refuse to join what not every present initiator of both said yes to (R4)."""
    return pgtrigger.Trigger(
        name="joined_with_everyones_yes",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__joined_into__isnull=False),
        func=f"""
        IF TG_OP = 'UPDATE' AND OLD.joined_into_id IS NOT DISTINCT FROM NEW.joined_into_id THEN
            RETURN NULL;
        END IF;
        IF NOT EXISTS ({_AGREED}) OR EXISTS (
            SELECT 1 FROM initiatives_initiator o
            WHERE o.initiative_id IN (NEW.id, NEW.joined_into_id) AND o.left_at IS NULL AND NOT EXISTS (
                {_AGREED} AND EXISTS (
                    SELECT 1 FROM initiatives_joinanswer a
                    WHERE a.proposal_id = p.id AND a.initiator_id = o.id AND a.agrees
                )
            )
        ) THEN
            RAISE EXCEPTION 'joined without the yes of every initiator (R4)'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
        """,  # noqa: S608
    )
