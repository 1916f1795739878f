"""Who weighed or answered goes on reading what was weighed, and nothing of what became of it since (R4, R8)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.outcome import return_to_exploring
from socialewifi.initiatives.actions.place import place_initiative
from socialewifi.initiatives.actions.road import withdraw_initiative
from socialewifi.initiatives.models import PLAN_FIELDS
from socialewifi.owners.actions.ownership import edit_plan
from socialewifi.people.tests.factories import NOON

DAY = timedelta(days=1)
LATER = ("Latere naam", "Later idee", "Later nodig", "Zandstad", "Latere reden")


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 4 * DAY)


@pytest.fixture
def asked(weighing, initiative, trigger):
    return weighing.open(initiative, triggers=[trigger], question="Mag het?")


def page(user, name, *args, method="get"):
    client = Client()
    client.force_login(user)
    return getattr(client, method)(reverse(name, args=args)).content.decode()


def read(*pages):
    return {word for found in pages for word in LATER if word in found}


def edit(initiative, resident, *, at):
    initiative.refresh_from_db()
    told = {"title": "Latere naam", "idea": "Later idee", "needs": "Later nodig"}
    plan = {name: getattr(initiative, name) for name in PLAN_FIELDS} | told
    last = initiative.plan_versions.order_by("number").last().number
    edit_plan(initiative=initiative, plan=plan, based_on=last, by=resident, at=at)


def move(initiative, elsewhere, guide, *, at):
    place_initiative(initiative=initiative, municipality=elsewhere, neighbourhood=None, words="", by=guide, at=at)


def of_ambassador(user, question):
    return (
        page(user, "ambassador-question", question.pk),
        page(user, "ambassador-list"),
        page(user, "ambassador-answer", question.pk),
        page(user, "ambassador-answer", question.pk, method="post"),
    )


def of_member(user, seat):
    return page(user, "panel-seat", seat.pk), page(user, "panel-given"), page(user, "panel-recuse", seat.pk)


@pytest.fixture
def concluded(asked, weighing, ambassador):
    weighing.score(asked)
    weighing.advise(asked)
    answer_ambassador(question=asked.questions.get(), answer="agree", by=ambassador, at=NOON + DAY)
    weighing.conclude(asked)
    return asked


def test_after_the_outcome_they_read_the_plan_of_then(concluded, initiative, resident, ambassador, panel_member):
    edit(initiative, resident, at=NOON + 3 * DAY)

    seen = (*of_ambassador(ambassador, concluded.questions.get()), *of_member(panel_member, concluded.seats.first()))

    assert read(*seen) == set()
    assert all("Moestuin de Groene Hoek" in one for one in seen)


def test_what_moved_and_stopped_since_tells_them_nothing(
    concluded, initiative, resident, guide, ambassador, panel_member, other_municipality
):
    move(initiative, other_municipality, guide, at=NOON + 3 * DAY)
    edit(initiative, resident, at=NOON + 3 * DAY)
    withdraw_initiative(initiative=initiative, reason="Latere reden", by=resident, at=NOON + 3 * DAY)

    seen = (*of_ambassador(ambassador, concluded.questions.get()), *of_member(panel_member, concluded.seats.first()))

    assert read(*seen) == set()


def test_a_municipality_that_it_left_during_the_weighing_reads_nothing_of_it_since(
    asked, initiative, resident, guide, ambassador, other_municipality
):
    question = asked.questions.get()
    move(initiative, other_municipality, guide, at=NOON + DAY)
    edit(initiative, resident, at=NOON + 2 * DAY)

    seen = of_ambassador(ambassador, question)

    assert read(*seen) == set()
    assert guide.name not in seen[0]


@pytest.mark.parametrize("how", ["concluded", "returned"])
def test_a_member_who_gave_no_advice_reads_no_plan_once_it_ended(
    asked, weighing, initiative, resident, coordinator, ambassador, panel_members, how
):
    silent = panel_members[2]
    if how == "returned":
        return_to_exploring(assessment=asked, reason="Eerst bellen.", by=coordinator, at=NOON + DAY)
    else:
        weighing.score(asked)
        weighing.advise(asked, *panel_members[:2])
        answer_ambassador(question=asked.questions.get(), answer="agree", by=ambassador, at=NOON + DAY)
        weighing.conclude(asked, below_quorum_because="De derde is ziek.", at=asked.panel_closes_at + DAY)
    edit(initiative, resident, at=NOON + 60 * DAY)

    shown = page(silent, "panel-seat", asked.seats.get(member=silent).pk)

    assert "Hier is geen advies meer nodig." in shown
    assert read(shown) == set()
    assert initiative.idea not in shown
