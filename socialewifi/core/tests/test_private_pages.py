"""What someone reads after signing in stays with them, also on a computer that others use (a library)."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/werk/", "/mijn/", "/werk/initiatieven/lijst.xlsx", "/bestaat-niet/"])
def test_no_page_of_someone_signed_in_is_kept_anywhere(client, guide, address):
    client.force_login(guide)

    kept = client.get(address).headers["Cache-Control"]

    assert "no-store" in kept
    assert "private" in kept


@pytest.mark.django_db
def test_what_everyone_sees_may_be_kept(client, region):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
