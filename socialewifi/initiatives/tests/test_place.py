import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.place import ElsewhereNeighbourhood, place_initiative
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.factories import InitiativeFactory
from socialewifi.people.tests.factories import NOON
from socialewifi.places.tests.factories import NeighbourhoodFactory


def test_words_become_a_neighbourhood(texts, guide, municipality):
    initiative = InitiativeFactory(without_place=True, place_words="achter de kerk")
    dyke = NeighbourhoodFactory(municipality=municipality, name="Dijkbuurt")

    place_initiative(
        initiative=initiative, municipality=municipality, neighbourhood=dyke, words="achter de kerk", by=guide, at=NOON
    )

    initiative.refresh_from_db()
    assert initiative.place == "Dijkbuurt, Waterdorp"


def test_a_neighbourhood_lies_in_its_own_municipality(explored, guide, municipality):
    with pytest.raises(ElsewhereNeighbourhood, match="ligt niet in Waterdorp"):
        place_initiative(
            initiative=explored,
            municipality=municipality,
            neighbourhood=NeighbourhoodFactory(),
            words="",
            by=guide,
            at=NOON,
        )


def test_a_guide_does_not_move_what_is_elsewhere(explored, other_guide, other_municipality):
    with pytest.raises(NotAllowed):
        place_initiative(
            initiative=explored, municipality=other_municipality, neighbourhood=None, words="", by=other_guide, at=NOON
        )


def test_after_a_move_the_contact_stays_until_someone_there_takes_over(
    explored, guide, other_guide, other_municipality
):
    place_initiative(
        initiative=explored, municipality=other_municipality, neighbourhood=None, words="", by=guide, at=NOON
    )

    explored.refresh_from_db()
    assert rules.can_offer_handover(guide, explored)
    assert rules.can_receive_handover(other_guide, explored)
    assert explored in Initiative.objects.visible_to(guide)
    assert explored in Initiative.objects.visible_to(other_guide)
