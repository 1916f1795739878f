"""``manage.py load_region PATH``: bring a region's files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from socialewifi.core import clock, tables
from socialewifi.core.regionfiles import RefusedRegion
from socialewifi.places.queries import the_region
from socialewifi.site.region import load_region

# No mailbox has such an address (RFC 2606).
INVENTED = ".example"


class Command(BaseCommand):
    help = "Laad de bestanden van een regio. Kan zo vaak als nodig; toont wat er verandert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="de map van de regio")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        tables.require_fit()
        if not folder.is_dir():
            raise CommandError(f"Er is niets geladen.\n{folder} is geen map.")
        try:
            lines = load_region(folder=folder, at=clock.now())
        except RefusedRegion as refused:
            raise CommandError(f"Er is niets geladen.\n{refused}") from refused
        for line in lines or ["niets veranderd"]:
            self.stdout.write(line)
        region = the_region()
        if region and region.desk_email.endswith(INVENTED):
            self.stdout.write("! nummer en adres van het loket zijn verzonnen: vul ze in (region.yaml)")
