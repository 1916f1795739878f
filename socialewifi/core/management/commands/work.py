"""``manage.py work``: the worker, for as long as it is not told to stop."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from socialewifi.core.tables import work_as
from socialewifi.core.worker import work


class Command(BaseCommand):
    help = "Do the jobs of every room, until a signal comes; while the database is away, wait for it."

    def handle(self, *args: Any, **options: Any) -> None:
        work_as("worker")
        asyncio.run(work())
