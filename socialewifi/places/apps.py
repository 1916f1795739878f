from importlib import import_module

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "socialewifi.places"
    verbose_name = "Plaatsen"

    def ready(self) -> None:
        import_module("socialewifi.places.texts")
