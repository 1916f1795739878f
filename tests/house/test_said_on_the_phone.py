"""What is said on the phone to who reads no mail (R10): no address of a page, and nothing to click or to open."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from socialewifi.core import texts
from socialewifi.core.texts import PLACEHOLDER
from socialewifi.initiatives.actions.inform import NOT_SAID

REGIONS = sorted((settings.BASE_DIR / "regions").glob("*/texts/*/*.md"))
# Only ever mailed: to an address that changed, to whoever has one.
ONLY_MAILED = {"address-changed", "address-new", "check-in"}
# Is a letter by itself.
ONLY_PRINTED = {"letter-access"}
ON_A_SCREEN = re.compile(
    r"https?:|klik|pagina|\blink\b|internet|\bhier\b|click|\bpage\b|\bhere\b|\bseite\b|klick|@", re.IGNORECASE
)


def is_said(code):
    """Tell whether initiators hear this text on the phone: whoever is told something may prefer that."""
    return "access_code" in texts.allowed(code) and code not in ONLY_MAILED | ONLY_PRINTED


SAID = [path for path in REGIONS if is_said(path.stem)]


def said(path):
    """Return the words of a text that are said: what asks for the address of a page is left out."""
    body = path.read_text().split("---\n", 2)[2]
    parts = re.split(r"\n\s*\n", body.strip())
    return "\n\n".join(part for part in parts if not set(PLACEHOLDER.findall(part)) & set(NOT_SAID))


@pytest.mark.parametrize("path", SAID, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_is_said_on_the_phone_asks_nobody_to_open_a_page(path: Path):
    words = said(path)

    assert not ON_A_SCREEN.search(words), words
