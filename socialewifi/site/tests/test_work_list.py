from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from socialewifi.core import clock
from socialewifi.initiatives.models import Step
from socialewifi.initiatives.tests.factories import (
    ChannelFactory,
    DeadlineFactory,
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    KindFactory,
    PauseFactory,
    ThemeFactory,
)
from socialewifi.people.tests.factories import NOON, RoleFactory
from socialewifi.site.views.work_list import PER_PAGE

LIST = reverse("work-list")


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def at_work(client, guide):
    client.force_login(guide)
    return client


def titles(client, **asked):
    return [one.title for one in client.get(LIST, asked).context["rows"]]


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    assert client.get(LIST).status_code == 302


def test_a_resident_has_no_list_of_work(client, stranger):
    client.force_login(stranger)

    assert client.get(LIST).status_code == 403
    assert client.get(reverse("work-export")).status_code == 403


def test_a_guide_sees_their_subregion_and_what_has_no_place_yet(at_work, municipality, other_municipality):
    InitiativeFactory(title="Hier", municipality=municipality)
    InitiativeFactory(title="Daar", municipality=other_municipality)
    InitiativeFactory(title="Ergens", without_place=True)

    assert sorted(titles(at_work)) == ["Ergens", "Hier"]


def test_an_ambassador_sees_their_municipality(client, ambassador, municipality, other_municipality):
    client.force_login(ambassador)
    InitiativeFactory(title="Hier", municipality=municipality)
    InitiativeFactory(title="Daar", municipality=other_municipality)

    assert titles(client) == ["Hier"]


def test_whoever_steps_aside_does_not_find_it(at_work, guide, municipality):
    InterestFactory(user=guide, initiative=InitiativeFactory(municipality=municipality))

    assert titles(at_work) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"stap": Step.EXPLORING}, ["Fietsles"]),
        ({"gemeente": "waterdorp"}, ["Fietsles", "Moestuin"]),
        ({"gemeente": "geen"}, ["Ergens"]),
        ({"thema": "groen"}, ["Moestuin"]),
        ({"contact": "ik"}, ["Fietsles"]),
        ({"contact": "niemand"}, ["Ergens", "Moestuin"]),
        ({"kanaal": "papier"}, ["Ergens"]),
        ({"soort": "voorzorgcirkel"}, ["Ergens"]),
        ({"te_laat": "on"}, ["Moestuin"]),
        ({"stap": Step.REPORTED, "thema": "groen"}, ["Moestuin"]),
        ({"stap": "onzin", "gemeente": "onzin", "volgorde": "onzin"}, ["Ergens", "Fietsles", "Moestuin"]),
    ],
)
def test_every_filter_keeps_what_it_asks_and_nonsense_asks_nothing(at_work, guide, municipality, asked, found):
    garden = InitiativeFactory(title="Moestuin", municipality=municipality)
    garden.themes.add(ThemeFactory())
    DeadlineFactory(initiative=garden, due_on=date(2026, 6, 9))
    cycling = InitiativeFactory(title="Fietsles", municipality=municipality, exploring=True, contact_person=guide)
    DeadlineFactory(initiative=cycling, due_on=date(2026, 6, 10))
    InitiativeFactory(
        title="Ergens",
        without_place=True,
        channel=ChannelFactory(code="papier", name="Papier"),
        kind=KindFactory(code="voorzorgcirkel", name="Voorzorgcirkel"),
    )

    assert sorted(titles(at_work, **asked)) == found


def test_what_stands_still_is_not_late(at_work, municipality):
    paused = InitiativeFactory(municipality=municipality)
    DeadlineFactory(initiative=paused, due_on=date(2026, 6, 1))
    PauseFactory(initiative=paused)

    assert titles(at_work, te_laat="on") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tuinen", ["Moestuin"]),  # the plural, in Dutch
        ("veld", ["Moestuin"]),  # a word of the idea
        ("moestiun", ["Moestuin"]),  # a typing error
        ("fietsles or tuin", ["Fietsles", "Moestuin"]),
        ("tuin -veld", []),
        ("'\"&|!(", []),
        ("zwembad", []),
    ],
)
def test_searching_knows_dutch_and_forgives_typing_errors(at_work, municipality, words, found):
    InitiativeFactory(title="Moestuin", idea="Op het veld een tuin.", municipality=municipality)
    InitiativeFactory(title="Fietsles", idea="Leren fietsen.", municipality=municipality)

    assert sorted(titles(at_work, zoek=words)) == found


