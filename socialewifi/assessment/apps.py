from importlib import import_module

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "socialewifi.assessment"
    verbose_name = "Beoordelen"

    def ready(self) -> None:
        import_module("socialewifi.assessment.events")
        import_module("socialewifi.assessment.texts")
        import_module("socialewifi.assessment.receivers")
        panels = import_module("socialewifi.initiatives.panels")
        panels.add(import_module("socialewifi.assessment.work_panel").weighing_panel)
