"""A machine whose clock is wrong: it does nothing by it that does not come back, and whoever keeps watch is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from socialewifi.core import clocks, events, health
from socialewifi.core.daily import once_a_day

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 10, 10, tzinfo=UTC)


@pytest.fixture
def wrong_by(monkeypatch):
    """Let the clock of this machine be so far ahead."""
    right = timezone.now

    def set_wrong(apart):
        monkeypatch.setattr(timezone, "now", lambda: right() + apart)

    return set_wrong


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(minutes=14), ""),
        (timedelta(minutes=-14), ""),
        (timedelta(days=40), "57600 minutes ahead of that of the database"),
        (timedelta(minutes=-20), "20 minutes behind that of the database"),
    ],
)
def test_how_far_two_clocks_are_apart_is_told_in_words(wrong_by, apart, words):
    wrong_by(apart)

    assert clocks.difference() == words


@pytest.mark.parametrize("watched", ["health-ready", "health-worker"])
def test_whoever_keeps_watch_is_told_that_it_is_the_clock(client, wrong_by, watched):
    health.beat()
    wrong_by(timedelta(minutes=20))

    answer = client.get(reverse(watched))

    assert (answer.status_code, list(answer.json()["failures"])) == (503, ["clock"])


def test_nothing_is_forgotten_or_reminded_of_by_a_clock_that_is_wrong(wrong_by):
    done = []
    wrong_by(timedelta(days=40))

    with pytest.raises(clocks.ClockIsWrong, match="57600 minutes ahead"):
        once_a_day("forget", at=NOON, act=lambda: done.append(1))

    assert not done


def test_by_a_right_clock_it_is_done():
    done = []

    assert once_a_day("forget", at=NOON, act=lambda: done.append(1))
    assert done


@pytest.mark.parametrize(("ahead", "failures"), [(timedelta(minutes=14), []), (timedelta(days=1), ["clock"])])
def test_once_the_clock_is_right_whoever_keeps_watch_hears_that_something_was_done_by_a_wrong_one(
    client, resident, ahead, failures
):
    """On one server web, worker and database have one clock: only what it left behind tells."""
    health.beat()
    events.record("people.user.met", on=resident, by=None, at=timezone.now() + ahead, name="Roos")

    answer = client.get(reverse("health-worker"))

    assert list(answer.json().get("failures", {})) == failures
    assert client.get(reverse("health-ready")).status_code == 200
