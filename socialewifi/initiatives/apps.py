from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "socialewifi.initiatives"
    verbose_name = "Initiatieven"
