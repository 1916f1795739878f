"""
The tables of the tests, made once and then copied: making them takes longer than most of what is tried with them.

As a plugin of pytest; what stands in a template is found again by what made it, so that it is never too old.
"""

import hashlib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg import sql

BEGINS = "tests_of_"
# Whoever makes it, makes it for all.
LOCK = 20261127


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Let Django copy the template, where it would make the tables anew, and drop the copy whoever is still in it."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = _template()
    connection.creation._destroy_test_db = _drop


def _drop(name, verbosity=0):
    # A thread of a server that was stopped may be on its way out.
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _template():
    name = BEGINS + _what_makes_the_tables()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [BEGINS])
        there = {one for (one,) in cursor.fetchall()}
        if name not in there:
            for older in there:
                cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(older)))
            making = sql.Identifier(f"{name}_half")
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(making))
            _make_tables(f"{name}_half")
            cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(making, sql.Identifier(name)))
    return name


def _make_tables(name):
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _what_makes_the_tables():
    made = hashlib.sha256()
    for file in _migrations():
        made.update(file.read_bytes())
    return made.hexdigest()[:20]


def _migrations():
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        yield from sorted(Path(app.path).rglob("migrations/[0-9]*.py"))
