"""What is counted is counted in one way, whoever asks, however it is asked, and whether we know them (ADR 16)."""

from itertools import product

import pytest
from django.test import Client, RequestFactory

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.people import limits
from socialewifi.people.actions import keys
from socialewifi.people.known_browsers import COOKIE
from socialewifi.people.models import User
from socialewifi.people.tests.factories import UserFactory
from socialewifi.people.tests.test_sign_in import CONFIRM, ask_code, mailed_code, mask

pytestmark = pytest.mark.django_db
RESEND = {"action": "resend"}
DEEDS = {"again": RESEND, "guess": {"code": "12"}}
AT_WORK = "/account/login/werk/"
PASSWORD = "een lang wachtwoord"


def answers_to(deeds, email, connection):
    """Return all that someone sees who does this, one after the other, with this address."""
    client, seen = Client(raise_request_exception=False, REMOTE_ADDR=connection), []
    for deed in deeds:
        if deed == "ask":
            # A code that is waited for is not asked anew.
            client.cookies.pop("sessionid", None)
        answer = ask_code(client, email) if deed == "ask" else client.post(CONFIRM, DEEDS[deed])
        shown = client.get(CONFIRM)
        seen.append((deed, answer.status_code, answer.headers.get("Location"), shown.status_code))
        seen += [mask(page.content.decode()) for page in (answer, shown)]
    return seen


@pytest.mark.parametrize(
    "deeds",
    [
        *product(["ask", "again"], repeat=4),
        *(["ask", *deeds] for deeds in product(["ask", "again", "guess"], repeat=3)),
        ["ask"] + ["guess"] * 4 + ["again"] + ["guess"] * 3 + ["again"],
        ["ask", "again", "again"] * 3,
        ["ask", "again"] * 5,
        ["ask"] * 4 + ["again"] * 4,
        ["again", "ask", "ask", "again", "ask", "again", "ask", "again"],
    ],
)
def test_nothing_that_is_asked_in_whatever_order_tells_which_addresses_are_known(region, resident, deeds):
    known = answers_to(deeds, resident.email, "10.0.0.1")
    unknown = answers_to(deeds, "niemand@voorbeeld.test", "10.0.0.2")

    assert known == unknown
    assert not any(seen[1] >= 500 for seen in known if isinstance(seen, tuple))


def test_a_code_that_is_sent_again_is_one_more_mail_to_that_mailbox(region, resident):
    askers = [Client(REMOTE_ADDR=f"10.0.0.{number}") for number in range(limits.MAILS_PER_MAILBOX)]
    for asker in askers:
        ask_code(asker, resident.email)
    for asker in askers:
        asker.post(CONFIRM, RESEND)

    assert Message.objects.count() == limits.MAILS_PER_MAILBOX


def test_nor_is_a_mailbox_filled_with_other_mail_about_access(region, resident):
    for number in range(limits.MAILS_PER_MAILBOX):
        ask_code(Client(), resident.email, REMOTE_ADDR=f"10.0.0.{number}")

    Client().post("/account/password/reset/", {"email": resident.email}, REMOTE_ADDR="10.0.1.1")

    assert Message.objects.count() == limits.MAILS_PER_MAILBOX


@pytest.fixture
def at_work(region, guide):
    guide.set_password(PASSWORD)
    guide.save()
    return {"login": guide.email, "password": PASSWORD}


def test_wrong_passwords_from_the_same_connection_do_not_shut_out_a_known_browser(client, at_work):
    client.post(AT_WORK, at_work)
    client.post("/account/logout/")
    for _n in range(6):
        Client().post(AT_WORK, {**at_work, "password": "fout"})

    assert Client().post(AT_WORK, at_work).status_code == 200
    assert client.post(AT_WORK, at_work).status_code == 302


def test_opening_an_idea_leaves_the_browser_known_for_whose_account_it_is(client, region, resident, offline_resident):
    ask_code(client, resident.email)
    client.post(CONFIRM, {"code": mailed_code()})
    client.post("/account/logout/")
    known = client.cookies[COOKIE].value
    token = keys.issue_link(user=offline_resident, sent_to=resident.email, by=None, at=clock.now(), days=14)

    client.post(f"/open/{token}/")

    assert client.session["_auth_user_id"] == str(offline_resident.pk)
    assert client.cookies[COOKIE].value == known


def test_who_differs_in_a_dot_uses_up_nothing_of_a_known_browser(client, region):
    mine, other = UserFactory(email="jansmit@voorbeeld.test"), UserFactory(email="jan.smit@voorbeeld.test")
    for browser, account in ((client, mine), (theirs := Client(), other)):
        ask_code(browser, account.email)
        browser.post(CONFIRM, {"code": mailed_code()})
        browser.post("/account/logout/")
    for _n in range(limits.MAILS_PER_ASKER):
        ask_code(theirs, other.email)
        theirs.cookies.pop("sessionid")

    assert ask_code(client, mine.email).status_code == 302


@pytest.mark.parametrize(
    ("found", "counted"),
    [
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("::ffff:c000:209", "192.0.2.9"),
        ("192.0.2.9", "192.0.2.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
    ],
)
def test_a_connection_counts_for_itself_however_its_address_is_written(found, counted):
    assert limits.client_address(RequestFactory().get("/", REMOTE_ADDR=found)) == counted


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_of_a_known_browser_is_as_safe_as_that_of_the_session(client, region, resident, settings, secure):
    settings.SESSION_COOKIE_SECURE = secure
    ask_code(client, resident.email)
    cookie = client.post(CONFIRM, {"code": mailed_code()}).cookies[COOKIE]

    assert (bool(cookie["secure"]), cookie["httponly"], cookie["samesite"]) == (secure, True, "Lax")


def test_who_sits_at_a_computer_after_someone_uses_up_nothing_of_the_one_at_home(client, region, resident):
    library = Client(REMOTE_ADDR="10.0.0.7")
    for browser in (library, client):
        ask_code(browser, resident.email)
        browser.post(CONFIRM, {"code": mailed_code()})
        browser.post("/account/logout/")
    for _n in range(limits.MAILS_PER_ASKER + 1):
        ask_code(library, resident.email)
        library.cookies.pop("sessionid", None)

    before = Message.objects.count()
    ask_code(client, resident.email)

    assert Message.objects.count() == before + 1


def test_a_mailbox_whose_owner_never_came_in_is_mailed_little_and_the_page_says_the_same(region, resident):
    """Anyone may have told an idea with that address."""
    User.objects.filter(pk=resident.pk).update(last_login=None)

    for stranger in ("10.0.0.1", "10.0.0.2"):
        for _n in range(limits.MAILS_PER_ASKER):
            assert ask_code(Client(), resident.email, REMOTE_ADDR=stranger).headers["Location"] == CONFIRM

    # What a stranger asked keeps the owner from nothing; everyone together does, after a while.
    before = Message.objects.count()
    ask_code(Client(), resident.email, REMOTE_ADDR="10.0.1.1")
    assert Message.objects.count() == before + 1
    for number in range(3 * limits.MAILS_PER_UNPROVEN_MAILBOX):
        ask_code(Client(), resident.email, REMOTE_ADDR=f"10.0.2.{number}")
    assert Message.objects.count() == limits.MAILS_PER_UNPROVEN_MAILBOX
