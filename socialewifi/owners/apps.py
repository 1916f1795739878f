from django.apps import AppConfig


class OwnersConfig(AppConfig):
    name = "socialewifi.owners"
    verbose_name = "Van de initiatiefnemers"