def test_an_initiative_is_found_by_the_name_of_who_calls(at_work, municipality):
    InitiatorFactory(initiative=InitiativeFactory(title="Fietsles", municipality=municipality), name="Hawa Zadelpen")

    assert titles(at_work, zoek="zadelpen") == ["Fietsles"]


@pytest.mark.parametrize("words", ["06-12345678", "+31 6 1234 5678", "0612345678", "Hawa@Voorbeeld.Example"])
def test_who_calls_or_writes_is_found_by_number_or_address(at_work, municipality, words):
    called = InitiativeFactory(title="Fietsles", municipality=municipality)
    InitiatorFactory(initiative=called, phone="06 12345678", email="hawa@voorbeeld.example")
    InitiatorFactory(initiative=InitiativeFactory(municipality=municipality), phone="06 87654321")

    assert titles(at_work, zoek=words) == ["Fietsles"]


def test_who_writes_down_no_ideas_is_not_offered_to(client, guide, ambassador):
    for who, is_offered in ((guide, True), (ambassador, False)):
        client.force_login(who)
        assert (reverse("work-new") in client.get(reverse("work-list")).content.decode()) == is_offered


def test_everyone_finds_their_own_account_from_every_page(client, guide, resident):
    for who, page in ((guide, "mfa_index"), (resident, "usersessions_list")):
        client.force_login(who)
        assert f'href="{reverse(page)}">{who.name}</a>' in client.get(reverse("home")).content.decode()


def test_an_ambassador_does_not_search_in_numbers_of_initiators(client, ambassador, municipality):
    InitiatorFactory(initiative=InitiativeFactory(municipality=municipality), phone="06 12345678")
    client.force_login(ambassador)

    assert titles(client, zoek="0612345678") == []


@pytest.mark.parametrize("typed", ["0612345678", "jansen@voorbeeld.test", "jansen", "kastanjehofje", "kerkstraat"])
@pytest.mark.parametrize("is_guide_elsewhere", [False, True])
def test_an_ambassador_finds_nothing_by_words_of_a_plan_that_they_do_not_read(
    client, ambassador, municipality, other_municipality, typed, is_guide_elsewhere
):
    InitiativeFactory(
        title="Tuin Kerkstraat 12",
        idea="Bel 0612345678 of mail jansen@voorbeeld.test voor de bollen",
        place_words="Kastanjehofje",
        municipality=municipality,
    )
    if is_guide_elsewhere:
        RoleFactory(user=ambassador, kind="guide", subregion=other_municipality.subregion)
    client.force_login(ambassador)

    assert titles(client, zoek=typed) == []
    assert len(titles(client, zoek="bollen")) == 1


def test_what_is_searched_follows_a_changed_plan(client, ambassador, municipality):
    initiative = InitiativeFactory(title="Tuin", idea="Rozen planten", municipality=municipality)
    initiative.title, initiative.idea = "Tafel", "Samen eten in de Kerkstraat 12"
    initiative.save(update_fields=["title", "idea"])
    client.force_login(ambassador)

    assert titles(client, zoek="eten") == ["Tafel"]
    assert titles(client, zoek="rozen") == titles(client, zoek="kerkstraat") == []


def test_an_ambassador_does_not_search_in_names_of_initiators(client, ambassador, municipality):
    client.force_login(ambassador)
    InitiatorFactory(initiative=InitiativeFactory(title="Fietsles", municipality=municipality), name="Hawa Zadelpen")

    assert titles(client, zoek="zadelpen") == []


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("", ["Nieuw", "Midden", "Oud"]),
        ("oudste", ["Oud", "Midden", "Nieuw"]),
        ("eerst-klaar", ["Midden", "Oud", "Nieuw"]),
        ("naam", ["Midden", "Nieuw", "Oud"]),
    ],
)
def test_the_list_is_sorted_as_asked(at_work, municipality, order, found):
    for title, day in (("Oud", 1), ("Midden", 2), ("Nieuw", 3)):
        one = InitiativeFactory(title=title, municipality=municipality, reported_at=NOON.replace(day=day))
        if title != "Nieuw":
            DeadlineFactory(initiative=one, due_on=date(2026, 7, 4 - day))

    assert titles(at_work, volgorde=order) == found


def test_htmx_gets_only_what_was_found(at_work, municipality):
    InitiativeFactory(title="Moestuin", municipality=municipality)

    page = at_work.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert "Moestuin" in page
    assert "<html" not in page


def test_so_many_are_on_a_page(at_work, municipality):
    InitiativeFactory.create_batch(PER_PAGE + 1, municipality=municipality)

    assert len(titles(at_work)) == PER_PAGE
    assert len(titles(at_work, page=2)) == 1


