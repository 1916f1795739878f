import re

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse

from socialewifi.core.models import Event, Message
from socialewifi.people import limits
from socialewifi.people.tests.factories import UserFactory

LOGIN = "/account/login/"
CONFIRM = "/account/login/code/"


def mailed_code():
    return re.search(r"\b\d{6}\b", Message.objects.latest("id").body)[0]


def ask_code(client, email, **extra):
    return client.post(LOGIN, {"email": email}, **extra)


def test_a_resident_comes_in_with_a_code_from_an_e_mail(client, region, resident):
    assert ask_code(client, "  ROOS@voorbeeld.test ").headers["Location"] == CONFIRM

    page = client.get(CONFIRM)
    assert "roos@voorbeeld.test" in page.content.decode().lower()
    answer = client.post(CONFIRM, {"code": f" {mailed_code()[:3]} {mailed_code()[3:]}"})

    assert answer.headers["Location"] == reverse("start")
    assert client.session["_auth_user_id"] == str(resident.pk)
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60
    assert Event.objects.about(resident).get(kind="people.user.signed_in").details == {"how": ["code"]}


def test_after_signing_in_someone_goes_on_to_the_page_they_asked_for(client, region, resident):
    client.post(f"{LOGIN}?next=/mijn/abc/", {"email": resident.email, "next": "/mijn/abc/"})

    answer = client.post(f"{CONFIRM}?next=/mijn/abc/", {"code": mailed_code(), "next": "/mijn/abc/"})

    assert answer.headers["Location"] == "/mijn/abc/"


def test_nobody_learns_which_addresses_are_known(client, region, resident):
    known = ask_code(client, resident.email)
    page_of_known = client.get(CONFIRM).content.decode()
    client.cookies.clear()
    unknown = ask_code(client, "niemand@voorbeeld.test")
    page_of_unknown = client.get(CONFIRM).content.decode()

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert mask(page_of_known) == mask(page_of_unknown)
    assert "kennen we nog niet" in Message.objects.latest("id").body


def mask(page):
    return (
        re.sub(r'value="[^"]{30,}"', "", page)
        .replace("niemand@voorbeeld.test", "X")
        .replace("roos@voorbeeld.test", "X")
    )


def test_mail_about_access_goes_out_as_every_other_mail(client, region, resident):
    ask_code(client, resident.email)

    assert mail.outbox == []
    message = Message.objects.get()
    assert (message.recipient, message.to_email) == (resident, resident.email)
    assert message.subject == "Je code om in te loggen"
    assert mailed_code() in message.body
    assert region.desk_phone in message.body


def test_five_wrong_codes_end_the_attempt_with_words_what_to_do(client, region, resident):
    ask_code(client, resident.email)
    for _n in range(4):
        assert client.post(CONFIRM, {"code": "000000"}).status_code == 200
    answer = client.post(CONFIRM, {"code": "000000"}, follow=True)

    assert answer.redirect_chain[-1][0] == LOGIN
    assert region.desk_phone in answer.content.decode()
    assert "bel ons" in answer.content.decode()


def test_a_closed_account_gets_no_code(client, region):
    UserFactory(email="weg@voorbeeld.test", is_active=False)

    ask_code(client, "weg@voorbeeld.test")

    assert "kennen we nog niet" in Message.objects.latest("id").body


def test_a_library_full_of_people_can_all_sign_in_from_one_address(client, region):
    people = UserFactory.create_batch(40)

    for person in people:
        client.cookies.clear()
        assert ask_code(client, person.email, REMOTE_ADDR="10.0.0.9").status_code == 302
        assert client.post(CONFIRM, {"code": mailed_code()}, REMOTE_ADDR="10.0.0.9").status_code == 302
        assert client.session["_auth_user_id"] == str(person.pk)


def test_one_account_is_not_sent_code_after_code(client, region, resident):
    answers = []
    for _n in range(6):
        client.cookies.clear()
        answers.append(ask_code(client, resident.email))

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert "Wacht een kwartier, of bel ons" in answers[-1].content.decode()
    assert Message.objects.count() == 5


