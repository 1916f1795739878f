"""Nobody's time runs out while an initiative stands still: of the panel and the municipality neither (R2, R3)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from socialewifi.assessment.actions.outcome import MunicipalityCanAnswer, PanelNotReady
from socialewifi.assessment.models import AmbassadorQuestion, Assessment
from socialewifi.initiatives.actions.road import pause_initiative, resume_initiative
from socialewifi.people.tests.factories import NOON

DAY = timedelta(days=1)


@pytest.fixture
def asked(weighing, initiative, trigger):
    return weighing.open(initiative, triggers=[trigger])


def stand_still(initiative, guide, *, days):
    pause_initiative(initiative=initiative, reason="Vakantie.", by=guide, at=NOON + timedelta(minutes=10))
    resume_initiative(initiative=initiative, by=guide, at=NOON + days * DAY)


def test_the_panel_has_as_much_time_as_was_promised(weighing, asked, initiative, guide, panel_members):
    closes = asked.panel_closes_at
    stand_still(initiative, guide, days=10)

    asked.refresh_from_db()
    assert asked.panel_closes_at == closes + 10 * DAY - timedelta(minutes=10)
    weighing.score(asked)
    weighing.advise(asked, panel_members[0], at=NOON + 10 * DAY)
    with pytest.raises(PanelNotReady):
        weighing.conclude(asked, below_quorum_because="Te weinig.", at=NOON + 10 * DAY + timedelta(minutes=1))


def test_the_municipality_has_as_many_working_days(weighing, asked, initiative, guide):
    due = asked.questions.current().get().due_on
    stand_still(initiative, guide, days=14)

    question = asked.questions.current().get()
    assert (question.due_on - due).days == 14
    weighing.score(asked)
    weighing.advise(asked, at=NOON + 14 * DAY)
    with pytest.raises(MunicipalityCanAnswer):
        weighing.conclude(asked, at=NOON + 14 * DAY + timedelta(minutes=1))


def test_both_are_reminded_anew_before_their_time_is_over(asked, initiative, guide):
    asked.seats.update(reminded_at=NOON)
    asked.questions.update(reminded_at=NOON)

    stand_still(initiative, guide, days=7)

    assert not asked.seats.exclude(reminded_at=None).exists()
    assert asked.questions.get().reminded_at is None


def test_what_was_over_before_it_began_stays_over(weighing, asked, initiative, guide):
    closes, later = asked.panel_closes_at, asked.panel_closes_at + 30 * DAY
    due = asked.questions.get().due_on

    pause_initiative(initiative=initiative, reason="Vakantie.", by=guide, at=later)
    resume_initiative(initiative=initiative, by=guide, at=later + 5 * DAY)

    asked.refresh_from_db()
    assert (asked.panel_closes_at, asked.questions.get().due_on) == (closes, due)


@pytest.mark.django_db
def test_no_time_is_taken_away_by_any_way(asked):
    for sooner in (
        lambda: Assessment.objects.update(panel_closes_at=NOON + 2 * DAY),
        lambda: AmbassadorQuestion.objects.update(due_on=date(2026, 6, 11)),
    ):
        with pytest.raises(DatabaseError, match="only comes later"), transaction.atomic():
            sooner()
