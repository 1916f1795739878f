"""``manage.py grant_rights ROLE``: the rights of web and worker, given by the owner after each ``migrate``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from socialewifi.core import grants


class Command(BaseCommand):
    help = "Geef deze databasegebruiker precies de rechten van web en worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        try:
            grants.grant_rights(role)
        except grants.CannotGrant as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{role}: lezen, toevoegen, en wijzigen wat gewijzigd mag worden.")
