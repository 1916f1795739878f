from django.db import migrations

# Whatever was tied to someone who has no mailbox goes: a link or a code for one idea made it (R14).
NOBODYS_TIES = """
DELETE FROM socialaccount_socialtoken t USING socialaccount_socialaccount s, people_user u
    WHERE t.account_id = s.id AND u.id = s.user_id AND u.email IS NULL;
DELETE FROM socialaccount_socialaccount s USING people_user u WHERE u.id = s.user_id AND u.email IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
TIE_OF_AN_ACCOUNT = """
CREATE FUNCTION tie_of_an_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_user u WHERE u.id = NEW.user_id AND u.email IS NULL) THEN
        RAISE EXCEPTION 'the account of an organisation opens an account only (R14)'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tie_of_an_account BEFORE INSERT OR UPDATE ON socialaccount_socialaccount
    FOR EACH ROW EXECUTE FUNCTION tie_of_an_account();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("people", "0005_one_mailbox_one_initiator"),
    ]

    operations = [
        migrations.RunSQL(NOBODYS_TIES, migrations.RunSQL.noop),
        migrations.RunSQL(TIE_OF_AN_ACCOUNT, "DROP FUNCTION tie_of_an_account CASCADE"),
    ]
