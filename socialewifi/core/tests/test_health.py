from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from socialewifi.core import health, jobs
from socialewifi.core.models import Heartbeat


def test_a_process_lives_without_a_database(client):
    answer = client.get(reverse("health-live"))

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_pages_are_ready_whatever_the_worker_does(client):
    answer = client.get(reverse("health-ready"))

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "failures": {}})


@pytest.mark.django_db
def test_the_worker_is_well_once_it_beats(client):
    jobs.beat(timestamp=0)

    answer = client.get(reverse("health-worker"))

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "failures": {}})


@pytest.mark.django_db
def test_a_worker_that_was_never_seen_is_told(client):
    answer = client.get(reverse("health-worker"))

    assert (answer.status_code, answer.json()["failures"]) == (503, {"worker": "never seen"})


@pytest.mark.django_db
def test_a_worker_that_fell_silent_is_told(client):
    Heartbeat.objects.create(name=health.WORKER, beat_at=timezone.now() - timedelta(minutes=4))

    answer = client.get(reverse("health-worker"))

    assert answer.status_code == 503
    assert answer.json()["failures"]["worker"].startswith("silent since")


@pytest.mark.django_db
def test_a_migration_that_was_forgotten_is_told(client):
    MigrationRecorder(connection).record_unapplied("core", "0001_initial")

    answer = client.get(reverse("health-ready"))

    told = "older than the program: run manage.py migrate first (1 to apply)"
    assert (answer.status_code, answer.json()["failures"]) == (503, {"tables": told})


@pytest.mark.django_db
def test_tables_of_a_later_release_are_told(client):
    MigrationRecorder(connection).record_applied("core", "9999_of_next_year")

    answer = client.get(reverse("health-ready"))

    told = "newer than the program: it does not know 1 of their migrations"
    assert (answer.status_code, answer.json()["failures"]) == (503, {"tables": told})


@pytest.mark.django_db
def test_what_a_part_that_is_no_longer_installed_left_is_no_failure():
    MigrationRecorder(connection).record_applied("a_part_of_former_days", "0001_initial")

    assert health.failures() == {}


def test_a_database_that_cannot_be_reached_is_told(client, monkeypatch):
    def refuse(_recorder):
        raise OperationalError

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)

    answer = client.get(reverse("health-ready"))

    assert (answer.status_code, answer.json()["failures"]) == (503, {"database": "cannot be reached"})


@pytest.mark.django_db
def test_the_cache_has_its_table_after_migrating():
    cache.set("is-it-there", "yes")

    assert cache.get("is-it-there") == "yes"
