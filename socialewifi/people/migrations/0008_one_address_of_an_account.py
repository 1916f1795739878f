from django.db import migrations

# Whose account an address is, stands with the person; allauth's own table follows, also between two requests (R14).
FORWARD = """
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
    DELETE FROM account_emailaddress a USING people_user u WHERE u.id = a.user_id AND a.email IS DISTINCT FROM u.email;
"""
BACK = """
    DROP TRIGGER people_address_follows ON people_user;
    DROP FUNCTION people_address_follows();
    DROP TRIGGER people_address_is_its_owners ON account_emailaddress;
    DROP FUNCTION people_address_is_its_owners();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("people", "0007_old_keys_are_forgotten"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACK)]
