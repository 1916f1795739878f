from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules

from socialewifi.core import checks  # noqa: F401  # registers them
from socialewifi.core.database import close_the_ways_around
from socialewifi.core.forms import speak_plainly
from socialewifi.core.tables import refuse_while_worked_with


class CoreConfig(AppConfig):
    name = "socialewifi.core"
    verbose_name = "Fundament"

    def ready(self) -> None:
        # What a room registers by having the file.
        autodiscover_modules("events", "receivers", "texts")
        speak_plainly()
        pre_migrate.connect(refuse_while_worked_with, sender=self)
        post_migrate.connect(make_cache_table, sender=self)
        post_migrate.connect(close_the_ways_around, sender=self)


def make_cache_table(*, using: str, **_: Any) -> None:
    """Make the table of the cache with the other tables, so nobody has to think of it."""
    call_command("createcachetable", database=using, verbosity=0)
