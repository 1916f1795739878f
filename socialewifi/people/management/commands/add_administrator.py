"""The first start: someone has to be administrator before anyone can be added in the interface."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from socialewifi.core import clock, tables
from socialewifi.core.errors import DomainError
from socialewifi.people.actions import accounts, roles
from socialewifi.people.models import Role, User


class Command(BaseCommand):
    help = "Make someone administrator and mail how to come in: add_administrator EMAIL NAME. Do it for two people."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name", nargs="+")

    def handle(self, *args: Any, email: str, name: list[str], **options: Any) -> None:
        tables.require_fit()
        at = clock.now()
        try:
            with transaction.atomic():
                someone = User.objects.with_address(email) or accounts.add_person(
                    name=" ".join(name), email=email, by=None, at=at
                )
                _make_administrator(someone, at=at)
                accounts.invite(user=someone, by=None, at=at)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{someone.name} is administrator now; a mail with a link to choose a password is under way.")


def _make_administrator(someone: User, *, at: datetime) -> None:
    """Give the role, or confirm the one that waits: where nobody is left to do so, this is the way back in."""
    waiting = someone.roles.waiting(clock.today()).filter(kind=Role.Kind.ADMINISTRATOR).first()
    if waiting:
        roles.confirm_role(role=waiting, by=None, at=at)
    else:
        roles.give_role(user=someone, kind=Role.Kind.ADMINISTRATOR, starts_on=clock.today(), by=None, at=at)
