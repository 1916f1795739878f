"""A room is announced in one place: ``site/rooms.py``."""

import re
from importlib import import_module

import pytest
from django.urls import Resolver404, URLPattern, get_resolver, include, path
from django.utils import timezone

from socialewifi.governance.tests.factories import NUMBERS
from socialewifi.initiatives.models import Deadline
from socialewifi.initiatives.tests.factories import DeadlineFactory, InitiativeFactory
from socialewifi.site import menu
from socialewifi.site.rooms import ROOMS
from tests.architecture.test_house import PROJECT, committed, text

PACKAGES = PROJECT / "socialewifi"
# The program itself.
NO_ROOMS = {"config"}
SAMPLES = {"int": "5", "slug": "abc", "str": "tok", "uuid": "6b1f9e3e-1f7c-4a53-a1a9-8d3f2d6a7c11"}
READ = re.compile(r"""\bnumber\(["']([a-z-]+)["']\)|: ["']([a-z-]+-term)["']""")


def test_every_package_is_a_room_in_the_list_as_it_says_itself():
    packages = {path.parent.name for path in PACKAGES.glob("*/__init__.py")}

    assert {room.name for room in ROOMS} == packages - NO_ROOMS
    assert all(import_module(f"socialewifi.{room.name}.room").ROOM is room for room in ROOMS)


def test_every_list_of_addresses_is_that_of_a_room():
    lists = {f"socialewifi.{path.parent.name}.urls" for path in PACKAGES.glob("*/urls.py")}

    assert {room.urls for room in ROOMS if room.urls} == lists - {f"socialewifi.{name}.urls" for name in NO_ROOMS}


def test_no_two_pages_of_work_claim_the_same_place_in_the_menu():
    places = [(entry.place, bool(entry.kinds)) for room in ROOMS for entry in room.menu]

    assert len(places) == len(set(places))


def test_no_two_rooms_have_an_address_in_common():
    hung = {room.name: path("", include(room.urls)) for room in ROOMS if room.urls}
    addresses = [address for one in hung.values() for address in _addresses([one])]
    rooms_of = {address: [name for name, one in hung.items() if _answers(one, address)] for address in addresses}

    assert len(addresses) > 150
    assert {address: names for address, names in rooms_of.items() if len(names) != 1} == {}


def _addresses(patterns, before=""):
    """Give a sample of every address."""
    for one in patterns:
        so_far = before + re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], str(one.pattern))
        if isinstance(one, URLPattern):
            yield so_far
        else:
            yield from _addresses(one.url_patterns, so_far)


def _answers(resolver, address):
    try:
        return bool(resolver.resolve(address))
    except Resolver404:
        return False


def test_no_number_is_of_two_rooms_and_each_is_there_to_test_with():
    codes = [code for room in ROOMS for code in room.numbers]

    assert sorted(codes) == sorted(NUMBERS)


def test_a_room_reads_numbers_of_its_own_or_of_an_earlier_room(order):
    home = {code: room.name for room in ROOMS for code in room.numbers}
    read = {
        (code, path.relative_to(PROJECT).parts[1])
        for path in committed("socialewifi/*.py")
        if not {"tests", "migrations"} & set(path.parts)
        for pair in READ.findall(text(path))
        for code in pair
        if code
    }

    assert {code for code, _room in read} == set(home)
    assert {(code, room) for code, room in read if order[home[code]] > order[room]} == set()


@pytest.mark.usefixtures("new_room")
def test_a_new_room_has_its_pages_and_its_place_in_the_menu_of_its_people(client, treasurer, guide):
    client.force_login(treasurer)

    assert [str(label) for label, _url, _here in menu.menu(treasurer, "/geld/een/")] == ["Schenkingen"]
    assert client.get("/start/").headers["Location"] == "/geld/"
    assert client.get("/geld/").content.decode() == "Wat er te betalen is"
    assert "Schenkingen" not in [str(label) for label, _url, _here in menu.menu(guide, "/werk/")]


@pytest.mark.usefixtures("new_room")
def test_what_waits_in_a_new_room_stands_on_the_page_of_today_instead_of_the_term_it_is_about(
    client, municipality, guide
):
    mine = InitiativeFactory(title="Moestuin", municipality=municipality, exploring=True, contact_person=guide)
    for kind in (Deadline.Kind.CHECK_IN, Deadline.Kind.EXPLORATION):
        DeadlineFactory(initiative=mine, kind=kind, due_on=timezone.localdate(mine.reported_at))
    client.force_login(guide)

    due = client.get("/werk/").context["due"]

    assert [str(row.line.what) for row in due] == ["Verkenning klaar", "Vraag wat ‘Moestuin’ kostte"]
    assert due[1].line.url == "/geld/"


@pytest.mark.usefixtures("new_room", "agreements")
def test_a_new_room_adds_what_it_shows_of_an_initiative(client, municipality, guide):
    mine = InitiativeFactory(municipality=municipality, exploring=True, contact_person=guide)
    client.force_login(guide)

    assert "promise-gift" in [link.name for link in client.get(f"/werk/initiatieven/{mine.key}/").context["often"]]


def test_without_it_in_the_list_nothing_of_a_new_room_is_there():
    with pytest.raises(Resolver404):
        get_resolver().resolve("/geld/")
