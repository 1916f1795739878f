"""What is done while an administrator ends someone's access is not done any more (R14)."""

import re
import uuid

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory

from socialewifi.core import clock, idempotency, vault
from socialewifi.core.models import Message
from socialewifi.people import signed_in
from socialewifi.people.actions import accounts
from socialewifi.people.actions.passwords import AccessEnded, choose_password
from socialewifi.people.models import Role, User
from socialewifi.people.second_step import SET_UP
from socialewifi.people.tests.factories import RoleFactory, UserFactory
from socialewifi.people.views import codes

OLD, NEW = "een lange oude zin", "een lange nieuwe zin"
WORK = "/beheer/afspraken/"
DIFFERENT = {"name": "Iemand Anders", "phone": "06 11 11 11 11", "working_days": "maandag"}

ENDS = {
    "closed": lambda user, by: accounts.close_account(user=user, reason="weg", by=by, at=clock.now()),
    "withdrawn": lambda user, by: accounts.withdraw_access(user=user, by=by, at=clock.now()),
    "moved": lambda user, by: accounts.change_person(user=user, email="elders@werk.test", by=by, at=clock.now()),
    "without its second step": lambda user, by: accounts.remove_second_factor(
        user=user, reason="telefoon weg", by=by, at=clock.now()
    ),
}
each_end = pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())


@pytest.fixture
def someone(region):
    """Someone at work with a password."""
    user = UserFactory(email="gijs@werk.test")
    RoleFactory(user=user, kind=Role.Kind.STEERING_MEMBER)
    user.set_password(OLD)
    user.save(update_fields=["password"])
    return user


@each_end
def test_a_password_that_was_being_chosen_is_not_kept(someone, administrator, end):
    before = User.objects.get(pk=someone.pk)
    end(someone, administrator)
    after = User.objects.values().get(pk=someone.pk)

    with pytest.raises(AccessEnded):
        choose_password(user=before, password=NEW)

    assert User.objects.values().get(pk=someone.pk) == after


def test_a_password_writes_nothing_else_of_who_chose_it(someone):
    before = User.objects.get(pk=someone.pk)
    User.objects.filter(pk=someone.pk).update(**DIFFERENT)

    choose_password(user=before, password=NEW)

    now = User.objects.get(pk=someone.pk)
    assert now.check_password(NEW)
    assert {name: getattr(now, name) for name in DIFFERENT} == DIFFERENT


@each_end
def test_what_waited_for_its_turn_changes_nothing_in_a_session_that_ended(
    client, someone, administrator, end, monkeypatch
):
    client.post("/account/login/werk/", {"login": someone.email, "password": OLD})
    lock = signed_in.lock_person

    def hold_after_it_ended(user):
        end(someone, administrator)
        return lock(user)

    monkeypatch.setattr(signed_in, "lock_person", hold_after_it_ended)
    answer = client.post("/account/password/change/", {"oldpassword": OLD, "password1": NEW, "password2": NEW})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")
    assert not User.objects.get(pk=someone.pk).has_usable_password()


def test_who_is_in_changes_their_password(client, someone):
    client.post("/account/login/werk/", {"login": someone.email, "password": OLD})

    client.post("/account/password/change/", {"oldpassword": OLD, "password1": NEW, "password2": NEW})

    assert User.objects.get(pk=someone.pk).check_password(NEW)


@each_end
def test_a_sign_in_that_waits_for_its_second_step_ends_too(client, settings, someone, administrator, end):
    settings.REQUIRE_SECOND_FACTOR = True
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": "x"})
    waiting = client.post("/account/login/werk/", {"login": someone.email, "password": OLD})
    assert waiting.headers["Location"] == "/account/2fa/authenticate/"
    end(someone, administrator)

    assert client.get("/account/2fa/authenticate/", follow=True).status_code == 200
    assert client.get("/account/login/werk/").status_code == 200
    assert client.get("/account/login/").status_code == 200


def test_a_sign_in_goes_on_waiting_where_nothing_ended(client, settings, someone):
    settings.REQUIRE_SECOND_FACTOR = True
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.post("/account/login/werk/", {"login": someone.email, "password": OLD})

    assert client.get("/account/2fa/authenticate/").status_code == 200


def test_the_database_knows_no_address_of_an_account_but_its_own(someone):
    with pytest.raises(IntegrityError, match="not the address of this account"), transaction.atomic():
        EmailAddress.objects.create(user=someone, email="elders@werk.test", primary=True, verified=True)
    EmailAddress.objects.create(user=someone, email=someone.email, primary=True, verified=True)
    with pytest.raises(IntegrityError, match="not the address of this account"), transaction.atomic():
        EmailAddress.objects.update(email="elders@werk.test")

    User.objects.filter(pk=someone.pk).update(email="nieuw@werk.test")

    assert not EmailAddress.objects.exists()


