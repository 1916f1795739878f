"""What everyone sees, as people meet it: on a phone and a desktop, by day and by night, without JavaScript."""

import pytest
from django.db import transaction

from socialewifi.initiatives.tests.factories import EffectStoryFactory, InitiativeFactory, ThemeFactory
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.models import Municipality
from tests.browser.test_components import SIZES, SMALL_TARGETS

PAGES = {
    "home": "/",
    "list": "/initiatieven/",
    "nothing": "/initiatieven/?zoek=onvindbaar",
    "alike": "/initiatieven/?zoek=dinsdachtafel&gemeente=meeuwenhoek",
    "stories": "/verhalen/",
    "how": "/zo-werkt-het/",
    "where": "/waar-vind-je-ons/",
    "privacy": "/privacy/",
    "accessibility": "/toegankelijkheid/",
}


@pytest.fixture
def public(mini_region):
    """A region where things happen; the pages above and the two that depend on what happens."""
    with transaction.atomic():  # what is published and the consent to it belong together
        return _fill()


def _fill():
    place = Municipality.objects.get(code="XX0001")
    UserFactory(name="Mees Matroos", roles=["guide"], roles__subregion=place.subregion)
    theme = ThemeFactory(name="De zee", code="sea", colour="sky")
    for number in range(14):
        InitiativeFactory(title=f"Garnalenkar {number}", published=True, municipality=place).themes.add(theme)
    table = InitiativeFactory(title="Dinsdagtafel", published=True, supporting=True, municipality=place)
    story = EffectStoryFactory(initiative=table, published=True)
    return {**PAGES, "initiative": f"/initiatieven/{table.slug}/", "story": f"/verhalen/{story.pk}-{story.slug}/"}


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("desktop", "dark")])
def test_axe_finds_nothing_on_what_everyone_sees(new_context, axe, public, size, scheme):
    page = new_context(viewport=SIZES[size], color_scheme=scheme).new_page()
    for address in public.values():
        page.goto(address)
        axe(page)


def test_what_everyone_sees_fits_a_narrow_screen_and_is_easy_to_hit(new_context, public):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    for address in public.values():
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        assert page.evaluate(SMALL_TARGETS) == [], address


def test_a_neighbour_finds_what_happens_nearby_without_javascript(no_js, public):
    no_js.goto("/")
    no_js.get_by_role("link", name="Alle initiatieven").click()
    no_js.get_by_role("textbox", name="Zoek").fill("dinsdagtafel")
    no_js.get_by_label("Gemeente", exact=True).select_option("Meeuwenhoek")
    no_js.get_by_role("button", name="Zoeken").click()
    no_js.get_by_role("link", name="Dinsdagtafel").click()

    assert no_js.get_by_role("heading", level=1).inner_text() == "Dinsdagtafel"
    no_js.get_by_role("link", name="De eerste oogst").click()
    assert "pompoenen" in no_js.get_by_role("article").first.inner_text()
