"""The texts of mails and letters: the region's words with the values of one moment filled in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext

from socialewifi.core.dates import date_in_words
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.models import Text
from socialewifi.core.redaction import without_contact_details

PLACEHOLDER = re.compile(r"{{\s*([^{}]*?)\s*}}")
SOURCE_LANGUAGE = "nl"
# What leads to a page, or opens it.
WAYS = {"link", "page", "code", "access_code"}


@dataclass(frozen=True)
class TextKind:
    """A text that some room sends: what it is for, and the values that room fills in, with what each holds."""

    label: str
    values: Mapping[str, str] = field(default_factory=dict)
    # Whoever reads it may not know how the initiators are reached: what they typed comes without contact details.
    is_for_outsiders: bool = False
    # Says something, and leads to no page.
    leads_nowhere: bool = False

    @property
    def ways(self) -> set[str]:
        """What of its values leads to a page: one of them has to be in it, or nobody finds what it tells of."""
        return set() if self.leads_nowhere else WAYS & self.values.keys()


class Secret:
    """A value that opens something: made once a text asks for it, and kept only until the message is on its way."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make

    def __str__(self) -> str:
        return self._made

    @cached_property
    def _made(self) -> str:
        return self._make()

    @property
    def is_made(self) -> bool:
        return "_made" in self.__dict__


class MissingValue(KeyError):
    """Raised when a text asks for a value that was not given."""


KINDS: dict[str, TextKind] = {}
# What every text may use, beside the values of its own kind.
COMMON: dict[str, str] = {
    "name": "de naam van wie het krijgt",
    "base_url": "het adres van de website, zonder / aan het eind",
}
# What leads somewhere or opens something: never something that was typed.
ADDRESSES = {"page", "link", "access_code"}
# What opens something. Next to other signs it could become part of an address of somebody else.
OPENS = re.compile(r"\{\{\s*(?:link|access_code)\s*\}\}")
OPENS_AND_STANDS_ALONE = re.compile(rf"(?:(?<=\s)|^){OPENS.pattern}(?=[.,;:!?)]?(?:\s|$))", re.MULTILINE)
_COMMON_VALUES: list[Callable[[], Mapping[str, object]]] = []


def register(kinds: Mapping[str, TextKind]) -> None:
    """Make a room's texts known; called once, when the room is loaded."""
    KINDS.update(kinds)


def provide(explained: Mapping[str, str], values: Callable[[], Mapping[str, object]]) -> None:
    """Make values known that every text may use; called once, when a room is loaded."""
    COMMON.update(explained)
    _COMMON_VALUES.append(values)


def allowed(code: str) -> dict[str, str]:
    """Return the placeholders this text may use, with what each holds."""
    return {**COMMON, **KINDS[code].values}


def placeholders(words: str) -> list[str]:
    """Return the placeholders in these words, in order."""
    return PLACEHOLDER.findall(words)


def faults(code: str, *, subject: str, body: str) -> list[tuple[str, str]]:
    """Return what is wrong with these words for this text: ``subject`` or ``body``, and why."""
    found = [
        (name, why) for name, words in (("subject", subject), ("body", body)) for why in _wrong_places(code, words)
    ]
    if OPENS.search(subject):
        found.append(("subject", gettext("Een link of code staat nooit in het onderwerp: dat lezen ook anderen.")))
    if OPENS.search(OPENS_AND_STANDS_ALONE.sub("", body)):
        found.append(("body", gettext("Zet een spatie of een nieuwe regel om een link of code heen.")))
    if len(subject.strip().splitlines()) > 1:
        found.append(("subject", gettext("Een onderwerp is één regel.")))
    if not body.strip():
        found.append(("body", gettext("De tekst is leeg.")))
    ways = KINDS[code].ways
    if ways and not ways & set(placeholders(body)):
        names = ", ".join(f"{{{{ {name} }}}}" for name in sorted(ways))
        found.append(("body", gettext("Hier moet minstens één van deze in staan: %(names)s.") % {"names": names}))
    return found


