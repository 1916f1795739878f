"""Coming in and administering, in a real browser: on a phone and a desktop, by keyboard, and without JavaScript."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Message, Text
from socialewifi.governance.actions import change_agreement
from socialewifi.initiatives.tests.factories import InitiatorFactory
from socialewifi.people.actions import keys
from socialewifi.people.actions.reading import start_reading_mode
from socialewifi.people.tests.factories import UserFactory

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
LEADS_NOWHERE = ["/account/password/reset/key/1-verzonnen/", "/open/verzonnen/"]
# With more on them than test_every_page.py has: what was changed, what happened, and nobody.
FULL_PAGES = ["/beheer/afspraken/", "/beheer/afspraken/panel-quorum/", "/beheer/logboek/", "/beheer/mensen/?q=niemand"]


def sign_in(context, live_server, user, *, passed=False):
    """Give the browser a session, as signing in would."""
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    if passed:
        session["account_authentication_methods"] = [
            {"method": "password", "at": clock.now().timestamp(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])


@pytest.fixture
def a_region_at_work(administrator, guide, ambassador, panel_members, other_municipality, agreements, resident):
    """Enough of everything to fill each page."""
    administrator.set_password("een heel lang wachtwoord")
    administrator.save()
    Text.objects.create(
        code="sign-in-link", language="nl", subject="Naar je pagina", body="Dag {{ name }},\n\nOpen {{ link }}"
    )
    change_agreement(
        agreement=agreements["panel-quorum"],
        agreed=replace(agreements["panel-quorum"].agreed, value=4, status="directional"),
        reason="Besproken in de stuurgroep",
        by=administrator,
        at=clock.now(),
    )


def refuse_faults(page, axe):
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def test_axe_finds_nothing_where_a_link_leads_nowhere(phone, axe, region):
    for address in LEADS_NOWHERE:
        phone.goto(address)
        refuse_faults(phone, axe)


def test_axe_finds_nothing_in_an_administration_with_a_history(
    new_context, live_server, axe, administrator, a_region_at_work
):
    start_reading_mode(reason="Een vraag van de inwoner", by=administrator, at=clock.now())
    context = new_context(viewport=SIZES["phone"])
    sign_in(context, live_server, administrator, passed=True)
    page = context.new_page()
    for address in [*FULL_PAGES, reverse("reading-start")]:
        answer = page.goto(address)
        assert (answer.status, page.url.removeprefix(live_server.url)) == (200, address)
        refuse_faults(page, axe)


def test_a_refused_form_tells_where_and_keeps_what_was_typed(
    new_context, live_server, axe, administrator, guide, region
):
    context = new_context(viewport=SIZES["phone"])
    sign_in(context, live_server, administrator)
    page = context.new_page()
    page.goto(reverse("person-add"))
    page.get_by_label("Naam").fill("Nina Nieuw")
    page.get_by_label("E-mailadres").fill(guide.email)
    page.get_by_role("button", name="Voeg toe").click()

    page.get_by_text("kennen we al").first.wait_for()
    assert page.get_by_label("Naam").input_value() == "Nina Nieuw"
    refuse_faults(page, axe)


@pytest.fixture
def told(region):
    """Who told an idea with an address, and did not sign in yet."""
    return InitiatorFactory(user=UserFactory(name="Roos Inwoner", email=None), email="roos@voorbeeld.test")


def test_a_resident_opens_their_page_with_the_link_from_a_mail(no_js, axe, region, told):
    token = keys.issue_link(user=told.user, sent_to=told.email, by=None, at=clock.now(), days=14)
    no_js.goto(f"/open/{token}/?next=/account/sessions/")

    no_js.get_by_role("button", name="Open mijn pagina").click()

    no_js.get_by_role("heading", name="Waar ben je ingelogd?").wait_for()


def test_an_old_link_is_one_click_away_from_a_code(phone, axe, region, told):
    long_ago = clock.now() - timedelta(days=20)
    token = keys.issue_link(user=told.user, sent_to=told.email, by=None, at=long_ago, days=14)
    phone.goto(f"/open/{token}/?next=/account/sessions/")
    axe(phone)

    phone.get_by_role("button", name="Stuur mij een code").click()
    phone.get_by_label("De code uit de e-mail").fill(re.search(r"\d{6}", Message.objects.latest("id").body)[0])
    axe(phone)
    phone.get_by_role("button", name="Verder").click()

    phone.get_by_role("heading", name="Waar ben je ingelogd?").wait_for()


def test_the_code_of_a_letter_opens_the_page_by_keyboard_alone(desktop, region, offline_resident):
    code = keys.issue_letter_code(user=offline_resident, by=None, at=clock.now(), days=90)
    desktop.goto("/code/?next=/account/sessions/")

    desktop.get_by_label("Je code").focus()
    desktop.keyboard.type(code.lower().replace("-", " "))
    desktop.keyboard.press("Enter")

    desktop.get_by_role("heading", name="Waar ben je ingelogd?").wait_for()


def test_a_passkey_is_added_and_used_to_sign_in(new_context, live_server, axe, administrator, region):
    administrator.set_password("een heel lang wachtwoord")
    administrator.save()
    context = new_context(viewport=SIZES["desktop"])
    sign_in(context, live_server, administrator, passed=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Ook zonder wachtwoord").check()
    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("heading", name="Je herstelcodes").wait_for()
    page.goto(reverse("mfa_reauthenticate_webauthn"))
    refuse_faults(page, axe)

    page.goto("/account/logout/")
    page.get_by_role("button", name="Meld mij af").click()
    page.goto("/account/login/werk/")
    page.get_by_role("button", name="Gebruik mijn toegangssleutel").click()

    page.get_by_role("heading", name="Beheer").wait_for()
