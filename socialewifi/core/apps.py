from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "socialewifi.core"
    verbose_name = "Fundament"
