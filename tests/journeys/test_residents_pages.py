"""Every page a resident can open, in every state an initiative can be in."""

import pytest

from tests.validity import faults


@pytest.mark.django_db
def test_every_page_of_a_resident_opens_and_is_valid(client, resident_pages):
    user, addresses = resident_pages
    client.force_login(user)

    answers = {name: client.get(address) for name, address in addresses.items()}

    assert {name for name, one in answers.items() if one.status_code != 200} == {"closed invitation"}
    assert faults({name: one.content.decode() for name, one in answers.items()}) == {}
