from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "socialewifi.governance"
    verbose_name = "Afspraken"

    def ready(self) -> None:
        import_module("socialewifi.governance.events")
