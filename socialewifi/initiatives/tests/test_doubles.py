import pytest

from socialewifi.initiatives.queries.doubles import Told, find_joinable, possible_doubles
from socialewifi.initiatives.tests.factories import InitiativeFactory, InterestFactory
from socialewifi.places.tests.factories import MunicipalityFactory


@pytest.fixture
def garden(municipality):
    return InitiativeFactory(title="Moestuin achter de kerk", idea="Samen groente kweken.", municipality=municipality)


def doubles(user, title, idea="", municipality=None):
    return possible_doubles(Told(title, idea, municipality), user=user)


@pytest.mark.parametrize("title", ["Moestuin achter de kerk", "moestuin bij de kerk", "Moestuintje achter kerk"])
def test_a_title_that_looks_like_it_is_found(garden, guide, municipality, title):
    assert doubles(guide, title, municipality=municipality) == [garden]


def test_a_text_that_says_the_same_is_found(garden, guide, municipality):
    assert doubles(guide, "Groente kweken", "Samen groente kweken.", municipality) == [garden]


def test_something_else_is_not_found(garden, guide, municipality):
    assert doubles(guide, "Fietsles voor vrouwen", "Leren fietsen.", municipality) == []


def test_the_same_title_in_another_municipality_is_another_initiative(garden, guide, subregion):
    elsewhere = MunicipalityFactory(subregion=subregion)

    assert doubles(guide, garden.title, municipality=elsewhere) == []


def test_what_has_no_place_yet_may_be_the_same(guide, municipality):
    somewhere = InitiativeFactory(title="Moestuin achter de kerk", without_place=True)

    assert doubles(guide, "Moestuin achter de kerk", municipality=municipality) == [somewhere]


def test_only_what_this_person_may_see_is_found(garden, guide, other_guide, stranger, municipality):
    assert doubles(other_guide, garden.title, municipality=municipality) == []
    assert doubles(stranger, garden.title, municipality=municipality) == []

    InterestFactory(user=guide, initiative=garden)
    assert doubles(guide, garden.title, municipality=municipality) == []


def test_what_looks_most_like_it_comes_first(garden, guide, municipality):
    exactly = InitiativeFactory(title="Moestuin bij de school", municipality=municipality)

    assert doubles(guide, "Moestuin bij de school", municipality=municipality)[0] == exactly


@pytest.mark.parametrize("title", ["", "!!!", "a", "🌱🌱", "' OR 1=1 --", "de het een", "كلمة"])
def test_odd_titles_are_compared_too(garden, guide, municipality, title):
    assert doubles(guide, title, municipality=municipality) == []


def test_looking_for_doubles_is_one_question(garden, guide, municipality, django_assert_num_queries):
    assert guide.current_roles

    with django_assert_num_queries(1):
        doubles(guide, "Moestuin", "Groente", municipality)


def test_two_with_the_same_name_are_both_found_so_that_someone_chooses(garden, guide, municipality):
    one, other = InitiativeFactory.create_batch(2, title="Tuin", municipality=municipality)

    assert set(find_joinable("tuin", initiative=garden, by=guide)) == {one, other}
    assert find_joinable(f"/werk/initiatieven/{one.key}/", initiative=garden, by=guide) == [one]
    assert find_joinable(garden.key, initiative=garden, by=guide) == []
