"""``manage.py personal_data``: what each field says about a person, as docs/persoonsgegevens.md has it."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.management.base import BaseCommand

from socialewifi.core.personal import Kind, all_declared
from socialewifi.people.personal import BROUGHT_BY_PACKAGES

HEAD = """# Persoonsgegevens, veld voor veld

Gemaakt met `manage.py personal_data`. Waarvoor iets bewaard wordt, staat in [privacy](privacy.md).
Wat hieronder bij wissen staat, is nog niet gebouwd: het zegt wat wissen van een mens met dat veld gaat doen.
Een veld zonder regel hier kan niet bestaan (`test_every_field_of_text_says_what_it_tells_about_someone`).
"""


class Command(BaseCommand):
    help = "List what each field says about a person, how long it is kept and what erasing does, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(HEAD)
        about_someone = (one for one in all_declared(BROUGHT_BY_PACKAGES) if one[2].kind is not Kind.NOTHING)
        for model, fields in groupby(about_someone, key=itemgetter(0)):
            self.stdout.write(f"\n## {model}\n\n| veld | wat | hoe lang | bij wissen |\n| --- | --- | --- | --- |")
            for _model, field, says in fields:
                self.stdout.write(f"| `{field}` | {says.kind} | {says.kept} | {says.erasing} |")
