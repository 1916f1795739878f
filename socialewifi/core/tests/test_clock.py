from datetime import datetime, timedelta

import pytest
from django.db import connection

from socialewifi.core import clock
from socialewifi.core.models import Event

FIXED = datetime.fromisoformat("2026-11-20T09:00:00+01:00")


@pytest.fixture
def started(settings):
    """A process of the demo that just started."""
    settings.DEMO, settings.DEMO_NOW = True, FIXED.isoformat()
    clock._began.cache_clear()
    yield clock._began.cache_clear
    clock._began.cache_clear()


@pytest.mark.django_db
def test_the_demo_begins_on_its_fixed_day(started):
    assert FIXED <= clock.now() < FIXED + timedelta(hours=1)


@pytest.mark.django_db
def test_a_demo_that_is_started_again_goes_on_after_what_was_done_in_it(started):
    clock.now()
    Event.objects.create(kind="done", subject_type="x", subject_id=1, at=FIXED + timedelta(hours=5))
    started()

    assert clock.now() >= Event.objects.get().at


@pytest.mark.django_db
def test_while_the_tables_are_made_the_demo_has_its_fixed_day(started, monkeypatch):
    monkeypatch.setattr(type(connection.introspection), "table_names", lambda _: [])
    Event.objects.create(kind="done", subject_type="x", subject_id=1, at=FIXED + timedelta(hours=5))

    assert FIXED <= clock.now() < FIXED + timedelta(hours=1)


@pytest.mark.django_db
def test_what_is_done_meanwhile_puts_no_clock_before_another(started, monkeypatch):
    """Each process reads its clock for the first time at another moment."""
    monkeypatch.setenv(clock.SHARED, "")
    clock.share()
    Event.objects.create(kind="done", subject_type="x", subject_id=1, at=FIXED + timedelta(hours=5))
    here = clock._began(FIXED.isoformat())
    started()

    assert clock._began(FIXED.isoformat()) == here
