"""``manage.py work``: the worker, for as long as it is not told to stop."""

import asyncio
import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from procrastinate.exceptions import ConnectorException

from socialewifi.core import tables
from socialewifi.core.tables import work_as
from socialewifi.core.worker import work

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do the jobs of every room, until a signal comes; while the database is away, wait for it."

    def handle(self, *args: Any, **options: Any) -> None:
        work_as("worker")
        try:
            asyncio.run(work())
        except (DatabaseError, ConnectorException) as wrong:
            if reason := tables.misfit():
                raise CommandError(f"The tables are {reason}.") from None
            logger.exception("The worker ends")
            raise CommandError(f"The worker ends: {type(wrong).__name__}.") from None
