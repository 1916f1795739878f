"""What someone typed as the name of their idea stands between quotes in what we write: it can be any words at all."""

import re

import pytest
from django.conf import settings

TEXTS = sorted((settings.BASE_DIR / "regions").glob("*/texts/*/*.md"))
# Each language in its own marks.
QUOTES = {"nl": "‘’", "en": "‘’", "de": "‚‘"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_name_of_an_idea_stands_between_quotes(path):
    before, after = QUOTES[path.parent.name]
    _start, about, body = path.read_text().split("---\n", 2)
    subject = re.search(r"^subject: .*$", about, re.MULTILINE)[0]

    for found in re.finditer(r"(.?){{ (title|other) }}(.?)", f"{subject}\n{body}"):
        assert (found[1], found[3]) == (before, after), found[0]