def test_nobody_uses_up_the_codes_of_someone_else(client, region, resident):
    for _n in range(8):
        client.cookies.clear()
        ask_code(client, resident.email, REMOTE_ADDR="10.0.0.1")

    client.cookies.clear()
    assert ask_code(client, resident.email, REMOTE_ADDR="10.0.0.2").status_code == 302


def test_a_mailbox_is_not_filled_from_everywhere(client, region, resident):
    for number in range(40):
        client.cookies.clear()
        ask_code(client, resident.email, REMOTE_ADDR=f"10.0.0.{number}")

    assert Message.objects.count() == limits.MAILS_PER_MAILBOX


def test_where_someone_signed_in_before_nobody_keeps_them_from_a_code(client, region, resident):
    ask_code(client, resident.email)
    client.post(CONFIRM, {"code": mailed_code()})
    client.post("/account/logout/")
    for number in range(limits.MAILS_PER_MAILBOX + 5):
        ask_code(Client(), resident.email, REMOTE_ADDR=f"10.0.0.{number}")
    before = Message.objects.count()

    assert ask_code(client, resident.email).status_code == 302
    assert Message.objects.count() == before + 1


def test_nor_from_their_password(client, region, guide):
    guide.set_password("een lang wachtwoord")
    guide.save()
    right = {"login": guide.email, "password": "een lang wachtwoord"}
    client.post("/account/login/werk/", right)
    client.post("/account/logout/")
    wrong = {**right, "password": "fout"}
    for number in range(limits.PASSWORDS_PER_ACCOUNT + 1):
        Client().post("/account/login/werk/", wrong, REMOTE_ADDR=f"10.0.1.{number}")

    assert client.post("/account/login/werk/", right).status_code == 302
    assert Client().post("/account/login/werk/", right, REMOTE_ADDR="10.0.2.1").status_code == 200


def test_a_browser_of_someone_else_is_not_known_for_it(client, region, resident, stranger):
    ask_code(client, stranger.email)
    client.post(CONFIRM, {"code": mailed_code()})
    client.post("/account/logout/")
    for number in range(limits.MAILS_PER_MAILBOX):
        ask_code(Client(), resident.email, REMOTE_ADDR=f"10.0.0.{number}")

    ask_code(client, resident.email)

    assert Message.objects.filter(to_email=resident.email).count() == limits.MAILS_PER_MAILBOX


def test_a_known_browser_has_no_more_tries_than_another(client, region, resident):
    ask_code(client, resident.email)
    client.post(CONFIRM, {"code": mailed_code()})
    client.post("/account/logout/")
    before = Message.objects.count()
    for _n in range(limits.MAILS_PER_ASKER + 3):
        ask_code(client, resident.email)
        client.cookies.pop("sessionid", None)

    assert Message.objects.count() == before + limits.MAILS_PER_ASKER


def test_a_crowd_of_strangers_is_not_mailed_that_we_do_not_know_them(client, region):
    answers = set()
    for number in range(40):
        client.cookies.clear()
        answers.add(ask_code(client, f"vreemde{number}@voorbeeld.test").headers.get("Location"))

    assert Message.objects.count() == limits.MAILS_TO_UNKNOWN
    # And the pages tell no difference.
    assert len(answers) == 1


def test_a_wrong_password_at_the_library_does_not_shut_out_the_neighbour(client, region, guide):
    guide.set_password("een lang wachtwoord")
    guide.save()
    for number in range(30):
        client.post("/account/login/werk/", {"login": f"x{number}@werk.test", "password": "fout"})

    answer = client.post("/account/login/werk/", {"login": guide.email, "password": "een lang wachtwoord"})

    assert answer.status_code == 302


