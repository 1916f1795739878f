from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "socialewifi.assessment"
    verbose_name = "Beoordelen"
