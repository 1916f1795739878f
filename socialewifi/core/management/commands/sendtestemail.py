"""``manage.py sendtestemail ADDRESS``: Django's own, which ends with one line of what the mail server said."""

from smtplib import SMTPException
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import sendtestemail


class Command(sendtestemail.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            super().handle(*args, **options)
        except (SMTPException, OSError) as refused:
            raise CommandError(f"The mail server did not take it: {type(refused).__name__} {refused}") from refused
