"""Nobody adds a field about people without saying so."""

from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from socialewifi.core.personal import declared, fields_of_text
from socialewifi.people.personal import BROUGHT_BY_PACKAGES

MODELS = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
DOCS = Path(settings.BASE_DIR) / "docs"


def said_of(label):
    return BROUGHT_BY_PACKAGES.get(label, declared(MODELS[label]))


def test_every_field_of_text_says_what_it_tells_about_someone():
    silent = [
        f"{label}.{name}"
        for label, model in MODELS.items()
        for name in fields_of_text(model)
        if name not in said_of(label)
    ]

    assert silent == []


def test_nothing_is_said_of_a_field_that_is_not_there():
    invented = [
        f"{label}.{name}"
        for label, model in MODELS.items()
        for name in said_of(label)
        if name not in fields_of_text(model)
    ]

    assert invented == []
    assert set(BROUGHT_BY_PACKAGES) <= set(MODELS)


def test_the_list_for_the_privacy_officer_is_what_the_fields_say():
    told = StringIO()
    call_command("personal_data", stdout=told)

    assert (DOCS / "persoonsgegevens.md").read_text() == told.getvalue()
