from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "socialewifi.intake"
    verbose_name = "Vertellen"
