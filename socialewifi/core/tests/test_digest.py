from datetime import UTC, datetime, timedelta

import pytest

from socialewifi.core.daily import once_a_day
from socialewifi.core.digest import send_digests
from socialewifi.core.models import Message, Notice

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def notice(user, words="Er is een bericht", path="/mijn/"):
    return Notice.objects.create(user=user, words=words, path=path, created_at=MORNING)


def test_everything_new_comes_in_one_mail(mini_region, resident, stranger):
    notice(resident, "Er is een bericht")
    notice(resident, "Je plan is veranderd")
    notice(resident, "Er is een bericht")
    notice(stranger, "Iets anders")

    assert send_digests(at=MORNING) == 2

    mine = resident.messages.get()
    assert mine.kind == "digest"
    assert mine.body.count("Er is een bericht http://localhost:8000/mijn/") == 1
    assert "Je plan is veranderd" in mine.body
    assert "Iets anders" not in mine.body
    assert not Notice.objects.filter(message=None).exists()


def test_nobody_gets_a_second_digest_on_the_same_day(mini_region, resident):
    notice(resident)
    send_digests(at=MORNING)
    notice(resident, "Nog iets")

    assert send_digests(at=MORNING + timedelta(hours=2)) == 0
    assert send_digests(at=MORNING + timedelta(days=1)) == 1
    assert Message.objects.count() == 2


def test_who_has_no_email_gets_no_digest_and_keeps_the_notice(mini_region, offline_resident):
    waiting = notice(offline_resident)

    assert send_digests(at=MORNING) == 0
    waiting.refresh_from_db()
    assert waiting.message is None


def test_the_daily_round_happens_once_a_day_and_not_at_night(db):
    done = []
    night = datetime(2026, 3, 2, 4, tzinfo=UTC)
    act = lambda: done.append(1)  # noqa: E731

    assert not once_a_day("round", at=night, act=act)
    assert once_a_day("round", at=MORNING, act=act)
    assert not once_a_day("round", at=MORNING + timedelta(hours=3), act=act)
    assert once_a_day("round", at=MORNING + timedelta(days=3), act=act)
    assert len(done) == 2


def test_a_worker_that_lived_in_the_future_does_its_round_again_once_its_clock_is_right(db):
    done = []
    once_a_day("round", at=MORNING + timedelta(days=400), act=lambda: done.append("then"))

    assert once_a_day("round", at=MORNING, act=lambda: done.append("now"))
    assert not once_a_day("round", at=MORNING + timedelta(hours=1), act=lambda: done.append("twice"))
    assert done == ["then", "now"]


def test_the_round_of_a_worker_whose_clock_is_ahead_is_not_done_twice(db):
    once_a_day("round", at=MORNING + timedelta(days=1), act=lambda: None)

    assert not once_a_day("round", at=MORNING, act=lambda: None)


def test_a_round_that_fails_is_tried_again(db):
    with pytest.raises(ZeroDivisionError):
        once_a_day("round", at=MORNING, act=lambda: 1 / 0)

    assert once_a_day("round", at=MORNING, act=lambda: None)
