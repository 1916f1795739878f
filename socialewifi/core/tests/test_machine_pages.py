from datetime import date

import pytest
from django.urls import reverse

from socialewifi.core import checks


@pytest.fixture
def deployed(settings):
    settings.BASE_URL = "https://wifi.voorbeeld.test"
    settings.SECURITY_CONTACT = "mailto:veilig@voorbeeld.test"
    settings.SECURITY_EXPIRES = date(2999, 1, 1)
    return settings


@pytest.mark.django_db
def test_security_txt_tells_whom_to_write_and_until_when(client, deployed):
    answer = client.get(reverse("security-txt"))

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:veilig@voorbeeld.test",
        "Expires: 2999-01-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        "Canonical: https://wifi.voorbeeld.test/.well-known/security.txt",
    ]


@pytest.mark.django_db
def test_there_is_no_security_txt_without_someone_to_write(client, settings):
    settings.SECURITY_CONTACT = ""

    assert client.get(reverse("security-txt")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "line"), [(True, "Disallow: /"), (False, "Disallow: /mijn/")])
def test_search_engines_stay_out_of_the_demo_and_of_personal_pages(client, settings, demo, line):
    settings.DEMO = demo

    assert line in client.get(reverse("robots")).content.decode().splitlines()


def test_every_answer_refuses_the_powers_of_the_browser_that_no_page_uses(client):
    headers = client.get(reverse("health-live")).headers

    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_well_set_platform_passes_its_own_checks(deployed):
    assert checks.check_addresses() == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("BASE_URL", "http://wifi.voorbeeld.test", "core.W001"),
        ("SECURITY_CONTACT", "veilig@voorbeeld.test", "core.W002"),
        ("SECURITY_EXPIRES", date(2020, 1, 1), "core.W003"),
    ],
)
def test_what_would_lead_people_nowhere_is_warned_of(deployed, name, value, code):
    setattr(deployed, name, value)

    assert [warning.id for warning in checks.check_addresses()] == [code]
