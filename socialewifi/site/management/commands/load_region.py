"""``manage.py load_region PATH``: bring a region's files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from socialewifi.core import clock
from socialewifi.core.regionfiles import RefusedRegion
from socialewifi.site.region import load_region


class Command(BaseCommand):
    help = "Laad de bestanden van een regio. Kan zo vaak als nodig; toont wat er verandert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="de map van de regio")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            lines = load_region(folder=folder, at=clock.now())
        except RefusedRegion as refused:
            raise CommandError(f"Er is niets geladen.\n{refused}") from refused
        for line in lines or ["niets veranderd"]:
            self.stdout.write(line)
