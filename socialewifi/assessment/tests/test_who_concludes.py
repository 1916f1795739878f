"""Who wrote down what residents advise does not decide on it alone: rule, list and database say the same (R2, R15)."""

import pytest
from django.db import DatabaseError, transaction

from socialewifi.assessment import rules
from socialewifi.assessment.actions.advice import write_advice_for
from socialewifi.assessment.actions.outcome import OutcomeByAnother
from socialewifi.assessment.actions.written import object_to_advice
from socialewifi.assessment.models import Assessment
from socialewifi.assessment.rules import can_conclude
from socialewifi.assessment.tests.conftest import DAY, HOUR
from socialewifi.core.errors import NotAllowed
from socialewifi.core.tests.rewriting import rewriting
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, UserFactory

REASON = "Het past goed bij ons dorp."


@pytest.fixture
def second(subregion):
    return UserFactory(name="Dina Tweede", roles=["coordinator"], roles__subregion=subregion)


def write(assessment, member, by, at=NOON + HOUR):
    seat = assessment.seats.get(member=member)
    write_advice_for(seat=seat, choice="do", reason=REASON, by=by, at=at)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
@pytest.mark.parametrize("own", [0, 1, 2])
@pytest.mark.parametrize("objected", [0, 1, 2])
def test_the_list_the_rule_and_the_database_say_the_same_of_who_sets_the_outcome(
    assessment, weighing, panel_members, coordinator, second, count, own, objected
):
    """The first ``count`` were written down, of which the first ``objected`` do not count; the next gave their own."""
    for member in panel_members[:count]:
        write(assessment, member, coordinator)
    for member in panel_members[:count][:objected]:
        object_to_advice(seat=assessment.seats.get(member=member), by=member, at=NOON + HOUR)
    for member in panel_members[count:][:own]:
        weighing.advise(assessment, member)
    counting = max(count - objected, 0)
    others = len(panel_members[count:][:own])

    for one, wrote in ((coordinator, counting), (second, 0)):
        is_allowed = wrote == 0 or (wrote == 1 and others > 0)
        assert (assessment.pk not in rules.left_to_another(one, [assessment])) is is_allowed
        assert can_conclude(one, assessment) is is_allowed
        if counting + others:
            assert database_accepts(assessment, one) is is_allowed


def database_accepts(assessment, by):
    """Tell whether the database takes an outcome below the quorum by this person, and take it back."""
    outcome = {"outcome": "support", "reason": "Ja.", "below_quorum_because": "Geen tijd.", "concluded_by": by}
    counted = {"advice_count": assessment.seats.advised().count(), "concluded_at": NOON + 9 * DAY}
    with transaction.atomic():
        try:
            with transaction.atomic():
                Assessment.objects.filter(pk=assessment.pk).update(**outcome, **counted)
        except DatabaseError as error:
            if "sets no outcome" not in str(error):
                raise
            return False
        transaction.set_rollback(True)
    return True


def test_who_wrote_the_only_advice_that_counts_sets_no_outcome_below_the_quorum(
    assessment, weighing, panel_members, coordinator, second
):
    weighing.score(assessment)
    write(assessment, panel_members[0], second)
    object_to_advice(seat=assessment.seats.get(member=panel_members[0]), by=panel_members[0], at=NOON + HOUR)
    write(assessment, panel_members[1], coordinator)

    with pytest.raises(OutcomeByAnother):
        weighing.conclude(assessment, below_quorum_because="Geen tijd.", at=NOON + 9 * DAY)


def test_who_wrote_down_that_a_member_objects_sets_no_outcome(assessment, weighing, panel_members, coordinator, second):
    """Else one person swaps an advice of who has no e-mail, and decides on it."""
    with rewriting():
        User.objects.filter(pk=panel_members[0].pk).update(email=None, phone="06 11 22 33 44")
    write(assessment, panel_members[0], second)
    for member in panel_members[1:]:
        weighing.advise(assessment, member)
    object_to_advice(seat=assessment.seats.get(member=panel_members[0]), by=coordinator, at=NOON + HOUR)

    assert not can_conclude(coordinator, assessment)
    assert not database_accepts(assessment, coordinator)
    assert can_conclude(second, assessment)


def test_who_wrote_an_advice_writes_down_no_objection_to_it(assessment, panel_members, coordinator):
    with rewriting():
        User.objects.filter(pk=panel_members[0].pk).update(email=None, phone="06 11 22 33 44")
    write(assessment, panel_members[0], coordinator)

    with pytest.raises(NotAllowed):
        object_to_advice(seat=assessment.seats.get(member=panel_members[0]), by=coordinator, at=NOON + HOUR)
