from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "socialewifi.publication"
    verbose_name = "Laten zien"
