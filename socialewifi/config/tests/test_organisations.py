"""Signing in with the account of one's organisation; only the organisation's own server is played here."""

import base64
import json
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError

from socialewifi.config import single_sign_on
from socialewifi.core.models import Event
from socialewifi.people.adapters import OrganisationAdapter
from socialewifi.people.models import User
from socialewifi.people.tests.factories import UserFactory

pytestmark = pytest.mark.urls("socialewifi.config.tests.organisation_urls")
SERVER = "https://inloggen.waterdorp.test"
CONFIGURATION = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/authorize",
    "token_endpoint": f"{SERVER}/token",
    "userinfo_endpoint": f"{SERVER}/userinfo",
    "jwks_uri": f"{SERVER}/keys",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, content):
        self.content = content
        self.text = json.dumps(content)

    def json(self):
        return self.content

    def raise_for_status(self):
        return None


class Server:
    """The organisation's server, which says that everyone who comes by is this person."""

    def __init__(self, email, token=None, **claims):
        self.token = token or {}
        self.person = {"sub": "123", "email": email, "email_verified": True, "name": "Iemand", **claims}

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None

    def get(self, url, **_kwargs):
        return Answer(self.person if url.endswith("/userinfo") else CONFIGURATION)

    def request(self, _method, _url, **_kwargs):
        claims = {
            **self.person,
            **self.token,
            "iss": SERVER,
            "aud": "wifi",
            "iat": time.time(),
            "exp": time.time() + 600,
        }
        parts = [{"alg": "RS256", "typ": "JWT", "kid": "1"}, claims, {}]
        token = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        return Answer({"access_token": "x", "token_type": "Bearer", "id_token": token})

    post = request


@pytest.fixture(params=[True])
def waterdorp(request, settings, region):
    town = single_sign_on.Organisation(
        "waterdorp", "Gemeente Waterdorp", SERVER, "wifi", "geheim", ("werk.test",), second_factor=request.param
    )
    settings.SINGLE_SIGN_ON = [town]
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on.providers([town])
    settings.REQUIRE_SECOND_FACTOR = True


def come_from(client, monkeypatch, email, process="login", **claims):
    """Walk from the button on our page, through the organisation, back to us."""
    monkeypatch.setattr(OrganisationAdapter, "get_requests_session", lambda _self: Server(email, **claims))
    asked = client.get(f"/account/oidc/waterdorp/login/?process={process}")
    assert asked.headers["Location"].startswith(f"{SERVER}/authorize")
    state = parse_qs(urlsplit(asked.headers["Location"]).query)["state"][0]
    return client.get("/account/oidc/waterdorp/login/callback/", {"code": "abc", "state": state})


@pytest.mark.usefixtures("waterdorp")
def test_the_button_is_on_the_page_for_whoever_works_here(client):
    assert "Gemeente Waterdorp" in client.get("/account/login/werk/").content.decode()


@pytest.mark.usefixtures("waterdorp")
def test_a_known_colleague_comes_in_and_works(client, monkeypatch, administrator):
    administrator.set_password("een heel lang wachtwoord")
    administrator.save()

    come_from(client, monkeypatch, administrator.email)

    assert client.session["_auth_user_id"] == str(administrator.pk)
    assert client.get("/beheer/").status_code == 200
    administrator.refresh_from_db()
    assert administrator.has_usable_password()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("waterdorp", [False], indirect=True)
@pytest.mark.usefixtures("waterdorp")
def test_an_organisation_without_a_second_factor_of_its_own_does_not_replace_ours(client, monkeypatch, administrator):
    come_from(client, monkeypatch, administrator.email)

    assert client.get("/beheer/").headers["Location"] == "/account/2fa/"


@pytest.mark.usefixtures("waterdorp")
def test_nobody_signs_up_through_an_organisation(client, monkeypatch):
    answer = come_from(client, monkeypatch, "onbekend@werk.test")

    assert "kennen we je nog niet" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.usefixtures("waterdorp")
def test_an_organisation_is_not_believed_about_the_people_of_another(client, monkeypatch, resident):
    answer = come_from(client, monkeypatch, resident.email)

    assert "kennen we je nog niet" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("waterdorp")
@pytest.mark.parametrize("said", [False, "false", None, 0])
def test_an_organisation_that_says_the_mailbox_is_not_proven_opens_nothing(client, monkeypatch, administrator, said):
    """Whoever works there may type a colleague's address in their own profile."""
    answer = come_from(client, monkeypatch, administrator.email, email_verified=said)

    assert "kennen we je nog niet" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("waterdorp")
@pytest.mark.parametrize(
    "email", ["\u212aees@werk.test", "kees@wer\u212a.test", "k\u0435es@werk.test", "kees\u200b@werk.test"]
)
def test_an_address_that_only_looks_like_it_opens_nothing(client, monkeypatch, email):
    UserFactory(email="kees@werk.test", roles=["administrator"])

    come_from(client, monkeypatch, email)

    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("waterdorp")
@pytest.mark.parametrize("token", [{"sub": "456"}, {"email": "iemand@werk.test"}])
def test_an_organisation_whose_answers_are_of_two_people_opens_nothing(client, monkeypatch, administrator, token):
    come_from(client, monkeypatch, administrator.email, token=token)

    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("waterdorp")
def test_capitals_are_the_same_address(client, monkeypatch, administrator):
    come_from(client, monkeypatch, administrator.email.upper())

    assert client.session["_auth_user_id"] == str(administrator.pk)


@pytest.mark.usefixtures("waterdorp")
def test_whoever_stops_half_way_finds_the_way_back(client):
    page = client.get("/account/oidc/waterdorp/login/callback/", {"error": "access_denied"}, follow=True)

    assert "Inloggen lukte niet" in page.content.decode()


@pytest.mark.usefixtures("waterdorp")
@pytest.mark.parametrize("process", ["connect", "redirect"])
@pytest.mark.parametrize("whose", ["offline_resident", "resident", "guide", "administrator", None])
def test_nobody_ties_the_account_of_an_organisation_to_their_own(request, client, monkeypatch, whose, process):
    if whose:
        client.force_login(request.getfixturevalue(whose))

    answer = come_from(client, monkeypatch, "iemand@werk.test", process=process)

    assert answer.status_code == 403
    assert "Koppelen kan hier niet" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_the_database_ties_no_organisation_to_who_is_known_by_one_idea(offline_resident):
    with pytest.raises(IntegrityError, match="opens an account only"):
        SocialAccount.objects.create(user=offline_resident, provider="waterdorp", uid="123")


@pytest.mark.usefixtures("waterdorp")
def test_a_tie_stands_in_the_log_and_opens_nothing_of_people_of_another_organisation(client, monkeypatch):
    elsewhere = UserFactory(email="piet@elders.test", roles=["administrator"])
    SocialAccount.objects.create(user=elsewhere, provider="waterdorp", uid="123")

    answer = come_from(client, monkeypatch, "iemand@werk.test")

    assert Event.objects.about(elsewhere).get().kind == "people.tie.made"
    assert "kennen we je nog niet" in answer.content.decode()
    assert "_auth_user_id" not in client.session
