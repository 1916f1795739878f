"""Whose own it may be judges nothing of it, and whoever judged or answered decides nothing (R2, R3, R5, R8, R15)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.advice import give_advice
from socialewifi.assessment.actions.locking import StandsStill
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.outcome import OutcomeByAnother, return_to_exploring
from socialewifi.assessment.models import Assessment, PanelSeat
from socialewifi.core import clock
from socialewifi.core.errors import NotAllowed
from socialewifi.core.tests.factories import write_texts
from socialewifi.initiatives.actions.doubles import propose_join, write_join_answer
from socialewifi.initiatives.actions.place import place_initiative
from socialewifi.initiatives.models import Initiative, Interest
from socialewifi.initiatives.tests.factories import (
    InitiativeFactory,
    InitiatorFactory,
    InvitationFactory,
    PauseFactory,
    join,
)
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory

DAY = timedelta(days=1)


@pytest.fixture
def unclaimed(initiative, panel_member):
    """Told with the address of a panel member, who did not say whether it is theirs."""
    return InitiatorFactory(initiative=initiative, offline=True, email=panel_member.email)


def candidates(initiative):
    return set(queries.panel_candidates(initiative, timezone.localdate(NOON)))


def test_whose_own_mailbox_is_asked_is_not_offered_for_the_panel(initiative, unclaimed, panel_member):
    assert panel_member not in candidates(initiative)


def test_who_is_asked_to_take_part_is_not_offered_for_the_panel(initiative, panel_member):
    InvitationFactory(initiative=initiative, email=panel_member.email, expires_at=clock.now() + DAY)

    assert panel_member not in candidates(initiative)


def test_who_is_asked_whether_it_is_theirs_says_so_before_they_advise(
    client, assessment, initiative, panel_member, monkeypatch
):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON)
    InitiatorFactory(initiative=initiative, offline=True, email=panel_member.email)
    seat = assessment.seats.get(member=panel_member)
    client.force_login(panel_member)

    assert client.get(reverse("panel-seat", args=[seat.pk])).headers["Location"] == reverse(
        "mine-claim", args=[initiative.key]
    )
    with pytest.raises(NotAllowed):
        give_advice(seat=seat, choice="do", reason="Mooi plan, vind ik.", by=panel_member, at=NOON)


def test_who_is_asked_whether_it_is_theirs_sets_no_outcome(weighing, assessment, initiative, coordinator):
    InitiatorFactory(initiative=initiative, offline=True, email=coordinator.email)
    weighing.score(assessment)
    weighing.advise(assessment)

    with pytest.raises(OutcomeByAnother):
        weighing.conclude(assessment)


def test_who_answered_for_the_municipality_sets_no_outcome_in_another_role(
    weighing, initiative, trigger, ambassador, subregion
):
    weighed = weighing.open(initiative, triggers=[trigger])
    weighing.score(weighed)
    weighing.advise(weighed)
    answer_ambassador(question=weighed.questions.get(), answer="agree", by=ambassador, at=NOON + DAY)
    RoleFactory(user=ambassador, kind="coordinator", subregion=subregion)
    ambassador.forget_rights()

    with pytest.raises(OutcomeByAnother):
        weighing.conclude(weighed, by=ambassador)
    decided = {"reason": "Goed.", "advice_count": 3, "concluded_at": NOON + 2 * DAY, "concluded_by": ambassador}
    with pytest.raises(DatabaseError, match="who answered"), transaction.atomic():
        Assessment.objects.filter(pk=weighed.pk).update(outcome="support", **decided)


def test_who_advised_in_an_earlier_weighing_sets_no_outcome(
    weighing, assessment, initiative, coordinator, panel_member, subregion
):
    weighing.advise(assessment, panel_member, at=NOON)
    return_to_exploring(assessment=assessment, reason="Eerst bellen.", by=coordinator, at=NOON)
    initiative.refresh_from_db()
    others = [UserFactory(roles=["panel_member"]) for _n in range(3)]
    second = weighing.open(initiative, members=others)
    RoleFactory(user=panel_member, kind="coordinator", subregion=subregion)
    panel_member.forget_rights()

    assert not rules.can_conclude(panel_member, second)


@pytest.mark.usefixtures("texts")
def test_nothing_is_weighed_or_decided_while_it_stands_still(weighing, assessment, initiative, coordinator):
    weighing.score(assessment)
    weighing.advise(assessment)
    pause = PauseFactory(initiative=initiative)
    with pytest.raises(StandsStill):
        weighing.conclude(assessment)
    return_to_exploring(assessment=assessment, reason="Eerst bellen.", by=coordinator, at=NOON + DAY)
    initiative.refresh_from_db()

    with pytest.raises(StandsStill):
        weighing.open(initiative)
    assert pause.ended_at is None


def test_whoever_advised_is_not_put_aside_by_a_change_of_rows(weighing, assessment, panel_member):
    weighing.advise(assessment, panel_member)

    with pytest.raises(DatabaseError, match="goes on counting"), transaction.atomic():
        PanelSeat.objects.filter(member=panel_member).update(recused_at=NOON + DAY)


def test_advice_of_an_earlier_weighing_stays_beside_the_outcome(
    weighing, assessment, initiative, coordinator, resident, monkeypatch
):
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 5 * DAY)
    weighing.advise(assessment, choice="doubt", reason="Er is te weinig plek.", at=NOON)
    return_to_exploring(assessment=assessment, reason="Eerst bellen.", by=coordinator, at=NOON)
    initiative.refresh_from_db()
    others = [UserFactory(roles=["panel_member"]) for _n in range(3)]
    second = weighing.open(initiative, members=others)
    weighing.score(second)
    weighing.advise(second, *others)
    weighing.conclude(second)

    for user, page in ((resident, "mine-initiative"), (coordinator, "weigh-detail")):
        client = Client()
        client.force_login(user)
        assert "Er is te weinig plek." in client.get(reverse(page, args=[initiative.key])).content.decode()


def test_an_answer_of_the_municipality_stays_when_the_idea_moves_away_and_back(
    weighing, initiative, trigger, ambassador, guide, municipality, other_municipality
):
    weighed = weighing.open(initiative, triggers=[trigger])
    answer_ambassador(
        question=weighed.questions.get(), answer="conditions", words="Liever niet.", by=ambassador, at=NOON
    )
    for there in (other_municipality, municipality):
        initiative.refresh_from_db()
        place_initiative(initiative=initiative, municipality=there, neighbourhood=None, words="", by=guide, at=NOON)

    assert queries.told_municipality(weighed).words == "Liever niet."


class TestTwoIdeasThatGoOnTogether:
    """Of which one is owned by a guide who works there."""

    @pytest.fixture
    def owner(self, subregion):
        return UserFactory(name="Gert Gids", roles=["guide"], roles__subregion=subregion)

    @pytest.fixture
    def pair(self, municipality, guide, owner, agreements):
        write_texts()
        common = {"exploring": True, "municipality": municipality, "contact_person": guide}
        return (
            InitiativeFactory(title="Van Anna", owners=[UserFactory(name="Anna")], **common),
            InitiativeFactory(title="Van Gert", owners=[owner], **common),
        )

    def test_the_owner_of_either_is_left_out_of_the_other(self, pair, owner, coordinator):
        resting, going_on = pair
        join(resting, going_on, by=coordinator)

        assert not Initiative.objects.visible_to(owner).filter(pk__in=[resting.pk, going_on.pk]).exists()

    def test_who_owns_one_writes_down_no_answer_for_the_other(self, pair, owner, coordinator):
        anna, gert = pair
        propose_join(initiative=anna, into=gert, by=coordinator, at=NOON)

        for agrees in (True, False):
            with pytest.raises(NotAllowed):
                write_join_answer(initiator=anna.initiators.get(), agrees=agrees, through="phone", by=owner, at=NOON)

    def test_who_is_involved_in_what_rests_in_it_weighs_it_not(self, pair, coordinator, panel_member):
        resting, going_on = pair
        Interest.objects.create(user=panel_member, initiative=resting, relation="family", declared_at=NOON)
        join(resting, going_on, by=coordinator)

        assert panel_member not in candidates(going_on)
