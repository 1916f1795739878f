"""Every page of telling an idea, and of writing one down for someone, is valid HTML."""

import pytest
from django.urls import reverse

from socialewifi.initiatives.models import Initiative
from tests.validity import faults

pytestmark = pytest.mark.django_db


def test_the_pages_of_telling_an_idea_are_valid(told_pages):
    assert faults(told_pages) == {}


def test_the_pages_of_writing_an_idea_down_and_of_letters_are_valid(client, told_pages, guide):
    client.force_login(guide)
    initiative = Initiative.objects.first()
    addresses = {
        "enter": reverse("work-new"),
        "entered": reverse("work-new-done", args=[initiative.key]),
        "code": reverse("work-code-letter", args=[initiative.key, initiative.initiators.get().pk]),
        "letters": reverse("letter-list"),
    }
    pages = {name: client.get(address).content.decode() for name, address in addresses.items()}
    pages["enter refused"] = client.post(addresses["enter"], {}).content.decode()

    assert faults(pages) == {}
