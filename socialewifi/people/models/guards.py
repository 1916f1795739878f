"""What the database itself refuses: a key to a whole account, and a mailbox that comes or goes (R14)."""

import pgtrigger

key_opens_one_idea = pgtrigger.Trigger(
    name="key_opens_one_idea",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
    IF EXISTS (SELECT 1 FROM people_user u WHERE u.id = NEW.user_id AND u.email IS NOT NULL) THEN
        RAISE EXCEPTION 'a link or a code never opens an account (R14)'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
    """,
)

mailbox_stays_what_it_is = pgtrigger.Protect(
    name="mailbox_stays_what_it_is",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("((OLD.email IS NULL) <> (NEW.email IS NULL))"),
)
