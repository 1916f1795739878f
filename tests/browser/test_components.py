"""Every component in each state, as people meet it: on a phone and a desktop, by day and by night, by keyboard."""

import pytest

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
PAGES = ["/", "/ui/", "/ui/werk/", "/bestaat-niet/"]
# Links inside a sentence may be as small as its words (WCAG 2.5.8); everything else is easy to hit.
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, textarea, .choice, .utrecht-textbox, a")]
  .filter(e => e.checkVisibility() && !e.matches(".utrecht-skip-link"))
  .filter(e => !e.closest("p, td, th, dd, h3, .plain-list"))
  .filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 120))"""
UNREADABLE = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(new_context, axe, address, size, scheme):
    page = new_context(viewport=SIZES[size], color_scheme=scheme).new_page()
    page.goto(address)

    axe(page)


@pytest.mark.parametrize("address", PAGES)
def test_at_320_pixels_nothing_scrolls_sideways(new_context, address):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", PAGES)
def test_everything_is_easy_to_hit(phone, address):
    phone.goto(address)

    assert phone.evaluate(SMALL_TARGETS) == []


def test_body_text_is_at_least_18_pixels(phone):
    phone.goto("/ui/")

    assert phone.evaluate(UNREADABLE) >= 18


def test_the_keyboard_reaches_the_content_first(desktop):
    desktop.goto("/")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    assert desktop.evaluate("document.activeElement.id") == "main"


def test_a_refused_form_starts_at_its_summary(phone):
    phone.goto("/ui/")

    assert "error-summary" in phone.evaluate("document.activeElement.className")


def test_what_is_typed_survives_a_closed_page(phone):
    phone.goto("/ui/")
    phone.fill("#id_blank-idea", "Een tuin voor iedereen")
    phone.goto("/")
    phone.goto("/ui/")

    assert phone.input_value("#id_blank-idea") == "Een tuin voor iedereen"


def test_nothing_breaks_the_content_security_policy(desktop):
    complaints = []
    desktop.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    desktop.goto("/ui/")
    desktop.goto("/ui/werk/")

    assert complaints == []


def test_reading_aloud_is_not_offered_without_javascript(no_js):
    no_js.goto("/ui/")

    assert not no_js.is_visible(".listen")