def test_the_list_asks_the_database_as_much_for_many_rows_as_for_none(
    at_work, guide, municipality, django_assert_max_num_queries
):
    for one in InitiativeFactory.create_batch(30, municipality=municipality, exploring=True):
        DeadlineFactory(initiative=one)
        PauseFactory(initiative=one)

    at_work.get(LIST)
    with django_assert_max_num_queries(12):
        at_work.get(LIST, {"zoek": "idee", "volgorde": "eerst-klaar"})


def spreadsheet(client, **asked):
    response = client.get(reverse("work-export"), asked)
    return load_workbook(BytesIO(response.content)).active


def test_the_spreadsheet_has_the_same_rows_as_the_list(at_work, municipality, other_municipality):
    InitiativeFactory(title="Moestuin", municipality=municipality)
    InitiativeFactory(title="Fietsles", municipality=municipality, exploring=True)
    InitiativeFactory(title="Daar", municipality=other_municipality)

    rows = list(spreadsheet(at_work, stap=Step.REPORTED).values)

    assert [row[0] for row in rows] == ["Naam", "Moestuin"]


def test_a_spreadsheet_of_too_many_holds_the_first_and_says_how_many_more_there_are(at_work, municipality, monkeypatch):
    monkeypatch.setattr("socialewifi.site.spreadsheet.AT_MOST", 2)
    InitiativeFactory.create_batch(5, municipality=municipality)

    rows = [row[0] for row in spreadsheet(at_work).values]

    assert len(rows) == 4
    assert rows[-1] == "En nog 3. Kies minder in de lijst."


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_no_cell_of_the_spreadsheet_is_a_formula(at_work, municipality, sign):
    InitiativeFactory(title=f"{sign}cmd|' /C calc'!A0", municipality=municipality)

    cell = spreadsheet(at_work)["A2"]

    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.endswith("calc'!A0")


def test_control_characters_and_other_scripts_do_not_break_the_spreadsheet(at_work, municipality):
    InitiativeFactory(title="حديقة 🌱 \x0b tuin", municipality=municipality)

    assert spreadsheet(at_work)["A2"].value == "حديقة 🌱  tuin"


def test_the_spreadsheet_has_no_contact_details(at_work, municipality):
    one = InitiativeFactory(municipality=municipality)
    owner = InitiatorFactory(initiative=one, offline=True, name="Olaf Geheim", phone="06 98765432")

    words = str(list(spreadsheet(at_work).values))

    assert "Olaf" not in words
    assert owner.phone not in words


def test_what_someone_typed_as_place_is_told_where_one_works_not_where_one_is_only_the_ambassador(
    client, guide, municipality, other_municipality
):
    RoleFactory(user=guide, kind="ambassador", municipality=other_municipality)
    InitiativeFactory(title="Hier", municipality=municipality, place_words="Kade 1")
    InitiativeFactory(title="Daar", municipality=other_municipality, place_words="Steeg 2")
    client.force_login(guide)

    cells = {cell.value for row in spreadsheet(client).iter_rows() for cell in row}

    assert {"Hier", "Daar", "Kade 1"} <= cells
    assert "Steeg 2" not in cells


def test_by_telephone_and_name_is_found_what_one_works_on_not_what_one_is_only_the_ambassador_of(
    client, guide, municipality, other_municipality
):
    RoleFactory(user=guide, kind="ambassador", municipality=other_municipality)
    for title, place in (("Hier", municipality), ("Daar", other_municipality)):
        initiative = InitiativeFactory(title=title, municipality=place, owners=[])
        InitiatorFactory(initiative=initiative, name="Roos Bakker", phone="06 98 76 54 32")
    client.force_login(guide)

    assert titles(client, zoek="06-98765432") == ["Hier"]
    assert titles(client, zoek="Roos Bakker") == ["Hier"]


def test_the_spreadsheet_asks_the_database_as_much_for_many_rows_as_for_few(
    at_work, municipality, django_assert_max_num_queries
):
    for one in InitiativeFactory.create_batch(30, municipality=municipality):
        one.themes.add(ThemeFactory())

    at_work.get(LIST)
    with django_assert_max_num_queries(12):
        at_work.get(reverse("work-export"))


def test_a_title_of_signs_that_are_written_as_two_is_kept(municipality):
    idea = InitiativeFactory(municipality=municipality, title="06 12345678 " + "\u095b" * 100)

    assert len(idea.outside_title) <= 120
