"""What the tests of this room start from."""

import pytest

from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.people.tests.factories import UserFactory


@pytest.fixture
def initiative(municipality, texts, agreements):
    """An initiative that was just reported, with one initiator who has e-mail."""
    return InitiatorFactory(initiative=InitiativeFactory(title="Moestuin", municipality=municipality)).initiative


@pytest.fixture
def explored(municipality, guide, texts, agreements):
    """An initiative being explored, whose contact is ``guide``."""
    initiative = InitiativeFactory(title="Moestuin", municipality=municipality, exploring=True, contact_person=guide)
    return InitiatorFactory(initiative=initiative).initiative


@pytest.fixture
def supported(municipality, guide, texts, agreements):
    """An initiative that is helped, whose contact is ``guide``."""
    one = InitiativeFactory(municipality=municipality, supporting=True, contact_person=guide)
    return InitiatorFactory(initiative=one).initiative


@pytest.fixture
def sustained(municipality, guide, texts, agreements):
    """An initiative that stands on its own soon, with signs of landing agreed."""
    return InitiativeFactory(municipality=municipality, sustaining=True, contact_person=guide, landing_signs="Ja")


@pytest.fixture
def redirected(municipality, guide, texts):
    """An initiative that was handed over elsewhere."""
    return InitiativeFactory(municipality=municipality, redirected=True, contact_person=guide)


@pytest.fixture
def declined(municipality, guide, agreements, texts):
    """An initiative that was declined, with one initiator."""
    return InitiativeFactory(municipality=municipality, declined=True, contact_person=guide, owners=[UserFactory()])
