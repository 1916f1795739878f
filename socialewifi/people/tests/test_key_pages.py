import re
from datetime import timedelta

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Event, Message
from socialewifi.people import limits
from socialewifi.people.actions import keys
from socialewifi.people.models import AccessKey, User
from socialewifi.people.queries import link_address
from socialewifi.people.signals import address_known
from socialewifi.people.tests.factories import UserFactory

MAILBOX = "roos@voorbeeld.test"


@pytest.fixture
def told(region):
    """A resident as known by one idea, told with ``MAILBOX``: a room above this one knows."""

    def who(email, **_kwargs):
        return "nl" if email == MAILBOX else None

    address_known.connect(who)
    yield UserFactory(name="Roos Inwoner", email=None)
    address_known.disconnect(who)


@pytest.fixture
def token(told):
    return keys.issue_link(user=told, sent_to=MAILBOX, by=None, at=clock.now(), days=14)


@pytest.fixture
def code(offline_resident, region):
    return keys.issue_letter_code(user=offline_resident, by=None, at=clock.now(), days=90)


def expire(user):
    user.access_keys.update(expires_at=clock.now() - timedelta(days=1))


def is_in(client, user):
    return client.session.get("_auth_user_id") == str(user.pk)


def test_looking_at_a_link_signs_nobody_in_and_does_not_use_it_up(client, told, token):
    for _scan in range(3):
        answer = client.get(reverse("key-open", args=[token]))

    assert answer.status_code == 200
    assert "Open mijn pagina" in answer.content.decode()
    assert not is_in(client, told)
    assert AccessKey.objects.get().last_used_at is None


def test_one_button_opens_the_page(client, told, token):
    answer = client.post(reverse("key-open", args=[token]), {"next": "/mijn/abc/"})

    assert answer.headers["Location"] == "/mijn/abc/"
    assert is_in(client, told)
    assert Event.objects.about(told).filter(kind="people.key.used").exists()


def test_a_link_leads_nowhere_outside_the_platform(client, token):
    answer = client.post(reverse("key-open", args=[token]), {"next": "https://evil.test/"})

    assert answer.headers["Location"] == reverse("start")


def test_the_address_in_a_mail_holds_token_and_page(settings, token):
    settings.BASE_URL = "https://meedoen.test"

    assert link_address(token, then="/mijn/abc/") == f"https://meedoen.test/open/{token}/?next=%2Fmijn%2Fabc%2F"


@pytest.mark.parametrize("spoil", [expire, lambda user: keys.revoke_keys(user=user, by=user, at=clock.now())])
def test_an_old_link_knows_its_owner_and_offers_a_code(client, told, token, spoil):
    spoil(told)

    answer = client.get(reverse("key-open", args=[token]))
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "r…s@voorbeeld.test" in page
    assert MAILBOX not in page

    confirm = client.post(reverse("key-send-code", args=[token]), {"next": "/mijn/abc/"}, follow=True)
    assert MAILBOX not in confirm.content.decode()
    assert "r…s@voorbeeld.test" in confirm.content.decode()
    mailed = Message.objects.latest("id")
    assert mailed.to_email == MAILBOX

    where = confirm.redirect_chain[-1][0]
    answer = client.post(where, {"code": re.search(r"\d{6}", mailed.body)[0]})
    assert answer.headers["Location"] == "/mijn/abc/"
    assert is_in(client, User.objects.get(email=MAILBOX))


def test_an_old_link_opens_nothing_even_when_the_button_is_forged(client, told, token):
    expire(told)

    assert client.post(reverse("key-open", args=[token])).status_code == 410
    assert not is_in(client, told)


def test_asking_for_codes_again_and_again_ends_without_giving_the_address_away(client, told, token):
    expire(told)
    for _n in range(5):
        client.post(reverse("key-send-code", args=[token]))

    answer = client.post(reverse("key-send-code", args=[token]))

    assert answer.status_code == 429
    assert MAILBOX not in answer.content.decode()


def test_an_old_link_of_someone_without_e_mail_gives_the_phone_number(client, offline_resident, region):
    token = keys.issue_link(user=offline_resident, sent_to="", by=None, at=clock.now(), days=14)
    expire(offline_resident)

    page = client.get(reverse("key-open", args=[token])).content.decode()

    assert region.desk_phone in page
    assert "Stuur mij een code" not in page


@pytest.mark.django_db
def test_an_unknown_link_says_nothing_about_anyone(client, region):
    answer = client.get(reverse("key-open", args=["verzonnen"]))

    assert answer.status_code == 404
    assert "kennen we niet" in answer.content.decode()
    assert client.post(reverse("key-send-code", args=["verzonnen"])).status_code == 404


def test_on_a_shared_computer_a_link_opens_the_page_of_its_owner(client, stranger, told, token):
    client.force_login(stranger)

    client.post(reverse("key-open", args=[token]))

    assert is_in(client, told)


def test_someone_without_e_mail_comes_in_with_the_code_on_a_letter(client, offline_resident, code):
    assert "streepjes en spaties" in client.get("/code/").content.decode()

    answer = client.post("/code/", {"code": code.lower().replace("-", " ")})

    assert answer.status_code == 302
    assert is_in(client, offline_resident)


def test_a_wrong_code_is_refused_beside_the_field_and_stays(client, region):
    answer = client.post("/code/", {"code": "2222-2222-2222"})

    assert answer.status_code == 422
    assert "Deze code kennen we niet" in answer.content.decode()
    assert "2222-2222-2222" in answer.content.decode()


def test_codes_are_not_tried_for_ever(client, region, monkeypatch):
    monkeypatch.setattr(limits, "WRONG_CODES_PER_CONNECTION", 6)
    answers = [client.post("/code/", {"code": f"2222-2222-222{n}"}) for n in range(2, 9)]

    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429
    assert region.desk_phone in answers[-1].content.decode()


def test_many_wrong_codes_in_the_library_do_not_shut_out_the_neighbour(client, offline_resident, code):
    for number in range(60):
        client.post("/code/", {"code": f"2222-2222-{number:04}".replace("0", "X").replace("1", "Y")})

    client.post("/code/", {"code": code})

    assert is_in(client, offline_resident)


def test_right_codes_never_count_against_an_address(client, offline_resident, code):
    for _n in range(12):
        client.cookies.clear()
        assert client.post("/code/", {"code": code}).status_code == 302


def test_someone_withdraws_a_link_to_their_page(client, told, stranger, token):
    key = AccessKey.objects.get()
    client.force_login(stranger)
    assert client.post(reverse("key-end", args=[key.pk])).status_code == 404

    client.force_login(told)
    assert "Link in een e-mail" in client.get("/account/sessions/").content.decode()
    client.post(reverse("key-end", args=[key.pk]))

    assert client.get(reverse("key-open", args=[token])).status_code == 410
