from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "socialewifi.places"
    verbose_name = "Plaatsen"
