"""What the tests across rooms share."""

import pytest

from tests import residents


@pytest.fixture
def resident_pages(mini_region):
    """The resident, and the address of every page they can open."""
    cast = residents.a_cast()
    return cast.resident, residents.addresses_of(residents.initiatives_of(cast))


@pytest.fixture
def open_pages(mini_region):
    """The address of every page that anyone can open who tells an idea, looks around or comes in."""
    return residents.open_addresses()