def _wrong_places(code: str, words: str) -> Iterator[str]:
    """Say which places to fill in are not finished, or not known."""
    rest = PLACEHOLDER.sub("", words)
    if "{{" in rest or "}}" in rest:
        yield gettext("Een invulplek is niet af: schrijf hem als {{ naam }}.")
    if unknown := sorted(set(placeholders(words)) - set(allowed(code))):
        yield gettext("Dit kennen we niet: %(names)s.") % {"names": ", ".join(unknown)}


def render(code: str, *, language: str, **values: object) -> tuple[str, str]:
    """
    Return subject and body in this language, or in Dutch where the region has no such text.

    A paragraph that asks for an empty value is left out.

    :raises Text.DoesNotExist: if the region has no text with this code
    :raises MissingValue: if the text asks for a value that was not given
    """
    texts = {text.language: text for text in Text.objects.filter(code=code, language__in=[language, SOURCE_LANGUAGE])}
    text = texts.get(language) or texts.get(SOURCE_LANGUAGE)
    if text is None:
        raise Text.DoesNotExist(code)
    known: dict[str, object] = {"base_url": settings.BASE_URL}
    for provided in _COMMON_VALUES:
        known.update(provided())
    known.update(values)
    with translation.override(text.language):
        if code in KINDS and KINDS[code].is_for_outsiders:
            known.update(_as_outsiders_read(values))
        subject = _fill(text.subject, known)
        paragraphs = [_fill(part, known) for part in re.split(r"\n\s*\n", text.body.strip()) if _is_whole(part, known)]
    return " ".join(subject.split())[:250], "\n\n".join(paragraphs)


def _as_outsiders_read(values: Mapping[str, object]) -> dict[str, str]:
    """Clear what was typed; an address on this platform, and what opens something, are no such words."""
    typed = {name: one for name, one in values.items() if isinstance(one, StrOrPromise) and name not in ADDRESSES}
    return {name: without_contact_details(str(value)) for name, value in typed.items()}


def _is_whole(part: str, values: Mapping[str, object]) -> bool:
    return all(_words(values, name) for name in placeholders(part))


def _fill(part: str, values: Mapping[str, object]) -> str:
    return PLACEHOLDER.sub(lambda found: _words(values, found[1]), part)


def _words(values: Mapping[str, object], name: str) -> str:
    """Return the value in words; ``contact.phone`` is the phone of ``contact``, and nothing without a contact."""
    first, _dot, rest = name.partition(".")
    if first not in values:
        raise MissingValue(name)
    value = values[first]
    if rest and value is not None:
        value = getattr(value, rest)
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    if isinstance(value, date):
        return date_in_words(value, "l j F")
    return "" if value is None else str(value).strip()


@dataclass(frozen=True)
class Part:
    """Some words of a line, and where they lead when they are a link to this platform."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list."""

    lines: list[list[Part]]
    is_list: bool


def blocks(body: str) -> list[Block]:
    """Return the body in paragraphs and lists, for a page. Only addresses of this platform become links."""
    address = re.compile(rf"({re.escape(settings.BASE_URL)}/\S*[\w/=-]|{re.escape(settings.BASE_URL)}(?=\s|$))")
    found = []
    for part in re.split(r"\n\s*\n", body):
        lines = part.strip().splitlines()
        is_list = bool(lines) and all(line.startswith("- ") for line in lines)
        parts = [_parts(line.removeprefix("- ") if is_list else line, address) for line in lines]
        found.append(Block(parts, is_list))
    return found


def _parts(line: str, address: re.Pattern[str]) -> list[Part]:
    return [Part(words, words if address.fullmatch(words) else "") for words in address.split(line) if words]


register({"digest": TextKind("Wat er nieuw is", {"lines": "wat er nieuw is, een regel per bericht"})})
