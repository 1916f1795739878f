"""``manage.py ready``: whether program, key and rights fit this database, and when the last thing happened in it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from socialewifi.core import tables
from socialewifi.core.models import Event


class Command(BaseCommand):
    help = "Tell whether web and worker would start on this database, and how new what stands in it is."

    def handle(self, *args: Any, **options: Any) -> None:
        tables.require_fit()
        last = Event.objects.order_by("-pk").first()
        name = settings.DATABASES["default"]["NAME"]
        told = f"{Event.objects.count()} events, the last at {last.at:%Y-%m-%d %H:%M} UTC" if last else "no events yet"
        self.stdout.write(f"Database {name} fits this program and this key: {told}.")
