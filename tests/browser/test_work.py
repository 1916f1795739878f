"""Working in a real browser: today, the list, one initiative and its deeds, on a phone and without JavaScript."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    ExplorationFactory,
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    NoteFactory,
    PostFactory,
    SupportPromiseFactory,
    TaskFactory,
    ThemeFactory,
)
from tests.browser.keyboard import walk_to
from tests.validity import faults


def sign_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@pytest.fixture
def busy(municipality, guide, coordinator, agreements, texts):
    """An initiative being explored with everything around it, and one that is new at the desk."""
    now, day = clock.now(), clock.today()
    busy = InitiativeFactory(
        title="Moestuin de Groene Hoek",
        idea="Twaalf buren maken van het lege veld een moestuin.",
        needs="Aarde en een kraan.",
        municipality=municipality,
        exploring=True,
        contact_person=guide,
        reported_at=now - timedelta(days=9),
    )
    InitiatorFactory(initiative=busy, offline=True, name="Noor de Wit")
    busy.themes.add(ThemeFactory())
    ExplorationFactory(initiative=busy)
    DeadlineFactory(initiative=busy, kind="exploration", due_on=day - timedelta(days=1))
    TaskFactory(initiative=busy, call=True, due_on=day)
    TaskFactory(initiative=busy, assignee=guide, due_on=day + timedelta(days=1))
    PostFactory(initiative=busy, at=now)
    NoteFactory(initiative=busy, at=now)
    HandoverFactory(initiative=busy, receiver=coordinator)
    new = InitiativeFactory(title="Moestuin van de hoek", municipality=municipality, reported_at=now)
    DeadlineFactory(initiative=new, due_on=day)
    InitiatorFactory(initiative=new, user__name="Vera Nieuw")
    return busy


@pytest.fixture
def supported(municipality, guide, agreements, texts):
    one = InitiativeFactory(title="Fietsles", municipality=municipality, supporting=True, contact_person=guide)
    SupportPromiseFactory(initiative=one)
    SupportPromiseFactory(initiative=one, kept=True)
    return one


def is_no_wider_than_the_screen(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_page_of_busy_work_is_accessible_and_valid(phone, live_server, busy, supported, coordinator, guide, axe):
    addresses = {
        coordinator: [reverse("today")],
        guide: [
            reverse("today"),
            reverse("work-list"),
            f"{reverse('work-list')}?zoek=moestiun&stap=exploring",
            f"{reverse('work-list')}?zoek=xylofoon",
            reverse("work-calls"),
            reverse("work-initiative", args=[busy.key]),
            reverse("work-initiative", args=[supported.key]),
            reverse("work-versions", args=[busy.key]),
            reverse("work-history", args=[busy.key]),
            reverse("work-doubles", args=[busy.key]),
        ],
    }
    pages = {}
    for user, own in addresses.items():
        sign_in(phone, live_server, user)
        for address in own:
            pages[f"{user} {address}"] = phone.goto(address).text()
            axe(phone)
            assert is_no_wider_than_the_screen(phone), address
    assert faults(pages) == {}


def test_a_guide_takes_contact_and_notes_a_conversation_in_place(desktop, live_server, busy, guide):
    sign_in(desktop, live_server, guide)
    desktop.goto(reverse("today"))
    desktop.get_by_role("link", name="Moestuin van de hoek").first.click()

    desktop.get_by_role("link", name="Contact oppakken").click()
    desktop.get_by_role("heading", name="Contact oppakken").wait_for()
    assert desktop.url.endswith(f"/{Initiative.objects.get(title='Moestuin van de hoek').key}/")
    desktop.get_by_role("button", name="Contact oppakken").click()
    desktop.get_by_text("Jij bent nu contactpersoon.").wait_for()

    desktop.get_by_role("link", name="Gesprek noteren").first.click()
    desktop.get_by_label("Wat spraken jullie af?").fill("We kijken zaterdag samen.")
    desktop.get_by_role("button", name="Gesprek noteren").click()
    desktop.get_by_text("Het gesprek is genoteerd.").wait_for()

    initiative = Initiative.objects.get(title="Moestuin van de hoek")
    assert initiative.contact_person == guide
    assert initiative.contact_moments.get().summary == "We kijken zaterdag samen."


def test_a_guide_takes_contact_by_keyboard_and_comes_back_from_a_form_that_is_closed(desktop, live_server, busy, guide):
    sign_in(desktop, live_server, guide)
    desktop.goto(reverse("today"))
    walk_to(desktop, "^Moestuin van de hoek$")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/werk/initiatieven/*/")

    walk_to(desktop, "^Contact oppakken$")
    desktop.keyboard.press("Enter")
    desktop.locator("#deed-title:focus").wait_for()
    walk_to(desktop, "^Toch niet$", within="#deed")
    desktop.keyboard.press("Enter")
    desktop.locator("#deed > *").wait_for(state="detached")
    assert desktop.evaluate("document.activeElement.innerText") == "Contact oppakken"

    desktop.keyboard.press("Enter")
    desktop.locator("#deed-title:focus").wait_for()
    walk_to(desktop, "^Toch niet$", within="#deed")
    walk_to(desktop, "^Contact oppakken$", key="Shift+Tab", within="#deed")
    desktop.keyboard.press("Space")

    desktop.get_by_text("Jij bent nu contactpersoon.").wait_for()
    assert Initiative.objects.get(title="Moestuin van de hoek").contact_person == guide


def test_a_refused_deed_in_place_keeps_what_was_typed_and_gets_the_focus(desktop, live_server, busy, guide, axe):
    sign_in(desktop, live_server, guide)
    desktop.goto(reverse("work-initiative", args=[busy.key]))
    desktop.get_by_role("link", name="Taak maken").click()
    desktop.get_by_label("Wat moet er gebeuren?").fill("De kraan nakijken")
    desktop.get_by_label("Voor wanneer?").fill("")
    desktop.locator("#deed form").evaluate("form => form.noValidate = true")
    desktop.get_by_role("button", name="Taak maken").click()

    desktop.get_by_role("heading", name="Dit lukte nog niet").wait_for()
    assert desktop.get_by_label("Wat moet er gebeuren?").input_value() == "De kraan nakijken"
    axe(desktop)


def test_what_happened_and_what_looks_alike_open_in_the_page(desktop, live_server, busy, guide, axe):
    sign_in(desktop, live_server, guide)
    desktop.goto(live_server.url + reverse("work-initiative", args=[busy.key]))
    alike = desktop.get_by_role("heading", name="Lijkt dit op iets dat er al is?")
    alike.wait_for()

    desktop.get_by_role("link", name="Wat er gebeurde").click()

    desktop.get_by_role("heading", name="Wat er gebeurde").wait_for()
    assert desktop.get_by_role("heading", name="Berichten").count() == 1
    assert desktop.get_by_role("heading", name="Interne notities").count() == 1
    axe(desktop)


def test_filtering_and_searching_keep_the_address(desktop, live_server, busy, supported, guide):
    sign_in(desktop, live_server, guide)
    desktop.goto(reverse("work-list"))

    desktop.get_by_label("Stap").select_option(Step.EXPLORING.value)
    desktop.get_by_text("1 initiatief").wait_for()
    assert "stap=exploring" in desktop.url

    desktop.reload()
    assert desktop.get_by_label("Stap").input_value() == Step.EXPLORING
    assert not desktop.get_by_role("link", name="Fietsles").is_visible()


def test_the_whole_day_works_without_javascript(no_js, live_server, busy, guide):
    sign_in(no_js, live_server, guide)
    no_js.goto(reverse("today"))
    no_js.get_by_role("link", name="Bellen").click()
    no_js.get_by_role("link", name="Gesprek noteren").click()
    no_js.get_by_label("Ja, we spraken elkaar").check()
    no_js.get_by_label("Wat kwam eruit?").fill("Hij is blij.")
    no_js.get_by_role("button", name="Gesprek noteren").click()
    assert no_js.get_by_text("Het gesprek is genoteerd.").is_visible()

    no_js.get_by_role("link", name="Initiatieven").first.click()
    no_js.get_by_label("Zoek op woord, naam, telefoon of e-mail").fill("moestuin")
    no_js.get_by_role("button", name="Zoeken").click()
    no_js.get_by_role("link", name="Moestuin de Groene Hoek").click()
    no_js.get_by_role("link", name="Bericht sturen").click()
    no_js.get_by_label("Wat wil je schrijven?").fill("Tot zaterdag!")
    no_js.get_by_role("button", name="Bericht sturen").click()

    assert no_js.get_by_text("Tot zaterdag!").is_visible()
    assert busy.contact_moments.get().summary == "Hij is blij."
