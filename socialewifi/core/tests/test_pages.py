"""The frame of every page, and what it says when something fails."""

from importlib import import_module

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import clear_url_caches, path

from tests import validity

PAGES = ["/", "/ui/", "/ui/werk/"]
WORDS = {
    400: "Er is niets veranderd",
    403: "Er is niets veranderd",
    404: "Deze pagina is er niet",
    500: "ligt niet aan jou",
    503: "het telt één keer",
}


def _fail_with(fault):
    def view(request):
        raise fault

    return view


class Failing:
    """Pages that fail in each way there is."""

    handler500 = "socialewifi.core.outage.failed"
    urlpatterns = [
        *import_module("socialewifi.config.urls").urlpatterns,
        path("400/", _fail_with(BadRequest())),
        path("403/", _fail_with(PermissionDenied())),
        path("500/", _fail_with(RuntimeError())),
        path("503/", _fail_with(OperationalError("the connection is lost"))),
    ]


@pytest.fixture
def failing():
    with override_settings(ROOT_URLCONF=Failing):
        yield
    clear_url_caches()


@pytest.mark.django_db
def test_every_page_is_valid_html(client):
    pages = {address: client.get(address).content.decode() for address in PAGES}
    pages |= {f"{code}.html": render_to_string(f"{code}.html") for code in WORDS}

    assert validity.faults(pages) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("code", WORDS)
def test_a_failure_says_what_was_kept_and_what_to_do_next(client, failing, code):
    client.raise_request_exception = False

    page = client.get(f"/{code}/")

    assert page.status_code == code
    assert WORDS[code] in page.content.decode()
    assert "/waar-vind-je-ons/" in page.content.decode()


@pytest.mark.django_db
def test_a_form_from_a_page_that_stood_open_too_long_tells_how_to_keep_the_text():
    page = render_to_string("403_csrf.html")

    assert "Wat je typte, staat nog op de vorige pagina" in page


@pytest.mark.django_db
def test_the_language_switch_keeps_you_on_the_same_page(client):
    page = client.post("/taal/", {"language": "en", "next": "/ui/?fase=steunen"})

    assert page.status_code == 302
    assert page["Location"] == "/ui/?fase=steunen"
    assert client.cookies["django_language"].value == "en"


@pytest.mark.django_db
def test_who_is_signed_in_is_written_to_in_the_language_they_choose(client, panel_member):
    client.force_login(panel_member)

    client.post("/taal/", {"language": "de", "next": "/meekijken/"})
    client.post("/taal/", {"language": "onzin", "next": "/meekijken/"})

    panel_member.refresh_from_db()
    assert panel_member.language == "de"


@pytest.mark.django_db
def test_the_demo_says_loudly_that_it_is_one(client, settings):
    settings.DEMO = True

    assert "Dit is een demo" in client.get("/").content.decode()


@pytest.mark.django_db
def test_outside_the_demo_nothing_says_demo(client, settings):
    settings.DEMO = False

    assert "Dit is een demo" not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", [403, 404])
def test_who_is_not_signed_in_reads_how_to_come_in_and_comes_back_to_that_page(client, failing, region, code):
    page = client.get(f"/{code}/").content.decode()

    assert f"/account/login/?next=/{code}/" in page
    assert region.desk_phone in page


@pytest.mark.django_db
@pytest.mark.parametrize("code", [403, 404])
def test_who_is_signed_in_reads_as_whom_and_where_to_go_on(client, failing, region, resident, code):
    client.force_login(resident)

    page = client.get(f"/{code}/").content.decode()

    assert "Je bent ingelogd als Roos Inwoner" in page
    assert "/start/" in page
    assert "/account/login/" not in page
    assert region.desk_phone in page
