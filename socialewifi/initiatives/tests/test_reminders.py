import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from socialewifi.core import clock
from socialewifi.core.models import Message, Notice
from socialewifi.initiatives import jobs
from socialewifi.initiatives.actions.reminders import remind
from socialewifi.initiatives.models import Deadline
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    ExplorationFactory,
    InitiativeFactory,
    InterestFactory,
    PauseFactory,
    join,
)
from socialewifi.people.models import Role
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FRIDAY, MONDAY, TUESDAY, WEDNESDAY = date(2026, 6, 12), date(2026, 6, 15), date(2026, 6, 16), date(2026, 6, 17)


def morning(day):
    return datetime(day.year, day.month, day.day, 6, 30, tzinfo=AMSTERDAM)


def remind_on(day):
    return remind(day=day, at=morning(day))


@pytest.fixture
def overdue(explored):
    """A term that was to be met by Friday."""
    return DeadlineFactory(initiative=explored, kind=Deadline.Kind.EXPLORATION, due_on=FRIDAY)


def told():
    return list(Notice.objects.order_by("pk").values_list("user__name", flat=True))


def test_a_term_is_due_until_the_end_of_its_day(overdue):
    assert remind_on(FRIDAY) == 0


def test_nobody_is_reminded_in_the_weekend(overdue):
    assert remind_on(FRIDAY + timedelta(days=1)) == 0
    assert remind_on(FRIDAY + timedelta(days=2)) == 0
    assert remind_on(MONDAY) == 1


def test_nobody_is_reminded_on_a_public_holiday(explored):
    DeadlineFactory(initiative=explored, due_on=date(2026, 5, 22))

    assert remind_on(date(2026, 5, 25)) == 0  # Whit Monday
    assert remind_on(date(2026, 5, 26)) == 1


def test_the_contact_is_reminded_once(overdue, guide):
    remind_on(MONDAY)
    remind_on(MONDAY)

    assert told() == [guide.name]
    assert "wacht op jou" in Notice.objects.get().words


def test_the_coordinator_is_reminded_two_working_days_later_and_once(overdue, guide, coordinator):
    remind_on(MONDAY)
    remind_on(TUESDAY)
    assert told() == [guide.name]

    remind_on(WEDNESDAY)
    remind_on(WEDNESDAY + timedelta(days=1))

    assert told() == [guide.name, coordinator.name]
    assert "bij Gijs Begeleider" in Notice.objects.last().words


def test_what_was_explored_wholly_waits_for_the_coordinator_at_once(overdue, explored, coordinator):
    ExplorationFactory(initiative=explored)

    remind_on(MONDAY)

    assert told() == [coordinator.name]
    assert "Begin met wegen" in Notice.objects.get().words


def test_an_outcome_waits_for_the_coordinator_at_once(explored, coordinator):
    DeadlineFactory(initiative=explored, kind=Deadline.Kind.ASSESSMENT, due_on=FRIDAY)

    remind_on(MONDAY)

    assert told() == [coordinator.name]


def test_the_weekend_does_not_count_before_the_coordinator_is_told(explored, guide, coordinator):
    DeadlineFactory(initiative=explored, due_on=date(2026, 6, 10))

    remind_on(date(2026, 6, 11))
    remind_on(FRIDAY)
    assert told() == [guide.name]

    remind_on(MONDAY)
    assert told() == [guide.name, coordinator.name]


def test_what_passed_while_the_worker_was_down_is_caught_up(overdue, guide):
    assert remind_on(date(2026, 7, 6)) == 1
    assert told() == [guide.name]


def test_a_term_that_was_met_in_time_reminds_nobody(overdue, coordinator):
    remind_on(MONDAY)
    Deadline.objects.update(met_at=NOON)

    remind_on(WEDNESDAY)

    assert coordinator.name not in told()


def test_a_paused_initiative_reminds_nobody(overdue):
    PauseFactory(initiative=overdue.initiative)

    assert remind_on(MONDAY) == 0


def test_a_joined_initiative_reminds_nobody(overdue, guide, municipality):
    other = InitiativeFactory(municipality=municipality, exploring=True, contact_person=guide)
    join(overdue.initiative, other, by=guide)

    assert remind_on(MONDAY) == 0


def test_without_a_contact_every_guide_there_is_reminded_but_who_steps_aside(initiative, guide, other_guide, subregion):
    DeadlineFactory(initiative=initiative, due_on=FRIDAY)
    colleague = UserFactory(name="Cato Collega", roles=["guide"], roles__subregion=subregion)
    InterestFactory(
        user=UserFactory(name="Iris Betrokken", roles=["guide"], roles__subregion=subregion), initiative=initiative
    )

    remind_on(MONDAY)

    assert sorted(told()) == [colleague.name, guide.name]


def test_a_contact_whose_role_ended_is_no_longer_reminded(overdue, guide, coordinator):
    guide.roles.update(ends_on=FRIDAY)

    remind_on(MONDAY)

    assert told() == [coordinator.name]


def test_what_has_no_place_is_for_who_coordinates_the_region(
    texts, agreements, guide, coordinator, regional_coordinator
):
    DeadlineFactory(initiative=InitiativeFactory(without_place=True), due_on=FRIDAY)

    remind_on(MONDAY)

    assert told() == [regional_coordinator.name]


def test_someone_with_two_roles_is_told_once(overdue, guide, subregion):
    RoleFactory(user=guide, kind="coordinator", subregion=subregion)

    assert remind_on(MONDAY) == 1


@pytest.mark.parametrize(
    ("moment", "reminded"),
    [
        # The clock goes forward on 29 March and back on 25 October 2026: half past six is half past six.
        (datetime(2026, 3, 30, 4, 29, tzinfo=UTC), 0),
        (datetime(2026, 3, 30, 4, 31, tzinfo=UTC), 1),
        (datetime(2026, 10, 26, 5, 29, tzinfo=UTC), 0),
        (datetime(2026, 10, 26, 5, 31, tzinfo=UTC), 1),
    ],
)
def test_the_round_is_made_at_half_past_six_in_the_morning_here(explored, monkeypatch, moment, reminded):
    DeadlineFactory(initiative=explored, due_on=date(2026, 1, 5))
    monkeypatch.setattr(clock, "now", lambda: moment)

    jobs.remind_of_terms(0)

    assert Notice.objects.count() == reminded


def test_a_late_round_goes_out_with_a_digest_of_the_same_day_and_only_once(overdue, guide, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 15, 15, 0, tzinfo=AMSTERDAM))

    jobs.remind_of_terms(0)
    jobs.remind_of_terms(0)

    assert Message.objects.get(kind="digest").to_email == guide.email


def test_a_round_that_fails_leaves_nothing_behind(overdue, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: morning(MONDAY))
    monkeypatch.setattr(jobs, "remind", lambda **_: remind_on(MONDAY) and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.remind_of_terms(0)
    assert not Notice.objects.exists()

    monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: morning(MONDAY))
    jobs.remind_of_terms(0)

    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(overdue):
    ready = threading.Barrier(2)

    def run():
        try:
            ready.wait(timeout=10)
            remind_on(MONDAY)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Notice.objects.count() == 1


def test_a_term_that_nobody_could_be_told_of_is_told_as_soon_as_there_is_someone(overdue):
    contact = overdue.initiative.contact_person
    Role.objects.update(ends_on=date(2020, 1, 2))

    assert remind_on(MONDAY) == 0
    RoleFactory(user=contact, kind=Role.Kind.GUIDE, subregion=overdue.initiative.municipality.subregion)

    assert remind_on(TUESDAY) == 1
    assert told() == [contact.name]
