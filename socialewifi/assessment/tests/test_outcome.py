"""R2 and the outcome: residents weigh everything, and every no names the next door."""

from datetime import timedelta
from decimal import Decimal

import pytest

from socialewifi.assessment import queries
from socialewifi.assessment.actions.locking import AssessmentClosed
from socialewifi.assessment.actions.outcome import (
    CriteriaMissing,
    KnockedOut,
    NextDoorMissing,
    PanelNotReady,
    PartsDoNotFit,
    ReasonMissing,
    return_to_exploring,
)
from socialewifi.assessment.models import PanelAdvice
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.models import Step, Task
from socialewifi.initiatives.tests.factories import InitiatorFactory, InterestFactory
from socialewifi.people.tests.factories import NOON, OrganisationFactory, UserFactory

DAY = timedelta(days=1)
LATE = NOON + 8 * DAY


@pytest.fixture
def ready(weighing, assessment):
    """Everything for an outcome is there."""
    weighing.score(assessment)
    weighing.advise(assessment)
    return assessment


def test_an_outcome_takes_the_initiative_on(weighing, ready, initiative):
    weighing.conclude(ready)

    initiative.refresh_from_db()
    assert initiative.step == Step.SUPPORTING
    assert initiative.weighed_at == NOON + 2 * DAY
    assert not initiative.deadlines.running().exists()


def test_no_outcome_before_the_quorum_is_reached(weighing, assessment, panel_members):
    weighing.score(assessment)
    weighing.advise(assessment, *panel_members[:2])

    with pytest.raises(PanelNotReady, match="het panel heeft nog tijd"):
        weighing.conclude(assessment, below_quorum_because="Het is zo duidelijk.")


def test_a_late_panel_needs_a_reason_to_go_on(weighing, assessment, panel_members):
    weighing.score(assessment)
    weighing.advise(assessment, panel_members[0])

    with pytest.raises(PanelNotReady, match="Schrijf waarom"):
        weighing.conclude(assessment, at=LATE)
    assert weighing.conclude(assessment, at=LATE, below_quorum_because="De rest is met vakantie.").advice_count == 1


def test_no_outcome_without_any_advice_of_residents(weighing, assessment):
    weighing.score(assessment)

    with pytest.raises(PanelNotReady, match="nog geen advies"):
        weighing.conclude(assessment, at=LATE, below_quorum_because="Niemand kon.")


def test_advice_of_who_became_involved_does_not_make_the_quorum(weighing, ready, panel_member, initiative):
    InterestFactory(user=panel_member, initiative=initiative)

    with pytest.raises(PanelNotReady):
        weighing.conclude(ready)


def test_every_criterion_is_looked_at_first(weighing, assessment, knock_out):
    weighing.advise(assessment)
    weighing.score(assessment, criteria=[knock_out])

    with pytest.raises(CriteriaMissing, match="Inwoners dragen het"):
        weighing.conclude(assessment)


def test_structural_funding_is_never_supported(weighing, ready, knock_out):
    weighing.score(ready, answer="no", criteria=[knock_out])

    with pytest.raises(KnockedOut):
        weighing.conclude(ready)
    assert (
        weighing.conclude(ready, outcome="decline", parts=[], alternative="Vraag het de gemeente.").outcome == "decline"
    )


def test_a_no_names_the_next_door(weighing, ready, initiative):
    with pytest.raises(NextDoorMissing):
        weighing.conclude(ready, outcome="decline", parts=[])

    weighing.conclude(ready, outcome="decline", parts=[], alternative="Vraag het leefbaarheidsfonds.")
    initiative.refresh_from_db()
    assert initiative.step == Step.DECLINED
    assert initiative.ended_because == "De hele buurt doet mee."


def test_what_fits_better_elsewhere_goes_to_a_partner(weighing, ready, initiative):
    fund = OrganisationFactory(name="Leefbaarheidsfonds", kind="fund", is_next_door=True)

    with pytest.raises(NextDoorMissing):
        weighing.conclude(ready, outcome="redirect", parts=[])
    with pytest.raises(PartsDoNotFit):
        weighing.conclude(ready, outcome="redirect", parts=[], alternative="Een fonds.")
    part = weighing.part(kind="partner", support_kind=None, partner=fund)
    assert weighing.conclude(ready, outcome="redirect", parts=[part]).alternative == "Leefbaarheidsfonds"
    initiative.refresh_from_db()
    assert initiative.step == Step.REDIRECTED
    assert initiative.redirected_to == fund


def test_help_needs_at_least_one_part(weighing, ready):
    with pytest.raises(PartsDoNotFit):
        weighing.conclude(ready, parts=[])


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": " "},
        {"support_kind": None},
        {"kind": "gift", "support_kind": None},
        {"kind": "gift", "support_kind": None, "amount": Decimal("500.00")},
        {"kind": "gift", "support_kind": None, "amount": Decimal("-1.00"), "what": "Aarde"},
        {"kind": "partner", "support_kind": None},
        {"kind": "connector"},
    ],
)
def test_a_part_that_is_not_whole_is_refused(weighing, ready, fields):
    with pytest.raises(PartsDoNotFit):
        weighing.conclude(ready, parts=[weighing.part(**fields)])


