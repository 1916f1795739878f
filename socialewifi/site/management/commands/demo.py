"""``manage.py demo``: tell the sample year of the region, in the demo only."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from socialewifi.core import clock
from socialewifi.core.regionfiles import RefusedRegion
from socialewifi.initiatives.models import Initiative
from socialewifi.site.demo.year import tell_year


class Command(BaseCommand):
    help = "Vertel het voorbeeldjaar van de regio."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=settings.BASE_DIR / "regions/zuid-limburg/demo")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Het voorbeeldjaar hoort alleen in de demo (DEMO=true).")
        if Initiative.objects.exists():
            raise CommandError("Er zijn al initiatieven. Het voorbeeldjaar begint met een lege database.")
        try:
            count = tell_year(folder=folder, until=clock.now())
        except RefusedRegion as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{count} initiatieven verteld.")
