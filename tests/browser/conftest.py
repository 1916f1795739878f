"""A real Chromium for the tests in this folder: on a phone, on a desktop, and without JavaScript."""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import chromium

# Playwright keeps an event loop in this thread; Django would take every query of a test for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another colour scheme or another size of the window can change about the same page.
AXE_RULES_OF_THE_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


# Not for the whole session: while Playwright's event loop is there, no other test can start one of its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium.path()
    if not path:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"No Chromium: {chromium.HOW_TO_RUN}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield browser
        browser.close()
        # With the event loop there, Django has connections apart; nobody else can close them.
        connections.close_all()


@pytest.fixture
def new_context(browser: Browser, live_server) -> Iterator[Callable[..., BrowserContext]]:
    """Open a fresh browser window: ``new_context(viewport=..., java_script_enabled=...)``."""
    opened = []

    def open_context(**options) -> BrowserContext:
        context = browser.new_context(base_url=live_server.url, locale="nl-NL", **options)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def phone(new_context) -> Page:
    return new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()


@pytest.fixture
def desktop(new_context) -> Page:
    return new_context(viewport=DESKTOP).new_page()


@pytest.fixture
def no_js(new_context) -> Page:
    return new_context(viewport=PHONE, java_script_enabled=False).new_page()


@pytest.fixture(scope="session")
def axe_faults() -> Callable[..., str]:
    """Return what axe finds on the page, in words: ``axe_faults(phone)``; ``look_only`` what its look changes."""
    script = Axe().axe_script
    every_rule = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
    of_the_look = {"runOnly": {"type": "rule", "values": AXE_RULES_OF_THE_LOOK}}

    def find(page: Page, *, look_only: bool = False) -> str:
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        options = {**(of_the_look if look_only else every_rule), "resultTypes": ["violations"], "preload": False}
        found = AxeResults(page.evaluate("options => axe.run(options)", options))
        return f"{page.url}\n{found.generate_report()}" if found.violations_count else ""

    return find


@pytest.fixture(scope="session")
def axe(axe_faults) -> Callable[[Page], None]:
    """Refuse every fault that axe finds on the page: ``axe(phone)``."""

    def refuse_faults(page: Page) -> None:
        found = axe_faults(page)
        assert not found, found

    return refuse_faults
