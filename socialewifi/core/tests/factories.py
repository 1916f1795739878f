"""Texts of mails and letters to test with."""

import factory
from factory.django import DjangoModelFactory

from socialewifi.core.models import Text


class TextFactory(DjangoModelFactory):
    class Meta:
        model = Text
        django_get_or_create = ("code", "language")

    code = factory.Sequence(lambda n: f"tekst-{n}")
    language = "nl"
    subject = "Over {{ title }}"
    body = "Hallo {{ name }}. Je pagina: {{ base_url }}{{ page }}"
