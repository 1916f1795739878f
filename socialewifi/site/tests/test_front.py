import re

import pytest
from django.urls import reverse

from socialewifi.initiatives.tests.factories import EffectStoryFactory, InitiativeFactory
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.models import SubRegion

PAGES = ["home", "how-it-works", "find-us", "privacy", "accessibility"]


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_without_a_region_and_without_numbers(client, db, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_everything_on_a_page_comes_from_the_region(client, mini_region, name):
    page = words(client.get(reverse(name)))

    assert "Het Veerhuis" in page
    assert "Vrijwillige Energie" not in page
    assert "Limburg" not in page


def test_the_first_question_is_on_the_home_page(client, mini_region):
    page = client.get("/").content.decode()

    assert f'<form method="post" action="{reverse("report-start")}"' in page
    assert 'name="idea"' in page


def test_the_promise_on_the_home_page_is_the_number_of_the_region(client, mini_region):
    assert "Binnen 2 werkdagen. Die persoon blijft bij je." in words(client.get("/"))


def test_home_shows_what_happens_what_it_brought_and_where(client, mini_region, django_assert_max_num_queries):
    place = SubRegion.objects.get(code="noordereiland").municipalities.get()
    for number in range(6):
        InitiativeFactory(title=f"Tuin {number}", published=True, municipality=place)
    EffectStoryFactory.create_batch(4, published=True)
    client.get("/")  # the numbers on the map are kept for a minute

    with django_assert_max_num_queries(9):
        page = client.get("/")

    assert len(page.context["cards"]) == 4
    assert len(page.context["stories"]) == 3
    assert {tile.name: tile.count for tile in page.context["tiles"]}["Meeuwenhoek"] == 6


def test_an_empty_region_says_so_kindly(client, mini_region):
    assert "Er staat nog niets op de kaart" in words(client.get("/"))


def test_how_it_works_tells_what_residents_look_at_and_which_number_is_provisional(client, mini_region):
    page = words(client.get(reverse("how-it-works")))

    assert "Het drijft" in page
    assert "Binnen 2 werkdagen." in page
    assert "voorlopig" not in page


def test_a_term_that_is_still_open_is_called_provisional(client, agreements):
    assert "voorlopig" in words(client.get(reverse("how-it-works")))


def test_every_municipality_has_a_place_and_every_part_its_people(client, mini_region, django_assert_max_num_queries):
    north = SubRegion.objects.get(code="noordereiland")
    UserFactory(name="Mees Matroos", roles=["guide"], roles__subregion=north)
    UserFactory(name="Weg Wim", roles=["guide"], roles__subregion=north, is_active=False)

    with django_assert_max_num_queries(8):
        page = words(client.get(reverse("find-us")))

    assert "Meeuwenhoek In de haven" in page
    assert "De Golven" in page
    assert "Zeekraal aan Zee Bel ons, dan spreken we af" in page
    assert "Mees Matroos" in page
    assert "Weg Wim" not in page


FORBIDDEN = "melding|route|traject|dossier|casus|aanvraagprocedure|beschikking"


@pytest.mark.parametrize("name", PAGES)
def test_residents_read_no_words_of_the_office(client, mini_region, name):
    assert not re.search(rf"\b({FORBIDDEN})", words(client.get(reverse(name))), re.IGNORECASE)
