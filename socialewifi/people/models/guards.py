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

who_confirms_is_somebody_else = pgtrigger.Trigger(
    name="who_confirms_is_somebody_else",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
    IF EXISTS (
        SELECT 1 FROM people_user u
        WHERE u.id IN (NEW.user_id, NEW.given_by_id, NEW.confirmed_by_id) AND u.account_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'who is known by one idea has no role, and gives none (R14)'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
    """,
)

who_has_a_role_is_an_account = pgtrigger.Trigger(
    name="who_has_a_role_is_an_account",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__account__isnull=False, old__account__isnull=True),
    func="""
    IF EXISTS (SELECT 1 FROM people_role r WHERE r.user_id = NEW.id) THEN
        RAISE EXCEPTION 'who has a role is somebody by themselves (R14)'
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
