"""Telling an idea in a real browser: on a phone, by keyboard only, without JavaScript; every page without faults."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core.models import Event, Message
from socialewifi.core.tests.factories import TextFactory
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.models import Draft, Initiative
from socialewifi.initiatives.tests.factories import ChannelFactory
from socialewifi.initiatives.tests.telling import PAGES, begin, page, ready_to_report, send, tell
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.tests.factories import (
    MunicipalityFactory,
    NeighbourhoodFactory,
    RegionFactory,
    SubRegionFactory,
)
from tests.browser import chromium
from tests.browser.keyboard import press
from tests.browser.test_access import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
OFFLINE = {"jij": {"name": "Olaf Inwoner", "phone": "0612345678"}}
BY_LETTER = {
    **OFFLINE,
    "contact": {"preferred_channel": "letter", "language": "nl"},
    "adres": {"address": "Kade 1\n1234 AB Waterdorp"},
}
BY_MAIL = {"contact": {**PAGES["contact"], "preferred_channel": "email"}}


@pytest.fixture(autouse=True)
def _the_region_is_there():
    RegionFactory()
    subregion = SubRegionFactory(name="Noordoever")
    waterdorp = MunicipalityFactory(name="Waterdorp", slug="waterdorp", subregion=subregion)
    NeighbourhoodFactory(municipality=waterdorp, name="Havenkwartier", slug="havenkwartier")
    agree_on_numbers()
    ready_to_report()
    TextFactory(code="letter-access", subject="Jouw code", body="{{ access_code }}")
    ChannelFactory(code="desk", name="Loket")
    UserFactory(name="Gijs Begeleider", email="gijs@werk.test", roles=["guide"], roles__subregion=subregion)


@pytest.fixture(params=SIZES)
def window(request, new_context):
    return new_context(viewport=SIZES[request.param])


@pytest.fixture
def at_work(window, live_server):
    sign_in(window, live_server, UserFactory._meta.model.objects.get(email="gijs@werk.test"))
    return window.new_page()


def is_sound(shown, axe):
    """Refuse faults, and sideways scrolling."""
    axe(shown)
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), shown.url


def test_every_question_its_errors_and_what_comes_after_are_without_faults(window, axe):
    shown = window.new_page()
    token = tell(Client(), **BY_LETTER)
    questions = [page(token, slug) for slug in (*PAGES, "adres")]

    for path in ["/", "/vertel/", *questions, reverse("report-check", args=[token]), page(uuid.uuid4(), "naam")]:
        shown.goto(path)
        is_sound(shown, axe)


def test_every_refusal_is_without_faults_and_begins_at_its_summary(window, axe):
    shown = window.new_page()
    token = begin(Client())
    wrong = {"idee": ("idea", ""), "hulp": ("amount_asked", "veel"), "jij": ("phone", "12"), "adres": ("address", "")}

    for slug, (name, typed) in wrong.items():
        shown.goto(page(token, slug))
        shown.fill(f"[name={name}]", typed)
        shown.click("text=Verder")
        shown.wait_for_selector(".error-summary")
        is_sound(shown, axe)
        assert shown.evaluate("document.activeElement.classList.contains('error-summary')")


@pytest.mark.parametrize("way", [OFFLINE, BY_LETTER, {}, BY_MAIL])
def test_the_promise_is_without_faults_for_whoever_wants_to_be_called_written_to_or_mailed(window, axe, way):
    shown = window.new_page()
    token = tell(Client(), **way)
    send(Client(), token)

    shown.goto(reverse("report-done", args=[token]))

    is_sound(shown, axe)


def test_what_is_typed_after_sending_is_given_back_without_faults(window, axe):
    shown = window.new_page()
    token = tell(Client())
    shown.goto(page(token, "plan"))
    send(Client(), token)

    shown.fill("[name=existing]", "Ook nog een schuur")
    shown.click("text=Verder")

    shown.wait_for_selector("text=Je idee was al verstuurd")
    assert "Ook nog een schuur" in shown.content()
    is_sound(shown, axe)


def test_someone_tells_an_idea_by_keyboard_only(new_context):
    shown = new_context(viewport=SIZES["phone"]).new_page()
    keys = shown.keyboard
    shown.goto("/")
    answers = [
        ["Samen eten op dinsdag."],
        ["De Dinsdagtafel"],
        ["Water", "Havenkwartier"],
        ["Vijf buren", "Wie alleen woont"],
        ["Een keuken", "Minder eenzaam"],
        ["Pannen", "250", "Nog nergens"],
        ["Noor Inwoner", "0612345678", "noor@voorbeeld.test"],
    ]

    for words in answers:
        shown.wait_for_selector("main form")
        for word in words:
            _tab_to_next_field(shown)
            keys.type(word)
        _tab_to_button(shown)
        before = shown.url
        keys.press("Enter")
        shown.wait_for_url(lambda url, before=before: url != before)
    _tab_to_next_field(shown)
    keys.press("Space")
    for _field in ("preferred_times", "language"):
        _tab_to_next_field(shown)
    _tab_to_button(shown)
    keys.press("Enter")
    shown.wait_for_selector("text=Klopt dit?")
    _tab_to_button(shown, "Verstuur mijn idee")
    keys.press("Enter")

    shown.wait_for_selector("text=Dank je wel! Je idee is binnen.")
    initiative = Initiative.objects.get()
    assert initiative.title == "De Dinsdagtafel"
    assert initiative.municipality.name == "Waterdorp"
    assert initiative.neighbourhood.name == "Havenkwartier"
    assert initiative.initiators.get().preferred_channel == "phone"


def _tab_to_next_field(shown):
    """Press Tab until a field has the focus."""
    here = "document.activeElement.name || ''"
    before = shown.evaluate(here)
    for _press in range(40):
        press(shown, "Tab")
        name = shown.evaluate(here)
        is_field = shown.evaluate("document.activeElement.matches('main input, main textarea, main select')")
        if is_field and name != before:
            return
    raise AssertionError(f"No field after {before!r} on {shown.url}")


def _tab_to_button(shown, words="Verder"):
    for _press in range(40):
        press(shown, "Tab")
        if shown.evaluate("document.activeElement.matches('main button')") and words == shown.evaluate(
            "document.activeElement.textContent.trim()"
        ):
            return
    raise AssertionError(f"No button {words!r} on {shown.url}")


def test_someone_without_javascript_tells_an_idea_from_the_home_page(no_js):
    no_js.goto("/")
    no_js.fill("[name=idea]", "Een veilig plein met bankjes.")
    no_js.click("text=Verder")
    for _question in ("naam", "plek", "mensen", "plan", "hulp"):
        no_js.locator("button[name=skip]").click()
    no_js.fill("[name=name]", "Olaf Inwoner")
    no_js.fill("[name=phone]", "06 12345678")
    no_js.click("text=Verder")
    no_js.check("[value=visit]")
    no_js.click("text=Verder")
    no_js.click("text=Verstuur mijn idee")

    assert no_js.locator("h1").inner_text() == "Dank je wel! Je idee is binnen."
    assert no_js.locator(".access-code").inner_text()
    assert Initiative.objects.get().title == "Een veilig plein met bankjes"


@pytest.fixture
def window_with_memory(browser, live_server):
    """A browser that keeps pages for the back button, as those of people do; Playwright's own does not."""
    keeps = browser.browser_type.launch(
        executable_path=chromium.path(),
        args=chromium.FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield keeps.new_page(base_url=live_server.url, viewport=SIZES["phone"], locale="nl-NL")
    keeps.close()


def test_going_back_in_the_browser_to_the_first_words_changes_the_same_idea(window_with_memory):
    shown = window_with_memory
    shown.goto("/")
    shown.fill("[name=idea]", "Een tuin")
    _go_on(shown, "**/naam/")
    shown.fill("[name=title]", "De tuin")
    _go_on(shown, "**/plek/")

    shown.go_back(wait_until="commit")
    assert shown.input_value("[name=title]") == "De tuin"
    shown.go_back(wait_until="commit")
    assert shown.input_value("[name=idea]") == "Een tuin"
    shown.fill("[name=idea]", "Een grote tuin")
    _go_on(shown, "**/naam/")

    assert shown.input_value("[name=title]") == "De tuin"
    assert [draft.answers["idea"] for draft in Draft.objects.all()] == ["Een grote tuin"]


def _go_on(shown, path):
    shown.click("main >> text=Verder")
    shown.wait_for_url(path)


def test_writing_an_idea_down_for_someone_is_without_faults(at_work, axe):
    at_work.goto("/werk/nieuw/")
    is_sound(at_work, axe)
    at_work.click("main >> text=Bewaren")
    at_work.wait_for_selector(".error-summary")
    is_sound(at_work, axe)

    at_work.fill("[name=idea]", "Samen eten op dinsdag.")
    at_work.fill("[name=name]", "Olaf Inwoner")
    at_work.fill("[name=phone]", "0612345678")
    at_work.check("[name=preferred_channel][value=phone]")
    at_work.select_option("[name=channel]", label="Loket")
    at_work.check("[name=situation][value=counter]")
    at_work.check("[name=has_consent]")
    at_work.click("main >> text=Bewaren")

    at_work.wait_for_selector("text=Het idee is opgeschreven")
    is_sound(at_work, axe)
    at_work.click("text=Brief met code afdrukken")
    at_work.wait_for_selector("text=Maak de brief")
    is_sound(at_work, axe)


def test_what_looks_like_it_is_shown_without_faults(at_work, axe):
    send(Client(), tell(Client()))
    at_work.goto("/werk/nieuw/")
    at_work.fill("[name=idea]", PAGES["idee"]["idea"])
    at_work.fill("[name=title]", "Moestuin voor iedereen")
    at_work.select_option("[name=municipality]", label="Waterdorp")
    at_work.fill("[name=name]", "Olaf Inwoner")
    at_work.fill("[name=phone]", "0612345678")
    at_work.check("[name=preferred_channel][value=phone]")
    at_work.select_option("[name=channel]", label="Loket")
    at_work.check("[name=situation][value=counter]")
    at_work.check("[name=has_consent]")
    at_work.click("main >> text=Bewaren")

    at_work.wait_for_selector("text=Is dit er al?")
    is_sound(at_work, axe)
    at_work.click("text=Het is iets anders: bewaren")
    at_work.wait_for_selector("text=Het idee is opgeschreven")
    assert Initiative.objects.count() == 2


def test_letters_that_wait_are_posted_without_faults(at_work, axe):
    at_work.goto("/werk/brieven/")
    is_sound(at_work, axe)
    send(Client(), tell(Client(), **BY_LETTER))

    at_work.reload()
    is_sound(at_work, axe)
    at_work.check("[name=letters]")
    at_work.click("text=De gekozen brieven zijn op de post")

    at_work.wait_for_selector("text=Geen brieven die wachten")
    is_sound(at_work, axe)
    assert Message.objects.get().sent_at is not None


def test_letters_are_printed_beside_the_page_and_then_posted_from_it(at_work):
    send(Client(), tell(Client(), **BY_LETTER))
    at_work.goto("/werk/brieven/")
    at_work.check("[name=letters]")

    with at_work.expect_popup() as printed:
        at_work.click("text=Print de gekozen brieven")
    printed.value.close()
    assert Event.objects.filter(kind="initiatives.letter.printed").count() == 1
    # The form is free again once the paper is there.
    at_work.wait_for_selector("form[data-sending]", state="detached")
    at_work.click("text=De gekozen brieven zijn op de post")

    at_work.wait_for_selector("text=Geen brieven die wachten")
    assert Message.objects.get().sent_at is not None
