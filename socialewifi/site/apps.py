from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "socialewifi.site"
    verbose_name = "Pagina's"

    def ready(self) -> None:
        # What every room brings is known from the start: the numbers to load, for instance.
        import_module("socialewifi.site.rooms")
