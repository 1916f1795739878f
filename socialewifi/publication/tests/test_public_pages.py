import re

import pytest
from django.urls import reverse

from socialewifi.initiatives.models import Step
from socialewifi.initiatives.tests.factories import (
    EffectStoryFactory,
    InitiativeFactory,
    KindFactory,
    ThemeFactory,
    rest_in,
)
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.tests.factories import NeighbourhoodFactory

LIST = reverse("initiative-list")


def words(response) -> str:
    """Return the page's text, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def garden(municipality):
    return InitiativeFactory(
        title="Moestuin de Groene Hoek",
        published=True,
        supporting=True,
        municipality=municipality,
        public_text="Twaalf buren maken van het lege veld een tuin.",
        idea="GEHEIM: de sleutel ligt onder de mat.",
        place_words="bij mij thuis op nummer 5",
    )


@pytest.fixture
def table(other_municipality):
    return InitiativeFactory(
        title="Dinsdagtafel",
        published=True,
        municipality=other_municipality,
        public_text="Samen eten op dinsdag.",
        kind=KindFactory(code="kring", name="Kring"),
    )


def test_everyone_finds_what_is_published_and_nothing_else(client, garden, table):
    InitiativeFactory(title="Nog niet openbaar")

    page = words(client.get(LIST))

    assert "2 initiatieven" in page
    assert "Moestuin de Groene Hoek" in page
    assert "Nog niet openbaar" not in page


def test_an_empty_region_invites_to_begin(client, region):
    assert "Het eerste idee kan van jou zijn" in words(client.get(LIST))


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("moestuinen", ["Moestuin de Groene Hoek"]),
        ("buren veld", ["Moestuin de Groene Hoek"]),
        ("eten", ["Dinsdagtafel"]),
        ("Waterdorp", ["Moestuin de Groene Hoek"]),
        ("onvindbaar", []),
    ],
)
def test_searching_knows_dutch_and_the_names_of_places(client, garden, table, sought, found):
    page = client.get(LIST, {"zoek": sought})

    assert [card.title for card in page.context["cards"]] == found


def test_words_that_are_nearly_right_find_what_looks_like_it(client, garden, table):
    page = client.get(LIST, {"zoek": "dinsdachtafel"})

    assert [card.title for card in page.context["cards"]] == ["Dinsdagtafel"]
    assert "Dit lijkt erop" in words(page)


@pytest.mark.parametrize("typed", ["kerkstraat", "pietjepuk", "pietjepuk voorbeeld"])
def test_nobody_finds_a_title_by_the_words_left_out_of_it(client, table, typed):
    for title in ("Tuin Kerkstraat 12", "Mail pietjepuk@voorbeeld.test over bollen"):
        InitiativeFactory(title=title, published=True, supporting=True)

    assert client.get(LIST, {"zoek": typed}).context["cards"] == []
    assert len(client.get(LIST, {"zoek": "bollen"}).context["cards"]) == 1


@pytest.mark.parametrize("sought", ["geheim", "sleutel", "mat", "nummer 5"])
def test_searching_never_looks_into_the_plan(client, garden, sought):
    """What the initiators wrote in their plan is theirs; not even a hit may tell of it (R4, R9)."""
    assert client.get(LIST, {"zoek": sought}).context["cards"] == []


def test_filters_narrow_and_stay_in_the_address(client, garden, table):
    garden.themes.add(ThemeFactory(code="groen", name="Groen"))

    for query in ({"gemeente": "waterdorp"}, {"thema": "groen"}, {"soort": garden.kind.code}):
        page = client.get(LIST, query)
        assert [card.title for card in page.context["cards"]] == ["Moestuin de Groene Hoek"]
    assert 'value="groen" selected' in client.get(LIST, {"thema": "groen"}).content.decode()


@pytest.mark.parametrize("query", [{"gemeente": "maan"}, {"page": "-3"}, {"page": "veel"}])
def test_an_address_that_someone_made_up_shows_everything(client, garden, query):
    page = client.get(LIST, query)

    assert page.status_code == 200
    assert [card.title for card in page.context["cards"]] == ["Moestuin de Groene Hoek"]


def test_the_map_counts_per_municipality_and_leads_to_them(client, garden, table, municipality):
    page = client.get(LIST, {"gemeente": "waterdorp"})

    tiles = {tile.name: tile for tile in page.context["tiles"]}
    assert (tiles["Waterdorp"].count, tiles["Waterdorp"].here) == (1, True)
    assert tiles["Waterdorp"].url == f"{LIST}?gemeente=waterdorp"


def test_a_long_list_takes_few_queries_and_pages(client, municipality, django_assert_max_num_queries):
    theme = ThemeFactory()
    for number in range(15):
        InitiativeFactory(title=f"Tuin {number}", published=True, municipality=municipality).themes.add(theme)
    client.get(LIST)  # the numbers on the map are kept for a minute

    with django_assert_max_num_queries(12):
        first = client.get(LIST, {"zoek": "tuin", "thema": theme.code, "gemeente": "waterdorp"})

    assert len(first.context["cards"]) == 12
    assert "page=2" in first.content.decode()
    assert len(client.get(LIST, {"page": 2}).context["cards"]) == 3


def test_a_public_page_shows_the_public_words_and_not_the_plan(client, garden):
    page = words(client.get(reverse("initiative-public", args=[garden.slug])))

    assert "Twaalf buren maken van het lege veld een tuin." in page
    assert "Waterdorp" in page
    assert "GEHEIM" not in page
    assert "nummer 5" not in page


def test_a_public_page_names_nobody(client, garden):
    """Who owns it and who helps are not for everyone; the front desk brings people together."""
    page = words(client.get(reverse("initiative-public", args=[garden.slug])))

    assert garden.contact_person.name not in page
    assert garden.initiators.get().name not in page


def test_what_is_not_published_is_not_there_for_a_stranger_whatever_the_address(client, region):
    hidden = InitiativeFactory(title="Nog niet openbaar")

    assert client.get(reverse("initiative-public", args=[hidden.slug])).status_code == 404
    assert client.get(reverse("initiative-public", args=[f"x-{hidden.key}"])).status_code == 404
    assert client.get(reverse("initiative-public", args=["bestaat-niet"])).status_code == 404


def test_an_old_address_leads_to_the_present_one(client, garden):
    response = client.get(reverse("initiative-public", args=[f"oude-naam-{garden.key}"]))

    assert (response.status_code, response.url) == (301, reverse("initiative-public", args=[garden.slug]))


UNCONCLUDED = ["exploring", "assessing", "redirected", "declined"]


@pytest.mark.parametrize("step", UNCONCLUDED)
def test_nothing_of_the_weighing_shows_outside(client, municipality, step):
    """Before and after, weighed or not: the same word on every public page (R9)."""
    shown = InitiativeFactory(title="Pleintje", published=True, municipality=municipality, **{step: True})

    pages = [words(client.get(url)) for url in ("/", LIST, reverse("initiative-public", args=[shown.slug]))]

    for page in pages:
        assert "Pleintje" in page
        assert "Idee" in page
        for hint in (*Step.labels, "advies van", "uitkomst", shown.ended_because or "-"):
            if hint not in {"Gemeld", "-"}:
                assert f" {hint} " not in page.replace("Inwoners geven advies over elk idee", "")


@pytest.mark.parametrize(
    ("step", "state"),
    [("supporting", "Is bezig"), ("sustaining", "Is bezig"), ("landed", "Staat op eigen benen")],
)
def test_what_is_concluded_may_be_told(client, municipality, step, state):
    shown = InitiativeFactory(published=True, municipality=municipality, **{step: True})

    assert state in words(client.get(reverse("initiative-public", args=[shown.slug])))


def test_what_joined_another_initiative_is_no_longer_there(client, garden, table):
    rest_in(garden, table)

    assert client.get(reverse("initiative-public", args=[garden.slug])).status_code == 404
    assert "Moestuin" not in words(client.get(LIST))


def test_others_nearby_are_offered(client, garden, municipality):
    InitiativeFactory(title="Buurtkoor", published=True, municipality=municipality)

    page = client.get(reverse("initiative-public", args=[garden.slug]))

    assert [card.title for card in page.context["near"]] == ["Buurtkoor"]


def test_the_page_of_an_initiative_takes_few_queries(client, garden, municipality, django_assert_max_num_queries):
    InitiativeFactory.create_batch(4, published=True, municipality=municipality)
    EffectStoryFactory.create_batch(3, initiative=garden, published=True)

    with django_assert_max_num_queries(10):
        client.get(reverse("initiative-public", args=[garden.slug]))


def test_stories_that_everyone_may_read(client, region):
    story = EffectStoryFactory(published=True, title="De eerste oogst")
    EffectStoryFactory(title="Nog van ons")
    EffectStoryFactory(title="Teruggenomen", taken_back=True)

    page = words(client.get(reverse("story-list")))

    assert "De eerste oogst" in page
    assert "Nog van ons" not in page
    assert "Teruggenomen" not in page
    assert client.get(reverse("story-public", args=[story.pk, "oud"])).url.endswith("-de-eerste-oogst/")


def test_a_story_tells_of_its_initiative_only_when_that_is_public_too(client, municipality):
    hidden = InitiativeFactory(title="Stille kring", supporting=True, owners=[UserFactory()], municipality=municipality)
    story = EffectStoryFactory(initiative=hidden, published=True)
    address = reverse("story-public", args=[story.pk, story.slug])

    for url in (reverse("story-list"), address, "/"):
        assert "Stille kring" not in words(client.get(url))
        assert story.title in words(client.get(url))


def test_a_story_that_is_not_published_is_not_there(client, region):
    story = EffectStoryFactory()

    assert client.get(reverse("story-public", args=[story.pk, story.slug])).status_code == 404


def test_no_stories_yet(client, region):
    assert "Er zijn nog geen verhalen" in words(client.get(reverse("story-list")))


def test_the_place_is_never_as_someone_typed_it(client, garden, municipality):
    garden.neighbourhood = NeighbourhoodFactory(municipality=municipality, name="Wilgenbuurt")
    garden.save(update_fields=["neighbourhood"])

    page = client.get(LIST)

    assert page.context["cards"][0].place == "Wilgenbuurt, Waterdorp"


def test_what_people_typed_is_shown_as_they_typed_it(client, municipality):
    odd = InitiativeFactory(
        title="<b>Vet</b> & 🌻 مرحبا",
        published=True,
        municipality=municipality,
        public_text="<script>alert(1)</script>",
    )

    page = client.get(reverse("initiative-public", args=[odd.slug])).content.decode()

    assert "&lt;b&gt;Vet&lt;/b&gt; &amp; 🌻 مرحبا" in page
    assert "<script>alert" not in page


def test_public_pages_only_answer_to_looking(client, garden):
    for url in ("/", LIST, reverse("initiative-public", args=[garden.slug]), reverse("story-list")):
        assert client.post(url).status_code == 405
