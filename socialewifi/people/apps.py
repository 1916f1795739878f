from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "socialewifi.people"
    verbose_name = "Mensen"
