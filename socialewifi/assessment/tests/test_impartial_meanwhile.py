"""Whose idea it turns out to be while it is weighed: what they said, what they are offered, and who hears (R5)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.advice import write_advice_for
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.outcome import return_to_exploring
from socialewifi.assessment.actions.written import object_to_advice
from socialewifi.assessment.models import (
    Assessment,
    PanelSeat,
)
from socialewifi.assessment.tests.test_impartial import (
    _at_noon,
    each_place,
    each_way,
    fresh,
    invited,
    involved,
    owns,
    told_with,
)
from socialewifi.core.models import Notice
from socialewifi.initiatives.impartial import is_impartial, who_is_partial
from socialewifi.initiatives.models import Initiative
from socialewifi.people.tests.factories import NOON, UserFactory

__all__ = ["_at_noon"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@each_way
@each_place
def test_whoever_is_written_for_objects_whatever_they_are_asked_meanwhile(
    client, assessment, initiative, panel_member, coordinator, may_be_theirs, where
):
    seat = assessment.seats.get(member=panel_member)
    write_advice_for(seat=seat, choice="do", reason="Nooit gezegd.", by=coordinator, at=NOON)
    may_be_theirs(where(initiative), panel_member)
    if rules.can_still_object(panel_member, PanelSeat.objects.get(pk=seat.pk)):
        object_to_advice(seat=PanelSeat.objects.get(pk=seat.pk), words="Niet van mij.", by=panel_member, at=NOON)

    assert PanelSeat.objects.advised().filter(assessment=assessment).count() == 0


@each_way
@each_place
def test_an_ambassador_who_cannot_answer_any_more_is_a_gap_that_the_coordinator_sees(
    client, weighing, initiative, trigger, ambassador, coordinator, may_be_theirs, where
):
    weighed = weighing.open(initiative, triggers=[trigger])
    assert not queries.progress_of(weighed, NOON).has_gap
    may_be_theirs(where(initiative), ambassador)

    assert queries.progress_of(weighed, NOON).has_gap
    assert any(line.deed == "Gemeente bellen" for line in queries.due_for(coordinator, NOON))
    client.force_login(ambassador)
    page = client.get(reverse("ambassador-question", args=[weighed.questions.get().pk]))
    assert page.status_code == 404 or "Jij antwoordt hier nu niet" in page.content.decode()


@each_way
@each_place
def test_the_page_of_today_offers_no_outcome_to_who_may_not_set_it(
    client, weighing, assessment, initiative, coordinator, may_be_theirs, where
):
    weighing.score(assessment)
    weighing.advise(assessment)
    may_be_theirs(where(initiative), coordinator)

    deeds = [line.deed for line in queries.due_for(coordinator, NOON + 2 * DAY)]

    assert "Uitkomst bepalen" not in deeds
    # Who stepped aside does not see it any more.
    sees_it = Initiative.objects.visible_to(coordinator).filter(pk=initiative.pk).exists()
    assert deeds == (["Uitkomst vragen aan een ander"] if sees_it else [])


@each_way
@each_place
def test_who_may_own_it_scores_nothing_and_reads_no_advice_after_the_outcome(
    weighing, assessment, initiative, guide, may_be_theirs, where
):
    weighing.score(assessment)
    weighing.advise(assessment)
    may_be_theirs(where(initiative), guide)

    assert not rules.can_note_criteria(guide, fresh(assessment))
    weighing.conclude(assessment)
    assert not rules.can_read_advices(guide, fresh(assessment))


@each_way
@each_place
def test_one_person_is_judged_in_a_list_as_by_themselves(initiative, panel_member, ambassador, may_be_theirs, where):
    may_be_theirs(where(initiative), panel_member)

    found = who_is_partial([initiative.pk])

    for person in (panel_member, ambassador):
        assert (person.pk in found[initiative.pk]) is not is_impartial(person, initiative)


@pytest.mark.parametrize(("may_be_theirs", "counts"), [(told_with, 2), (invited, 3), (involved, 2), (owns, 2)])
@each_place
def test_an_advice_of_whose_it_turns_out_to_be_counts_no_longer_but_nobody_is_invited_out_of_it(
    weighing, assessment, initiative, panel_member, may_be_theirs, counts, where
):
    weighing.advise(assessment)
    may_be_theirs(where(initiative), panel_member)

    assert PanelSeat.objects.advised().filter(assessment=assessment).count() == counts
    decided = {"reason": "Goed.", "concluded_at": NOON + 8 * DAY, "below_quorum_because": "Zo is het."}
    decided["concluded_by"] = UserFactory(roles=["regional_coordinator"])
    with pytest.raises(DatabaseError, match="R2"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(outcome="support", advice_count=counts - 1, **decided)
    Assessment.objects.filter(pk=assessment.pk).update(outcome="support", advice_count=counts, **decided)


def test_a_reminder_of_what_ended_meanwhile_breaks_nothing(assessment, coordinator):
    seat = assessment.seats.first()
    return_to_exploring(assessment=assessment, reason="Eerst bellen.", by=coordinator, at=NOON)

    PanelSeat.objects.filter(pk=seat.pk).update(reminded_at=NOON)


def test_coordinators_hear_that_the_municipality_wants_to_talk_first(
    weighing, initiative, trigger, ambassador, coordinator
):
    question = weighing.open(initiative, triggers=[trigger]).questions.get()

    answer_ambassador(question=question, answer="talk_first", words="Er loopt een plan.", by=ambassador, at=NOON)

    assert any("Lees wat zij vraagt" in one.words for one in Notice.objects.filter(user=coordinator))
