"""Advising, answering and weighing in a real browser: by keyboard on a phone, without JavaScript, and clean for axe."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment.models import PanelAdvice
from socialewifi.assessment.tests.factories import (
    AmbassadorQuestionFactory,
    AssessmentFactory,
    CriterionFactory,
    CriterionScoreFactory,
    PanelAdviceFactory,
    PanelSeatFactory,
    RoutePartFactory,
    TriggerFactory,
    conclude,
)
from socialewifi.core import clock
from socialewifi.initiatives.tests.factories import (
    ExplorationFactory,
    InitiativeFactory,
    SupportKindFactory,
    ThemeFactory,
)
from socialewifi.people.tests.factories import OrganisationFactory, UserFactory
from tests.browser.keyboard import press, walk_to

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}


def sign_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


@pytest.fixture
def assessment(municipality, guide, coordinator, panel_members, ambassador, resident, agreements, texts):
    """A weighing that goes on, with one advice, one criterion looked at and a question to the municipality."""
    now = clock.now()
    initiative = InitiativeFactory(
        title="Moestuin de Groene Hoek",
        idea="Twaalf buren maken van het lege veld een moestuin. De oogst is voor de buurt.",
        assessing=True,
        contact_person=guide,
        municipality=municipality,
        owners=[resident],
        amount_asked="1850.00",
        needs="Een plek en aarde.",
    )
    initiative.themes.add(ThemeFactory())
    ExplorationFactory(initiative=initiative)
    closes_at = now + timedelta(days=6)
    assessment = AssessmentFactory(
        initiative=initiative,
        opened_by=coordinator,
        opened_at=now,
        panel_closes_at=closes_at,
        is_living_environment=True,
    )
    for member in panel_members:
        PanelSeatFactory(assessment=assessment, member=member)
    other = assessment.seats.get(member=panel_members[2])
    PanelAdviceFactory(
        seat=other, given_at=now, choice="do_with_tip", reason="Denk aan iemand die in de zomer water geeft."
    )
    scored, _open, _living = (
        CriterionFactory(),
        CriterionFactory(knock_out=True),
        CriterionFactory(living_environment=True),
    )
    CriterionScoreFactory(assessment=assessment, criterion=scored)
    assessment.triggers.add(TriggerFactory())
    AmbassadorQuestionFactory(assessment=assessment, due_on=timezone.localdate(now + timedelta(days=4)))
    SupportKindFactory()
    OrganisationFactory(name="Leefbaarheidsfonds", kind="fund", is_next_door=True)
    return assessment


@pytest.fixture
def seat(assessment, panel_member):
    return assessment.seats.get(member=panel_member)


def test_a_panel_member_advises_by_keyboard_on_a_phone(phone, live_server, seat, panel_member, axe):
    sign_in(phone, live_server, panel_member)
    phone.goto("/meekijken/")
    axe(phone)
    walk_to(phone, "^Begin$")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/meekijken/*/")
    assert "Denk aan iemand" not in phone.content()
    axe(phone)

    walk_to(phone, "^Hele plan$")
    phone.keyboard.press("Enter")
    assert phone.get_by_text("Een plek en aarde.").is_visible()
    axe(phone)
    walk_to(phone, "^Doen$")
    press(phone, "ArrowDown")
    press(phone, "ArrowDown")
    walk_to(phone, "^Waarom")
    phone.keyboard.type("Is er wel een kraan in de buurt?")
    walk_to(phone, "^Geef advies$")
    phone.keyboard.press("Enter")

    phone.get_by_role("heading", name="Dank je wel voor je advies").wait_for()
    assert phone.get_by_text("Denk aan iemand die in de zomer water geeft.").is_visible()
    assert PanelAdvice.objects.get(seat=seat).choice == "doubt"
    axe(phone)


def test_an_advice_without_reason_is_asked_again_and_keeps_the_choice(phone, live_server, seat, panel_member, axe):
    sign_in(phone, live_server, panel_member)
    phone.goto(reverse("panel-seat", args=[seat.pk]))
    phone.get_by_label("Doen, met een tip").check()
    phone.get_by_label("Waarom?").fill("  ")
    phone.get_by_role("button", name="Geef advies").click()

    phone.get_by_role("heading", name="Dit lukte nog niet").wait_for()
    assert phone.get_by_label("Doen, met een tip").is_checked()
    axe(phone)


def test_advising_and_stepping_aside_work_without_javascript(no_js, live_server, seat, panel_member):
    sign_in(no_js, live_server, panel_member)
    no_js.goto(reverse("panel-seat", args=[seat.pk]))
    no_js.get_by_label("Doen", exact=True).check()
    no_js.get_by_label("Waarom?").fill("Mooi dat de school meedoet.")
    no_js.get_by_role("button", name="Geef advies").click()

    assert no_js.get_by_role("heading", name="Dank je wel voor je advies").is_visible()


def test_the_ambassador_answers_without_javascript(no_js, live_server, assessment, ambassador):
    sign_in(no_js, live_server, ambassador)
    no_js.goto("/gemeente/")
    no_js.get_by_role("link", name="Beantwoord").click()
    no_js.get_by_label("Akkoord, met voorwaarden").check()
    no_js.get_by_role("textbox", name="Toelichting").fill("Laat het pad vrij.")
    no_js.get_by_role("button", name="Geef antwoord").click()

    assert no_js.get_by_text("Laat het pad vrij.").is_visible()


def test_the_coordinator_writes_the_outcome_without_javascript(
    no_js, live_server, assessment, coordinator, panel_members
):
    sign_in(no_js, live_server, coordinator)
    no_js.goto(reverse("weigh-outcome", args=[assessment.initiative.key]))
    no_js.get_by_label("We gaan samen aan de slag").check()
    no_js.get_by_label("De reden").fill("De hele buurt doet mee.")
    no_js.get_by_label("Soort hulp").first.select_option("Meedenken")
    no_js.locator("[name=support_reason_0]").fill("Een tuinier denkt mee.")
    no_js.get_by_role("button", name="Nog een soort hulp").click()
    assert no_js.locator("[name=support_reason_0]").input_value() == "Een tuinier denkt mee."
    assert no_js.get_by_label("Soort hulp").count() == 4
    no_js.get_by_role("button", name="Bekijk de brief").click()

    assert no_js.get_by_role("heading", name="Dit lezen de initiatiefnemers").is_visible()
    no_js.get_by_role("button", name="Stel de uitkomst vast").click()
    assert no_js.get_by_role("heading", name="Dit lukte nog niet").is_visible()


def pages_of(assessment):
    key = assessment.initiative.key
    seat = assessment.seats.order_by("pk").first()
    of_who_is_called = PanelSeatFactory(assessment=assessment, member=UserFactory(offline=True, roles=["panel_member"]))
    weighing = ["weigh-detail", "weigh-criteria", "weigh-add-member", "weigh-outcome", "weigh-return"]
    return {
        "panel_member": [
            reverse("panel-given"),
            reverse("panel-recuse", args=[seat.pk]),
            reverse("panel-seat", args=[seat.pk]),
        ],
        "ambassador": [
            reverse("ambassador-list"),
            reverse("ambassador-question", args=[assessment.questions.current().get().pk]),
        ],
        "coordinator": [
            reverse("weigh-list"),
            *[reverse(name, args=[key]) for name in weighing],
            reverse("weigh-write-advice", args=[key, seat.pk]),
            reverse("weigh-write-recusal", args=[key, of_who_is_called.pk]),
            reverse("weigh-write-answer", args=[key]),
        ],
    }


@pytest.mark.parametrize("who", ["panel_member", "ambassador", "coordinator"])
def test_axe_finds_nothing_on_any_page_of_weighing(request, new_context, live_server, assessment, axe, who):
    page = new_context(viewport=SIZES["phone"]).new_page()
    sign_in(page, live_server, request.getfixturevalue(who))

    for address in pages_of(assessment)[who]:
        answer = page.goto(address)
        assert answer.status == 200, address
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} scrolls sideways"


def test_axe_finds_nothing_where_it_begins_ends_and_was_returned(
    desktop, live_server, assessment, coordinator, panel_member, axe, municipality, guide
):
    sign_in(desktop, live_server, coordinator)
    explored = InitiativeFactory(title="Buurtkoor", exploring=True, contact_person=guide, municipality=municipality)
    ExplorationFactory(initiative=explored)
    ended = AssessmentFactory(initiative__municipality=municipality, initiative__contact_person=guide)
    RoutePartFactory(assessment=ended)
    conclude(ended)
    back = AssessmentFactory(returned=True, initiative__municipality=municipality, initiative__contact_person=guide)

    for name, key in [
        ("weigh-detail", explored.key),
        ("weigh-open", explored.key),
        ("weigh-detail", ended.initiative.key),
        ("weigh-detail", back.initiative.key),
    ]:
        assert desktop.goto(reverse(name, args=[key])).status == 200
        axe(desktop)
