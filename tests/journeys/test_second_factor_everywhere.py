"""Whatever page refuses because roles of work are held back leads to the second step; no list of addresses says so."""

import pytest
from django.urls import reverse

from tests.journeys.permission_grid import COLUMNS, ROWS
from tests.journeys.permission_world import World

AT_WORK = ("contact", "coordinator", "regional", "ambassador", "steering", "administrator")


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("address", ["/geld/", "/geld/een/"])
def test_a_room_added_later_asks_the_second_step_without_saying_so_anywhere(client, new_room, treasurer, address):
    client.force_login(treasurer)

    assert client.get(address).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("address", ["/geld/", "/geld/een/"])
def test_whoever_has_no_role_there_is_refused_and_not_sent_anywhere(client, new_room, stranger, address):
    client.force_login(stranger)

    assert client.get(address).status_code in {403, 404}


def test_an_address_that_does_not_exist_leads_nowhere(client, treasurer):
    client.force_login(treasurer)

    assert client.get("/bestaat-niet/").status_code == 404


@pytest.mark.parametrize("person", AT_WORK)
def test_every_page_for_work_leads_to_the_second_step_first(client, db, person):
    world = World()
    client.force_login(world.people[person])
    place = {one: (group, who) for group, column in enumerate(COLUMNS) for who, one in enumerate(column)}

    def sign(row, who):
        group, column = place[who]
        return row.visit.split()[group][column]

    opened = []
    for row in ROWS:
        if not row.is_public and sign(row, person) == "o" and (sign(row, "stranger") != "o" or row.name == "start"):
            answer = client.get(world.address(row.name, row.where))
            if answer.status_code != 302 or answer.headers["Location"] != reverse("mfa_index"):
                opened.append((str(row), answer.status_code))

    assert opened == []
