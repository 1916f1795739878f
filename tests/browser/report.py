"""Which tests need a browser, and a word at the end about those that could not run."""

import os

import pytest

from tests.browser import chromium


# Before xdist reads which tests belong together.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that needs a browser its mark; those of one file stay in one process, with one Chromium."""
    for item in items:
        if "/tests/browser/" in str(item.path):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if "SETUP_SECONDS" in os.environ:
        terminalreporter.write_line(f"Set-up took {os.environ['SETUP_SECONDS']} s before these tests.")
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped and not chromium.path():
        terminalreporter.write_line(
            f"Browser tests skipped for want of Chromium: {len(skipped)}. To run them: {chromium.HOW_TO_RUN}.",
            yellow=True,
        )
