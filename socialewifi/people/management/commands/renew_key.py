"""After another SECRET_KEY: have everything open with it, so that the former may be thrown away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from socialewifi.core import clock
from socialewifi.core.errors import DomainError
from socialewifi.people.actions import secret_key


class Command(BaseCommand):
    help = "Encrypt everything under the present SECRET_KEY; with --lost, go on without the former one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--lost", action="store_true", help="the former key is gone: second steps, links and codes begin anew"
        )

    def handle(self, *args: Any, lost: bool, **options: Any) -> None:
        try:
            self.stdout.write(_begin_anew() if lost else _carry_over())
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal


def _carry_over() -> str:
    count, until = secret_key.carry_over(at=clock.now())
    told = f"{count} second steps are encrypted under the present key. "
    if until is None:
        return told + "The former key may go."
    return (
        told
        + f"Keep the former among SECRET_KEY_FALLBACKS until {timezone.localdate(until)}: it opens links and codes."
    )


def _begin_anew() -> str:
    begun = secret_key.begin_anew(at=clock.now())
    told = f"{begun.second_steps} people choose a second step anew, and are mailed; "
    return f"{told}{begun.ways_in} ask for a new link or code."
