from importlib import import_module

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "socialewifi.assessment"
    verbose_name = "Beoordelen"

    def ready(self) -> None:
        import_module("socialewifi.assessment.events")
        import_module("socialewifi.assessment.texts")
        panels = import_module("socialewifi.initiatives.panels")
        panels.add(import_module("socialewifi.assessment.work_panel").weighing_panel)
