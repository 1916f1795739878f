"""What the tables of the library that signs people in (allauth) must hold as well (R14)."""

from django.db import migrations

# The same form of an address as with us, and a second factor or the account of an organisation for accounts only.
ADDRESS_IN_ONE_FORM = r"""
ALTER TABLE account_emailaddress ADD CONSTRAINT address_in_one_form CHECK (
    email ~ '^[a-z0-9_+''&~-]+(?:\.[a-z0-9_+''&~-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$'
)
"""
FACTOR_OF_AN_ACCOUNT = """
CREATE FUNCTION factor_of_an_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM people_user u WHERE u.id = NEW.user_id AND u.email IS NULL) THEN
        RAISE EXCEPTION 'a second factor belongs to an account (R14)' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER factor_of_an_account BEFORE INSERT OR UPDATE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION factor_of_an_account();
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
# Whose account an address is, stands with the person; the library's own table follows, also between two requests.
ADDRESS_OF_ITS_OWNER = """
CREATE FUNCTION people_address_is_its_owners() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE known text;
BEGIN
    SELECT email INTO known FROM people_user WHERE id = NEW.user_id FOR SHARE;
    IF known IS DISTINCT FROM NEW.email THEN
        RAISE EXCEPTION 'not the address of this account' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_address_is_its_owners BEFORE INSERT OR UPDATE ON account_emailaddress
    FOR EACH ROW EXECUTE FUNCTION people_address_is_its_owners();
CREATE FUNCTION people_address_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM account_emailaddress WHERE user_id = NEW.id AND email IS DISTINCT FROM NEW.email;
    RETURN NULL;
END $$;
CREATE TRIGGER people_address_follows AFTER UPDATE OF email ON people_user
    FOR EACH ROW EXECUTE FUNCTION people_address_follows();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(ADDRESS_IN_ONE_FORM, "ALTER TABLE account_emailaddress DROP CONSTRAINT address_in_one_form"),
        migrations.RunSQL(FACTOR_OF_AN_ACCOUNT, "DROP FUNCTION factor_of_an_account CASCADE"),
        migrations.RunSQL(TIE_OF_AN_ACCOUNT, "DROP FUNCTION tie_of_an_account CASCADE"),
        migrations.RunSQL(
            ADDRESS_OF_ITS_OWNER,
            "DROP FUNCTION people_address_follows CASCADE; DROP FUNCTION people_address_is_its_owners CASCADE",
        ),
    ]
