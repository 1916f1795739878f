"""What the database itself refuses: a change of what has ended, advice of who is involved, and moments out of order."""

import pgtrigger


def day_of(moment: str) -> str:
    """Return the SQL of the day of a moment, as it is here."""
    return f"({moment} AT TIME ZONE 'Europe/Amsterdam')::date"


def only_while_open(assessments: str) -> pgtrigger.Trigger:
    """
    Refuse any change of a row once its assessment has ended; ``assessments`` is the SQL that finds its id.

    The one it goes to and the one it comes from: no row is moved out of what has ended. They are held, so that no
    outcome counts what another transaction is still writing; not for a reminder, which changes nothing that counts.
    """
    return pgtrigger.Trigger(
        name="only_while_open",
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        when=pgtrigger.Before,
        func=f"""
        IF TG_OP = 'UPDATE' THEN
            IF to_jsonb(NEW) - 'reminded_at' = to_jsonb(OLD) - 'reminded_at' THEN
                RETURN NEW;
            END IF;
        END IF;
        PERFORM 1 FROM assessment_assessment a WHERE a.id IN ({assessments}) ORDER BY a.id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT 1 FROM assessment_assessment a
            WHERE a.id IN ({assessments}) AND (a.concluded_at IS NOT NULL OR a.returned_at IS NOT NULL)
        ) THEN
            RAISE EXCEPTION 'this assessment has ended (R6)';
        END IF;
        RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608
    )


def after_it_opened(moment: str, assessments: str) -> pgtrigger.Trigger:
    """Refuse what would have been asked or given before this weighing was opened; ``moment`` is a column."""
    return pgtrigger.Trigger(
        name="after_it_opened",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=f"""
        IF NEW.{moment} < (SELECT a.opened_at FROM assessment_assessment a WHERE a.id IN ({assessments})) THEN
            RAISE EXCEPTION 'this is before the assessment was opened (R2, R3)';
        END IF;
        RETURN NEW;
        """,  # noqa: S608
    )


OF_ROW = "NEW.assessment_id, OLD.assessment_id"
OF_SEAT = "SELECT s.assessment_id FROM assessment_panelseat s WHERE s.id IN (NEW.seat_id, OLD.seat_id)"
# Whether ``{member}`` has a part in it on ``{day}``, as ``rules.has_part_in`` says (R15).
PART = """
    SELECT 1 FROM assessment_assessment o
    JOIN initiatives_initiative x ON x.id = o.initiative_id
    LEFT JOIN places_municipality m ON m.id = x.municipality_id
    WHERE o.id = {assessment} AND ({member} IN (x.contact_person_id, x.entered_by_id) OR EXISTS (
        SELECT 1 FROM people_role r WHERE r.user_id = {member}
        AND r.confirmed_at IS NOT NULL AND r.starts_on <= {day} AND (r.ends_on IS NULL OR r.ends_on >= {day})
        AND (
            r.kind = 'regional_coordinator'
            OR (r.kind IN ('guide', 'coordinator') AND (m.id IS NULL OR r.subregion_id = m.subregion_id))
            OR (r.kind = 'ambassador' AND r.municipality_id = m.id)
        )
    ))
"""
# Whether ``{person}`` may not judge it ``{at}`` a moment, as ``initiatives.impartial`` says: it, or what rests in it,
# is theirs, concerns them, or waits for their mailbox to say so (R5).
PARTIAL = """
    SELECT 1 FROM assessment_assessment o
    JOIN initiatives_initiative x ON x.id = o.initiative_id OR x.joined_into_id = o.initiative_id
    JOIN people_user p ON p.id = {person}
    WHERE o.id = {assessment} AND (
        EXISTS (SELECT 1 FROM initiatives_interest i WHERE i.initiative_id = x.id AND i.user_id = p.id)
        OR EXISTS (
            SELECT 1 FROM initiatives_initiator t JOIN people_user u ON u.id = t.user_id
            WHERE t.initiative_id = x.id AND t.left_at IS NULL AND (
                u.id = p.id OR u.account_id = p.id OR (t.email = p.email AND u.email IS NULL)
            )
        )
        OR EXISTS (
            SELECT 1 FROM initiatives_invitation v WHERE v.initiative_id = x.id AND v.email = p.email
            AND v.accepted_at IS NULL AND v.refused_at IS NULL AND v.revoked_at IS NULL AND v.expires_at > {at}
        )
    )
"""
# The advices that count in a weighing, as ``PanelSeatQuerySet.advised`` says: of nobody who stepped aside or objected.
COUNTING = """
    FROM assessment_paneladvice a JOIN assessment_panelseat s ON s.id = a.seat_id
    WHERE s.assessment_id = NEW.id AND s.recused_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM initiatives_interest i JOIN initiatives_initiative x ON x.id = i.initiative_id
        WHERE NEW.initiative_id IN (x.id, x.joined_into_id) AND i.user_id = s.member_id
    ) AND NOT EXISTS (
        SELECT 1 FROM initiatives_initiator t JOIN initiatives_initiative x ON x.id = t.initiative_id
        JOIN people_user u ON u.id = t.user_id JOIN people_user p ON p.id = s.member_id
        WHERE NEW.initiative_id IN (x.id, x.joined_into_id) AND t.left_at IS NULL
        AND (u.id = p.id OR u.account_id = p.id OR (t.email = p.email AND u.email IS NULL))
    ) AND NOT EXISTS (SELECT 1 FROM assessment_adviceobjection b WHERE b.advice_id = a.id)
"""
