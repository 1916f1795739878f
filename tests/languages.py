"""What a page asks of the translations, and what the catalogues of English and German hold."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

LANGUAGES = ("en", "de")
# What residents read: here every text is there in each language (experience.md, Languages).
FOR_RESIDENTS = re.compile(
    r"^(core/(templates/(?!core/(gallery|staff|paper|reading)|ui/gallery)|forms|fields|templatetags)"
    r"|initiatives/(templates/initiatives/(report|mine|public)/(?!for_them)|forms/(report|public)"
    r"|views/(mine/(?!for_them)|told|report|public)|queries/(mine|own_road|public|promise|places))"
    r"|initiatives/actions/(consents|ownership|stories|publishing|report)\.py"
    r"|assessment/(templates/assessment/(panel_|plan|advices|initiative_tags|written_|objected)|plan|letters|views/panel)"
    r"|people/templates/(people/(code|key_|no_account|desk|sessions|mail/(panel|access))"
    r"|account/(account_inactive|confirm_login|request_login|logout"
    r"|email/(base_m|login|unknown)))|people/(actions/(keys|notices)|views/(keys|sessions))"
    r"|(core|people|site)/templates/[45]\d\d"
    r"|site/(templates/site/(?!demo|today)|views/(public|mine)|road))"
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@cache
def catalog(language: str) -> Catalog:
    path = Path(settings.BASE_DIR) / "socialewifi" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts_of(words: object) -> list[str]:
    """Return the words of a message, which may have a plural."""
    return [words] if isinstance(words, str) else list(words)


def is_translated(message: Message | None) -> bool:
    return message is not None and all(texts_of(message.string)) and not message.fuzzy


def is_for_residents(message: Message) -> bool:
    return bool(message.id) and any(FOR_RESIDENTS.match(path) for path, _line in message.locations)


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
