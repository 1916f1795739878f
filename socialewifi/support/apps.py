from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "socialewifi.support"
    verbose_name = "Helpen"