def test_a_link_of_the_old_address_opened_while_it_changes_brings_nothing_back(client, someone, administrator):
    client.post("/account/password/reset/", {"email": someone.email})
    link = next(word for word in Message.objects.latest("pk").body.split() if "/password/reset/key/" in word)
    accounts.change_person(user=someone, email="nieuw@werk.test", by=administrator, at=clock.now())
    sent = Message.objects.count()

    client.get("/" + link.split("/", 3)[3])
    client.post("/account/password/reset/", {"email": "gijs@werk.test"})

    assert not EmailAddress.objects.filter(email="gijs@werk.test").exists()
    assert not [mail for mail in Message.objects.order_by("pk")[sent:] if "/password/reset/key/" in mail.body]


def test_a_password_that_is_kept_in_an_older_way_is_not_brought_back(someone, administrator, settings):
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    older = make_password(OLD, hasher="pbkdf2_sha256")
    User.objects.filter(pk=someone.pk).update(password=older)
    before = User.objects.get(pk=someone.pk)
    assert User.objects.get(pk=someone.pk).check_password(OLD)
    assert User.objects.get(pk=someone.pk).password != older
    ENDS["withdrawn"](someone, administrator)

    before.check_password(OLD)

    assert not User.objects.get(pk=someone.pk).has_usable_password()


def test_a_person_added_by_a_form_that_was_sent_before_leads_to_no_one_else(client, administrator):
    client.force_login(administrator)
    token, address = "00000000-0000-4000-8000-000000000001", "/beheer/mensen/nieuw/"
    known = {"name": "Nieuw Iemand", "language": "nl", "token": token}
    first = client.post(address, {**known, "email": "nieuw1@werk.test"})
    other = client.post(address, {**known, "email": "nieuw2@werk.test"})

    assert first.status_code == 303
    assert other.status_code == 422
    assert client.post(address, {**known, "email": "nieuw1@werk.test"}).headers["Location"] == first.headers["Location"]


def test_a_role_that_is_not_there_is_no_fault_of_ours(client, administrator):
    client.force_login(administrator)

    assert client.post("/beheer/rollen/999999/einde/", {"token": "x"}).status_code == 404


def test_a_code_mailed_to_the_old_address_lets_in_nobody_while_the_address_changes(
    client, someone, administrator, monkeypatch
):
    client.post("/account/login/", {"email": someone.email})
    code = re.search(r"\b\d{6}\b", Message.objects.latest("pk").body)[0]
    lock = codes.lock_person

    def hold_after_it_moved(user):
        ENDS["moved"](someone, administrator)
        return lock(user)

    monkeypatch.setattr(codes, "lock_person", hold_after_it_moved)
    answer = client.post("/account/login/code/", {"code": code})

    assert answer.headers["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session
    assert User.objects.get(pk=someone.pk).email == "elders@werk.test"
    assert client.get("/account/login/").status_code == 200


def test_a_second_step_that_is_taken_away_opens_nothing_any_more(settings, someone):
    settings.REQUIRE_SECOND_FACTOR = True
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post("/account/login/werk/", {"login": someone.email, "password": OLD})
        session = browser.session
        session[SET_UP] = someone.pk
        session.save()
    Authenticator.objects.create(user=someone, type=Authenticator.Type.TOTP, data={"secret": vault.encrypt("x")})
    assert here.get(WORK).status_code == elsewhere.get(WORK).status_code == 200
    removed = Authenticator.objects.get(user=someone)
    removed.delete()
    request = RequestFactory().post("/")
    request.session = here.session

    authenticator_removed.send(Authenticator, request=request, user=someone, authenticator=removed)
    request.session.save()

    assert here.get(WORK).headers["Location"] == "/account/2fa/"
    assert "_auth_user_id" not in elsewhere.session


def test_a_form_that_someone_else_sent_or_another_form_is_not_the_same(client, guide, administrator):
    asked = RequestFactory().post("/werk/", {"token": "00000000-0000-4000-8000-000000000001", "body": "Dag."})
    asked.user, asked.session = guide, client.session
    idempotency.run_once(uuid.UUID(asked.POST["token"]), lambda: None, content=idempotency._content(asked))
    assert idempotency.was_sent(asked)

    asked.user = administrator
    assert not idempotency.was_sent(asked)
    asked.user, asked.path = guide, "/elders/"
    assert not idempotency.was_sent(asked)


@pytest.mark.parametrize("end", [ENDS[name] for name in ("closed", "withdrawn", "without its second step")])
def test_a_code_that_was_mailed_before_access_ended_opens_nothing(client, someone, administrator, end):
    client.post("/account/login/", {"email": someone.email})
    code = re.search(r"\b\d{6}\b", Message.objects.latest("pk").body)[0]
    end(someone, administrator)
    if not User.objects.get(pk=someone.pk).is_active:
        accounts.reopen_account(user=someone, by=administrator, at=clock.now())

    client.post("/account/login/code/", {"code": code})

    assert "_auth_user_id" not in client.session
