"""What the tests of this room start from."""

import pytest

from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory


@pytest.fixture
def initiative(municipality, texts, agreements):
    """An initiative that was just reported, with one initiator who has e-mail."""
    return InitiatorFactory(initiative=InitiativeFactory(title="Moestuin", municipality=municipality)).initiative


@pytest.fixture
def explored(municipality, guide, texts, agreements):
    """An initiative being explored, whose contact is ``guide``."""
    initiative = InitiativeFactory(title="Moestuin", municipality=municipality, exploring=True, contact_person=guide)
    return InitiatorFactory(initiative=initiative).initiative
