"""Texts of mails and letters to test with."""

import factory
from factory.django import DjangoModelFactory

from socialewifi.core import texts
from socialewifi.core.models import Text


class TextFactory(DjangoModelFactory):
    class Meta:
        model = Text
        django_get_or_create = ("code", "language")

    code = factory.Sequence(lambda n: f"tekst-{n}")
    language = "nl"
    subject = "Over iets"
    body = "Hallo {{ name }}."


def write_texts() -> dict[str, Text]:
    """Write a plain text for every mail and letter the rooms registered, with all it may fill in."""
    made = [
        TextFactory.build(
            code=code, subject=str(kind.label), body="\n\n".join(f"{{{{ {value} }}}}" for value in texts.allowed(code))
        )
        for code, kind in texts.KINDS.items()
    ]
    Text.objects.bulk_create(made, ignore_conflicts=True)
    return {one.code: one for one in Text.objects.filter(code__in=texts.KINDS, language="nl")}
