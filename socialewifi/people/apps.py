from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "socialewifi.people"
    verbose_name = "Mensen"

    def ready(self) -> None:
        import_module("socialewifi.people.events")
        import_module("socialewifi.people.texts")
        import_module("socialewifi.people.receivers")
