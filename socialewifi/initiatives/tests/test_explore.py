import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event
from socialewifi.initiatives.actions.explore import classify_initiative, record_exploration
from socialewifi.initiatives.models import Step
from socialewifi.initiatives.tests.factories import (
    InitiativeFactory,
    KindFactory,
    SupportKindFactory,
    TargetGroupFactory,
    ThemeFactory,
)
from socialewifi.people.tests.factories import NOON

ANSWERS = {
    "what_it_is": "Een tuin.",
    "question": "Mag het veld?",
    "asked_where": "Bij de gemeente.",
    "what_exists": "Een schuur.",
    "fitting_support_words": "",
}


def test_an_exploration_may_be_filled_in_bit_by_bit(explored, guide):
    record_exploration(initiative=explored, **ANSWERS, fitting_support=[], by=guide, at=NOON)
    assert not explored.exploration.is_complete

    whole = {**ANSWERS, "fitting_support_words": "Meedenken."}
    exploration = record_exploration(
        initiative=explored, **whole, fitting_support=[SupportKindFactory()], by=guide, at=NOON
    )

    assert exploration.is_complete
    assert exploration.fitting_support.count() == 1
    assert Event.objects.about(explored).count() == 2


@pytest.mark.parametrize(
    ("step", "allowed"),
    [(Step.REPORTED, False), (Step.EXPLORING, True), (Step.ASSESSING, True), (Step.SUPPORTING, False)],
)
def test_exploring_belongs_to_its_steps(municipality, guide, step, allowed):
    initiative = InitiativeFactory(municipality=municipality, contact_person=guide, step=step, weighed_at=NOON)
    fields = {**ANSWERS, "fitting_support": [], "by": guide, "at": NOON}

    if allowed:
        record_exploration(initiative=initiative, **fields)
    else:
        with pytest.raises(NotAllowed):
            record_exploration(initiative=initiative, **fields)


def test_kind_themes_and_target_groups_are_chosen_from_the_words_of_the_region(explored, guide):
    classify_initiative(
        initiative=explored,
        kind=KindFactory(code="zelfregiegroep"),
        themes=[ThemeFactory()],
        target_groups=[TargetGroupFactory()],
        by=guide,
        at=NOON,
    )

    explored.refresh_from_db()
    assert explored.kind.code == "zelfregiegroep"
    assert explored.themes.count() == explored.target_groups.count() == 1
