"""Letters as an accessible PDF, for who has no e-mail: the same words on paper (R10)."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from django.utils import timezone, translation
from django.utils.formats import date_format

from socialewifi.core.models import Message
from socialewifi.core.pdf import TEMPLATES, make_pdf


@dataclass(frozen=True)
class Sender:
    """Whose letter it is, the line above the address, and how to reach them at the foot."""

    name: str
    return_line: str = ""
    closing: str = ""


def letters_pdf(letters: Sequence[Message], *, sender: Callable[[], Sender], title: str = "") -> bytes:
    """Return these letters as one document, each on its own page; ``sender`` is asked in the language of each."""
    return make_pdf(
        TEMPLATES / "letter.typ",
        {
            "title": title or letters[0].subject,
            "language": letters[0].language,
            "letters": [_letter(letter, sender) for letter in letters],
        },
    )


def _letter(letter: Message, sender: Callable[[], Sender]) -> dict[str, object]:
    with translation.override(letter.language):
        day = date_format(timezone.localdate(letter.created_at), "DATE_FORMAT")
        shown = asdict(sender())
    return {
        "sender": shown,
        "name": letter.to_name,
        "address": letter.to_address,
        "date": day,
        "subject": letter.subject,
        "body": letter.body,
        "language": letter.language,
    }
