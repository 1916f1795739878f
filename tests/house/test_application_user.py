"""In production web and worker own nothing: the database refuses them what would undo its promises."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from socialewifi.config.serve import CannotServe, refuse_other_tables
from socialewifi.core import append_only, grants
from socialewifi.core.checks import check_database
from socialewifi.core.database import IS_NOW, MOMENT
from socialewifi.core.models import Message
from socialewifi.people.actions.upkeep import forget_what_is_over
from socialewifi.people.tests.factories import NOON
from tests.journeys.property.world import gather_cast
from tests.journeys.test_rules_by_property import Road
from tests.processes.conftest import ask

GUARDS = {model._meta.db_table: guard for model in apps.get_models() if (guard := append_only.never_altered(model))}
UNDOING = [
    "TRUNCATE core_event",
    "DELETE FROM core_event",
    "UPDATE core_event SET kind = ''",
    "UPDATE assessment_assessment SET quorum = 1",
    "UPDATE core_message SET to_name = ''",
    "ALTER TABLE core_event DISABLE TRIGGER ALL",
    "ALTER TABLE core_event DROP COLUMN details",
    "DROP TRIGGER pgtrigger_never_altered_3a6a2 ON core_event",
    "DROP TABLE core_event",
    "CREATE TABLE mine (id int)",
    "CREATE OR REPLACE FUNCTION public.core_moment_is_now(moment timestamptz) RETURNS boolean AS $$ SELECT true $$"
    " LANGUAGE sql",
    "SET session_replication_role = replica",
    "DELETE FROM django_migrations",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999', now())",
]


@pytest.fixture
def application(db):
    """A role that owns nothing, with the rights of web and worker; it goes with the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE wifi_in_this_test")
    call_command("grant_rights", "wifi_in_this_test", stdout=StringIO())
    return "wifi_in_this_test"


@pytest.fixture
def as_application(application):
    """From here on, whoever asks the database is the application."""

    def become():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {application}")

    return become


def refused(statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        ask(statement)


@pytest.mark.parametrize("statement", UNDOING)
def test_the_application_cannot_undo_what_the_database_keeps(as_application, statement):
    as_application()

    refused(statement)


@pytest.mark.parametrize("table", sorted(GUARDS))
def test_nor_empty_or_alter_any_table_in_which_things_stay(as_application, table):
    as_application()

    refused(f"TRUNCATE {table} CASCADE")
    refused(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    # What is over may go from some; their trigger says which row (tests/house/test_append_only.py).
    if not GUARDS[table].is_removable:
        refused(f"DELETE FROM {table}")


def test_the_whole_road_can_be_gone_by_the_application(agreements, texts, as_application):
    machine = type("Story", (Road,), {"cast": gather_cast()})
    as_application()

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_upkeep_is_done_by_the_application(as_application):
    Message.objects.create(
        channel="email", to_email="roos@voorbeeld.test", kind="people.code", created_at=NOON, sent_at=NOON
    )
    as_application()

    forget_what_is_over(at=NOON.replace(year=2027))

    assert not Message.objects.exists()


def test_the_rights_can_be_given_again_and_become_no_more(application):
    ask(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {application}")
    rights = f"SELECT has_table_privilege('{application}', 'core_event', 'TRUNCATE')"
    assert ask(rights) == [(True,)]

    grants.grant_rights(application)

    assert ask(rights) == [(False,)]


@pytest.mark.parametrize("make", ["", "CREATE ROLE {} SUPERUSER", "CREATE ROLE {} IN ROLE {owner}"])
def test_an_owner_is_no_application(db, make):
    owner = connection.settings_dict["USER"]
    if make:
        ask(make.format("wifi_other", owner=owner))

    with pytest.raises(CommandError, match="cannot be the application's"):
        call_command("grant_rights", "wifi_other")


def test_who_owns_the_tables_is_told_so(as_application, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    ask(MOMENT.format(IS_NOW))
    assert [found.id for found in check_database()] == ["core.W004"]

    as_application()

    assert check_database() == []


def test_a_database_that_does_not_answer_is_no_database_without_issues(monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setattr("socialewifi.core.grants.owns_the_tables", away)

    assert [found.id for found in check_database()] == ["core.W006"]


def test_a_database_in_which_moments_are_invented_is_not_served(db, as_application, monkeypatch, settings):
    monkeypatch.setitem(connection.settings_dict, "ENGINE", "django.db.backends.postgresql")
    settings.MOMENTS_ARE_INVENTED = False
    as_application()

    assert [found.id for found in check_database()] == ["core.W005"]
    with pytest.raises(CannotServe, match="those of a demo"):
        refuse_other_tables()
