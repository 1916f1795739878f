"""What the tests across rooms share."""

from importlib.util import find_spec, module_from_spec

import pytest

from socialewifi.initiatives.tests.telling import PAGES, page, ready_to_report, send, tell
from socialewifi.site import rooms
from tests import residents
from tests.journeys import a_new_room


@pytest.fixture
def new_room(monkeypatch, settings):
    """The house with one room more in its list, and nothing else."""
    monkeypatch.setattr(rooms, "ROOMS", (*rooms.ROOMS[:-1], a_new_room.ROOM, rooms.ROOMS[-1]))
    spec = find_spec("socialewifi.config.urls")
    urls = module_from_spec(spec)
    spec.loader.exec_module(urls)
    settings.ROOT_URLCONF = urls


@pytest.fixture
def resident_pages(mini_region):
    """The resident, and the address of every page they can open."""
    cast = residents.a_cast()
    return cast.resident, residents.addresses_of(residents.initiatives_of(cast))


@pytest.fixture
def panel_pages(mini_region):
    """A member of the panel, and the address of every page they can open."""
    cast = residents.a_cast()
    return cast.panel[2], residents.panel_addresses(cast, residents.initiatives_of(cast))


@pytest.fixture
def open_pages(mini_region):
    """The address of every page that anyone can open who tells an idea, looks around or comes in."""
    return residents.open_addresses()


@pytest.fixture
def told_pages(client, region, municipality, agreements):
    """Every page of telling an idea: the questions, what is refused, the summary, and what comes after."""
    ready_to_report()
    by_letter = {"preferred_channel": "letter", "language": "nl"}
    token = tell(client, contact=by_letter, adres={"address": "Kade 1"})
    sent = [tell(client, jij={"name": "Olaf", "phone": "0612345678"}), tell(client)]
    for one in sent:
        send(client, one)
    shown = {slug: client.get(page(token, slug)) for slug in (*PAGES, "adres")}
    shown |= {f"{slug} refused": client.post(page(token, slug), {"amount_asked": "veel"}) for slug in ("jij", "hulp")}
    shown |= {f"done {n}": client.get(f"/vertel/{one}/klaar/") for n, one in enumerate(sent)}
    shown |= {
        "start": client.get("/vertel/"),
        "summary": client.get(f"/vertel/{token}/controle/"),
        "gone": client.get(page("6b1f9e3e-1f7c-4a53-a1a9-8d3f2d6a7c11", "naam")),
        "too late": client.post(page(sent[0], "plan"), {"existing": "Een schuur"}),
    }
    return {name: answer.content.decode() for name, answer in shown.items()}
