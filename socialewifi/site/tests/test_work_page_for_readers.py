"""What someone reads at work who does not work on it themselves (docs/privacy.md)."""

import pytest
from django.urls import reverse

from socialewifi.initiatives.models import PLAN_FIELDS, PlanVersion
from socialewifi.initiatives.tests.factories import EffectStoryFactory, InitiativeFactory
from socialewifi.people.tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(municipality, guide, resident):
    return InitiativeFactory(supporting=True, municipality=municipality, contact_person=guide, owners=[resident])


def _page(client, user, initiative):
    client.force_login(user)
    return client.get(f"/werk/initiatieven/{initiative.key}/").content.decode()


def test_an_ambassador_reads_a_story_only_once_its_owners_show_it(client, ambassador, guide, initiative):
    EffectStoryFactory(initiative=initiative, title="Nog onder ons")
    EffectStoryFactory(initiative=initiative, title="Voor iedereen", published=True)

    assert "Nog onder ons" not in _page(client, ambassador, initiative)
    assert "Voor iedereen" in _page(client, ambassador, initiative)
    assert "Nog onder ons" in _page(client, guide, initiative)


def test_nobody_reads_a_story_that_was_taken_back(client, guide, initiative):
    EffectStoryFactory(initiative=initiative, title="Teruggenomen", taken_back=True)

    assert "Teruggenomen" not in _page(client, guide, initiative)


def test_a_resident_who_typed_a_number_in_their_name_is_read_without_it(client, ambassador, municipality, resident):
    resident.name = "Roos 06 12 34 56 78"
    resident.save()
    initiative = InitiativeFactory(exploring=True, municipality=municipality)
    plan = {name: getattr(initiative, name) for name in PLAN_FIELDS}
    PlanVersion.objects.create(initiative=initiative, number=7, at=NOON, by=resident, **plan)
    client.force_login(ambassador)

    page = client.get(reverse("work-versions", args=[initiative.key])).content.decode()

    assert "Roos" in page
    assert "06 12 34 56 78" not in page