def test_money_does_not_go_with_a_no(weighing, ready):
    gift = weighing.part(kind="gift", support_kind=None, amount=Decimal("500.00"), what="Aarde en zaden")

    with pytest.raises(PartsDoNotFit):
        weighing.conclude(ready, outcome="decline", parts=[gift], alternative="Een fonds.")


def test_an_outcome_has_a_reason(weighing, ready):
    with pytest.raises(ReasonMissing):
        weighing.conclude(ready, reason=" ")


def test_an_outcome_that_waited_for_an_advice_that_came_in_is_the_later_of_the_two(weighing, ready, panel_members):
    """Its moment was taken before its turn came."""
    given = PanelAdvice.objects.filter(seat__assessment=ready).order_by("given_at").last().given_at

    ended = weighing.conclude(ready, at=given - timedelta(seconds=1))

    assert ended.concluded_at == given


def test_there_is_one_outcome(weighing, ready):
    weighing.conclude(ready)

    with pytest.raises(AssessmentClosed):
        weighing.conclude(ready, outcome="decline", parts=[], alternative="Nergens.")


def test_the_letter_is_made_from_the_reasons_and_the_advices_without_names(weighing, assessment, panel_members):
    weighing.score(assessment)
    weighing.advise(assessment, panel_members[0], choice="doubt", reason="Te dicht bij de weg.")
    weighing.advise(assessment, *panel_members[1:])
    gift = weighing.part(
        kind="gift",
        support_kind=None,
        amount=Decimal("1850.00"),
        what="Aarde en zaden",
        reason="Dan kunnen jullie beginnen.",
    )
    weighing.conclude(assessment, parts=[weighing.part(), gift])

    paragraphs = [part for part in Message.objects.get(kind="outcome").body.split("\n\n") if part]
    assert paragraphs == [
        "We gaan samen aan de slag",
        "De hele buurt doet mee.",
        "- Meedenken: Dat helpt.\n- Geld (€ 1.850, Aarde en zaden): Dan kunnen jullie beginnen.",
        "- Doen: Mooi plan.\n- Doen: Mooi plan.\n- Ik twijfel: Te dicht bij de weg.",
    ]


def test_who_has_no_email_hears_the_same_outcome_on_the_phone(weighing, ready, initiative):
    InitiatorFactory(initiative=initiative, offline=True)

    weighing.conclude(ready)

    call = Task.objects.get(initiative=initiative)
    assert "We gaan samen aan de slag" in call.words


def test_the_initiators_read_the_outcome_in_their_timeline(weighing, ready, initiative):
    weighing.conclude(ready)

    event = Event.objects.about(initiative).get(kind="assessment.assessment.concluded")
    assert said(event) == "De uitkomst is er: We gaan samen aan de slag. De hele buurt doet mee."


def test_disagreement_stays_beside_the_outcome(weighing, assessment, panel_members, initiative):
    weighing.score(assessment)
    for member, choice in zip(panel_members, ["do", "do_with_tip", "doubt"], strict=True):
        weighing.advise(assessment, member, choice=choice, reason=f"Reden bij {choice}.")
    weighing.conclude(assessment)

    told = queries.outcome_for_initiators(initiative)
    assert [str(advice.choice) for advice in told.advices] == ["Doen", "Doen, met een tip", "Ik twijfel"]


def test_something_to_find_out_first_takes_it_back_and_tells_why(weighing, assessment, initiative, coordinator):
    return_to_exploring(assessment=assessment, reason="Mag het veld wel?", by=coordinator, at=NOON + DAY)

    initiative.refresh_from_db()
    assert initiative.step == Step.EXPLORING
    assert Message.objects.get(kind="weighing-returned").body == "Mag het veld wel?"
    assert queries.outcome_for_initiators(initiative) is None
    assert weighing.open(initiative).is_open


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("coordinator", True),
        ("regional_coordinator", True),
        ("guide", False),
        ("other_guide", False),
        ("panel_member", False),
        ("ambassador", False),
        ("treasurer", False),
        ("steering_member", False),
        ("administrator", False),
        ("resident", False),
    ],
)
def test_who_may_set_the_outcome_or_send_it_back(request, weighing, ready, who, allowed):
    by = request.getfixturevalue(who)

    if allowed:
        assert weighing.conclude(ready, by=by).outcome == "support"
    else:
        with pytest.raises(NotAllowed):
            weighing.conclude(ready, by=by)
        with pytest.raises(NotAllowed):
            return_to_exploring(assessment=ready, reason="Nog iets.", by=by, at=NOON + DAY)


def test_the_coordinator_of_another_subregion_sets_no_outcome(weighing, ready, other_subregion):
    other = UserFactory(roles=["coordinator"], roles__subregion=other_subregion)

    with pytest.raises(NotAllowed):
        weighing.conclude(ready, by=other)


@pytest.mark.parametrize(
    ("who", "allowed"), [("coordinator", True), ("guide", True), ("other_guide", False), ("panel_member", False)]
)
def test_who_may_note_what_was_found_on_a_criterion(request, weighing, assessment, who, allowed):
    weighing.guide = request.getfixturevalue(who)

    if allowed:
        weighing.score(assessment)
        assert not queries.criteria_to_score(assessment)
    else:
        with pytest.raises(NotAllowed):
            weighing.score(assessment)
