"""
A page that any machine can be measured by: plain Django, one question, a template of five kilobytes.

Machines of one kind differ by four in how long a page takes; how many times as long as this one, they hardly do.
"""

import os

import dj_database_url
import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

ROW = '<li class="card"><h2>{{ one.name }}</h2><p>{{ one.slug }}</p><p>%s</p></li>' % ("Samen in de buurt. " * 12)
PAGE = f"<!doctype html><html><body><ul>{{% for one in rows %}}{ROW}{{% endfor %}}</ul></body></html>"

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=None)},
        ROOT_URLCONF="bench.yardstick",
        SECRET_KEY="only-for-the-bench",  # noqa: S106
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()


class Place(models.Model):
    name = models.CharField(max_length=100)
    slug = models.CharField(max_length=100)

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "places_municipality"

    def __str__(self) -> str:
        return self.name


def show(_request: HttpRequest) -> HttpResponse:
    rows = Place.objects.order_by("name")
    return HttpResponse(TEMPLATE.render({"rows": rows}))


urlpatterns = [path("", show)]
TEMPLATE = engines["django"].from_string(PAGE)
application = WSGIHandler()
