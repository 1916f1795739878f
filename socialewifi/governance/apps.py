from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "socialewifi.governance"
    verbose_name = "Afspraken"
