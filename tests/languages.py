"""What a page asks of the translations, and what the catalogues of English and German hold."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from socialewifi.site.rooms import ROOMS

LANGUAGES = ("en", "de")
# What residents read: here every text is there in each language (ADR 12).
FOR_RESIDENTS = re.compile("|".join(rf"^{room.name}/({room.for_residents})" for room in ROOMS if room.for_residents))
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2)}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@cache
def catalog(language: str) -> Catalog:
    """Return the words of all rooms together, as a page finds them."""
    whole = Catalog(locale=language)
    for message in chain.from_iterable(catalogs(language).values()):
        known = whole.get(message.id)
        if message.id and (known is None or not is_translated(known)):
            whole.add(message.id, message.string, flags=message.flags)
    return whole


@cache
def catalogs(language: str) -> dict[str, Catalog]:
    """Return the words of each room."""
    root = Path(settings.BASE_DIR) / "socialewifi"
    found = {}
    for path in sorted(root.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            found[path.relative_to(root).parts[0]] = read_po(file, locale=language)
    return found


def texts_of(words: object) -> list[str]:
    """Return the words of a message, which may have a plural."""
    return [words] if isinstance(words, str) else list(words)


def in_the_code() -> frozenset[str]:
    """Return every text that stands in the code of what residents read: also one nobody gathered yet."""
    root = Path(settings.BASE_DIR) / "socialewifi"
    paths = [path for kind in ("*.py", "*.html", "*.txt") for path in root.rglob(kind)]
    return frozenset(
        text for path in paths if FOR_RESIDENTS.match(str(path.relative_to(root))) for text in _texts_in(path)
    )


def _texts_in(path: Path) -> Iterator[str]:
    source = path.read_text()
    method = "python"
    if path.suffix != ".py":
        # Django leaves only what is to be translated, in words that a lenient reader understands.
        method, source = "javascript", templatize(source)
    for _line, found, _comments, _context in extract(method, BytesIO(source.encode()), keywords=KEYWORDS):
        yield found if isinstance(found, str) else found[0]


def is_translated(message: Message | None) -> bool:
    return message is not None and all(texts_of(message.string)) and not message.fuzzy


def placeholders(words: object) -> set[str]:
    return set(_PLACEHOLDER.findall(" ".join(texts_of(words))))


@cache
def of_others() -> frozenset[str]:
    """Return the texts of Django and of what signs people in, which bring their own translations."""
    found = set()
    for package in ("django", "allauth"):
        root = Path(find_spec(package).submodule_search_locations[0])
        for path in root.glob("**/locale/nl/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                found |= {text for message in read_po(file) for text in texts_of(message.id)}
    return frozenset(found)
