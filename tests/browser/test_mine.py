"""An initiator's own pages in a real browser: on a phone and a desktop, by day and by night, without JavaScript."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from socialewifi.initiatives.models import Initiative
from tests import residents
from tests.browser.test_access import sign_in
from tests.browser.test_components import SIZES, SMALL_TARGETS


@pytest.fixture
def own(mini_region):
    """The resident, their initiatives by state, and the address of every page they can open."""
    with transaction.atomic():  # what is published and the consent to it belong together
        cast = residents.a_cast()
        initiatives = residents.initiatives_of(cast)
        return cast.resident, initiatives, residents.addresses_of(initiatives)


def test_axe_finds_nothing_in_any_state(new_context, live_server, axe, own):
    user, _initiatives, addresses = own
    context = new_context(viewport=SIZES["phone"])
    sign_in(context, live_server, user)
    page = context.new_page()
    for address in addresses.values():
        page.goto(address)
        axe(page)


def test_every_page_fits_a_narrow_screen_and_is_easy_to_hit(new_context, live_server, own):
    user, _initiatives, addresses = own
    context = new_context(viewport={"width": 320, "height": 640})
    sign_in(context, live_server, user)
    page = context.new_page()
    faults = {}
    for name, address in addresses.items():
        page.goto(address)
        found = page.evaluate(SMALL_TARGETS)
        if found or page.evaluate("document.documentElement.scrollWidth") > 320:
            faults[name] = found or "too wide"
    assert faults == {}


def test_an_initiator_reads_where_it_stands_and_writes_to_the_contact_without_javascript(new_context, live_server, own):
    user, initiatives, addresses = own
    context = new_context(viewport=SIZES["phone"], java_script_enabled=False)
    sign_in(context, live_server, user)
    page = context.new_page()
    page.goto(addresses["list"])
    page.get_by_role("link", name=initiatives["exploring"].title, exact=True).click()
    assert page.get_by_role("heading", level=2).first.inner_text() == "Nu: samen uitzoeken wat er nodig is"

    page.get_by_role("link", name="Stuur bericht").click()
    page.get_by_label("Je bericht").fill("Er is ook een pomp nodig.")
    page.get_by_role("button", name="Stuur bericht").click()

    assert "Er is ook een pomp nodig." in page.get_by_role("main").inner_text()
    assert initiatives["exploring"].posts.filter(body="Er is ook een pomp nodig.").count() == 1


def test_an_initiator_adds_to_the_plan_by_keyboard(new_context, live_server, own):
    user, initiatives, addresses = own
    context = new_context(viewport=SIZES["desktop"])
    sign_in(context, live_server, user)
    page = context.new_page()
    page.goto(addresses["page exploring"])
    page.get_by_role("link", name="Het plan bekijken en aanpassen").press("Enter")
    field = page.get_by_label("Waar kunnen we bij helpen?")
    field.focus()
    page.keyboard.type("Een hek tegen konijnen")
    page.get_by_role("button", name="Bewaar ons plan").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/mijn/\w+/$"))

    assert Initiative.objects.get(pk=initiatives["exploring"].pk).needs == "Een hek tegen konijnen"


def test_someone_joins_and_someone_stops(new_context, live_server, own):
    user, initiatives, addresses = own
    guest = new_context(viewport=SIZES["phone"]).new_page()
    guest.goto(addresses["invitation"])
    guest.get_by_role("radio", name="Mail mij").check(force=True)
    guest.get_by_role("button", name="Ja, ik doe mee").click()
    guest.get_by_role("button", name="Open mijn pagina").click()
    assert initiatives["supporting"].title in guest.get_by_role("heading", level=1).inner_text()

    context = new_context(viewport=SIZES["phone"])
    sign_in(context, live_server, user)
    page = context.new_page()
    page.goto(addresses["page exploring"])
    page.get_by_role("link", name="Ik stop ermee").click()
    page.get_by_role("button", name="Ja, ik stop ermee").click()

    expect(page.get_by_role("heading", level=2).first).to_have_text("Je bent gestopt")
