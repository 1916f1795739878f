"""A resident's page stays light (docs/components.md)."""

import gzip
import os

import pytest
from django.conf import settings

BUILD = settings.BASE_DIR / "socialewifi" / "core" / "static" / "build"
KILOBYTE = 1000


def packed(name: str) -> int:
    path = BUILD / name
    if not path.exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("The look is not built: run make setup.")
    return len(gzip.compress(path.read_bytes(), 9))


def test_the_style_of_a_residents_page_is_at_most_40_kilobytes():
    assert packed("site-look.css") <= 40 * KILOBYTE


def test_the_script_of_a_residents_page_is_at_most_25_kilobytes():
    assert packed("site.js") <= 25 * KILOBYTE


def test_nothing_in_the_bundle_comes_from_elsewhere():
    packed("site-look.css")
    for name in ("site-look.css", "staff-look.css"):
        style = (BUILD / name).read_text()
        assert "url(http" not in style
        assert "url(data:" not in style
