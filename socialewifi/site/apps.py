from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "socialewifi.site"
    verbose_name = "Pagina's"
