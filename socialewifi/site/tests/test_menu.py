import pytest
from django.contrib.auth.models import AnonymousUser

from socialewifi.people.models import ROLES_OF_WORK, User
from socialewifi.people.tests.factories import RoleFactory
from socialewifi.site import menu

RESIDENTS = ["Initiatieven", "Verhalen", "Zo werkt het", "Mijn initiatief"]
GUIDES = ["Vandaag", "Initiatieven", "Bellen", "Brieven", "Wegen"]


def labels(user):
    return [str(label) for label, _url, _here in menu.menu(user, "/")]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("resident", RESIDENTS),
        ("panel_member", ["Meekijken", "Gegeven adviezen", *RESIDENTS]),
        ("guide", GUIDES),
        ("coordinator", [*GUIDES, "Afspraken"]),
        ("regional_coordinator", [*GUIDES, "Afspraken"]),
        ("ambassador", ["Gemeente", "Initiatieven"]),
        ("steering_member", ["Afspraken"]),
        ("administrator", ["Beheer"]),
    ],
)
def test_everyone_finds_their_own_pages_in_the_menu(request, who, seen):
    assert labels(request.getfixturevalue(who)) == seen


def test_a_visitor_has_the_menu_of_residents():
    assert labels(AnonymousUser()) == RESIDENTS


def test_whoever_has_two_roles_finds_both(ambassador):
    RoleFactory(user=ambassador, kind="administrator")

    assert labels(ambassador) == ["Gemeente", "Initiatieven", "Beheer"]


def test_the_menu_says_where_we_are_by_the_address_that_fits_best(guide):
    here = [str(label) for label, _url, here in menu.menu(guide, "/werk/initiatieven/abc/") if here]

    assert here == ["Initiatieven"]


def test_roles_held_back_without_a_second_factor_are_not_in_the_menu(administrator):
    administrator.withhold(ROLES_OF_WORK)

    assert labels(administrator) == RESIDENTS


def test_after_signing_in_everyone_starts_at_their_own_work(client, guide, panel_member, administrator, resident):
    def start(user):
        client.force_login(User.objects.get(pk=user.pk))
        return client.get("/start/").headers["Location"]

    assert start(guide) == "/werk/"
    assert start(panel_member) == "/meekijken/"
    assert start(administrator) == "/beheer/"
    assert start(resident) == "/mijn/"
    client.logout()
    assert client.get("/start/").headers["Location"].startswith("/account/login/")


def test_an_ambassador_starts_at_the_questions_to_the_municipality(ambassador):
    assert menu.start(ambassador) == "/gemeente/"
