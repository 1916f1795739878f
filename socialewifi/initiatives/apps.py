from importlib import import_module

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "socialewifi.initiatives"
    verbose_name = "Initiatieven"

    def ready(self) -> None:
        import_module("socialewifi.initiatives.events")
        import_module("socialewifi.initiatives.receivers")
        import_module("socialewifi.initiatives.texts")