def test_the_same_account_is_guarded_against_guessing(client, region, guide):
    for number in range(limits.PASSWORDS_PER_ACCOUNT):
        client.post("/account/login/werk/", {"login": guide.email, "password": "fout"}, REMOTE_ADDR=f"10.0.1.{number}")

    answer = client.post("/account/login/werk/", {"login": guide.email, "password": "fout"}, REMOTE_ADDR="10.0.1.199")

    assert "te vaak geprobeerd" in answer.content.decode()


def test_who_guesses_a_password_does_not_shut_out_its_owner(client, region, guide):
    guide.set_password("een lang wachtwoord")
    guide.save()
    for _n in range(8):
        client.post("/account/login/werk/", {"login": guide.email, "password": "fout"}, REMOTE_ADDR="10.0.1.1")

    right = {"login": guide.email, "password": "een lang wachtwoord"}
    assert client.post("/account/login/werk/", right, REMOTE_ADDR="10.0.1.1").status_code == 200
    assert client.post("/account/login/werk/", right, REMOTE_ADDR="10.0.1.2").status_code == 302


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "confirm-email/", "3rdparty/", "3rdparty/signup/", "oidc/heerlen/login/", "social/signup/"],
)
def test_what_we_do_not_use_cannot_be_reached(client, region, path):
    answer = client.get(f"/account/{path}")

    assert answer.status_code == 404 or answer.headers["Location"] == "/"


def test_nobody_can_sign_up(client, region):
    assert client.post("/account/signup/", {"email": "nieuw@voorbeeld.test"}).headers["Location"] == "/"


def test_someone_sees_where_they_are_signed_in_and_ends_it(client, region, resident):
    ask_code(client, resident.email, HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/130.0")
    client.post(CONFIRM, {"code": mailed_code()}, HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/130.0")
    phone = client.cookies["sessionid"].value
    client.cookies.clear()
    ask_code(client, resident.email)
    client.post(CONFIRM, {"code": mailed_code()})

    page = client.get("/account/sessions/").content.decode()
    assert "Firefox op Android" in page
    assert "dit apparaat" in page
    other = UserSession.objects.get(session_key=phone)
    assert client.post(reverse("session-end", args=[other.pk])).status_code == 303

    client.cookies["sessionid"] = phone
    assert client.get("/account/sessions/").headers["Location"].startswith(LOGIN)


def test_nobody_ends_the_session_of_another(client, region, resident, stranger):
    ask_code(client, resident.email)
    client.post(CONFIRM, {"code": mailed_code()})
    session = UserSession.objects.get(user=resident)
    client.force_login(stranger)

    assert client.post(reverse("session-end", args=[session.pk])).status_code == 404


def test_a_forgotten_password_is_chosen_anew_with_a_link_to_our_own_address(client, region, guide, settings):
    settings.BASE_URL = "https://meedoen.test"
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/account/password/reset/", {"email": guide.email}, headers={"host": "evil.test"})

    link = re.search(r"https?://\S+", Message.objects.get().body)[0]
    assert link.startswith("https://meedoen.test/account/password/reset/key/")
    assert "Kies een wachtwoord" in client.get(link.removeprefix("https://meedoen.test"), follow=True).content.decode()


def test_a_forgotten_password_does_not_tell_which_addresses_are_known(client, region, guide):
    known = client.post("/account/password/reset/", {"email": guide.email})
    unknown = client.post("/account/password/reset/", {"email": "niemand@werk.test"})

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "then", ["http://[::1", "//[", "https://elders.test/", "//localhost/", "http:///elders.test", "\\\\elders"]
)
@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_inactive", "account_logout"])
def test_nobody_is_led_to_what_is_no_page_of_ours(client, name, then):
    answer = client.get(reverse(name), {"next": then})

    assert answer.status_code in {200, 302}
    assert then not in answer.headers.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize("then", ["http://[::1", "https://elders.test/", "//localhost/"])
def test_signing_in_leads_to_a_page_of_ours_whatever_was_asked(client, resident, then):
    client.post(LOGIN, {"email": resident.email, "next": then})

    answer = client.post(CONFIRM, {"code": mailed_code(), "next": then})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")
