"""Whoever's access changes hears it, by whom, and whom to call; taking access away ends all of it."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.people.actions import accounts, keys, roles
from socialewifi.people.models import User
from socialewifi.people.tests.factories import RoleFactory, UserFactory

PASSWORD = "een heel lang wachtwoord"


def change_address(user, by):
    accounts.change_person(user=user, email="nieuw@werk.test", by=by, at=clock.now())


def close(user, by):
    accounts.close_account(user=user, reason="weg", by=by, at=clock.now())


def reopen(user, by):
    """Open an account that was closed a while ago, by whom does not matter here."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    accounts.reopen_account(user=user, by=by, at=clock.now())


DEEDS = {
    "address": change_address,
    "second step": lambda user, by: accounts.remove_second_factor(user=user, reason="weg", by=by, at=clock.now()),
    "signed out": lambda user, by: accounts.withdraw_access(user=user, by=by, at=clock.now()),
    "closed": close,
    "reopened": reopen,
    "role confirmed": lambda user, by: roles.confirm_role(
        role=RoleFactory(user=user, kind="treasurer", waiting=True), by=by, at=clock.now()
    ),
    "role refused": lambda user, by: roles.refuse_role(
        role=RoleFactory(user=user, kind="treasurer", waiting=True), by=by, at=clock.now()
    ),
    "role ended": lambda user, by: roles.end_role(role=user.roles.get(), last_day=clock.today(), by=by, at=clock.now()),
}
INVITATION = {"invitation": lambda user, by: accounts.invite(user=user, by=by, at=clock.now())}
ENDS_ALL = ("address", "second step", "signed out", "closed")


@pytest.mark.parametrize("deed", DEEDS)
def test_the_owner_hears_of_each_change_of_their_access(guide, administrator, region, deed):
    before = guide.email

    DEEDS[deed](guide, administrator)

    told = list(Message.objects.filter(kind="people.access_changed"))
    assert {message.to_email for message in told} == {before} | ({"nieuw@werk.test"} if deed == "address" else set())
    for message in told:
        assert administrator.name in message.body
        assert region.desk_phone in message.body
        assert "http" not in message.body
        assert message.secrets == []


@pytest.mark.parametrize(("language", "words"), [("en", "did this on"), ("de", "hat das am")])
def test_it_is_told_in_the_language_of_the_owner(guide, administrator, region, language, words):
    User.objects.filter(pk=guide.pk).update(language=language)

    accounts.withdraw_access(user=guide, by=administrator, at=clock.now())

    assert words in Message.objects.get().body


def test_the_old_address_does_not_read_the_new_one(guide, administrator, region):
    before = guide.email

    change_address(guide, administrator)

    assert "nieuw@werk.test" not in Message.objects.get(to_email=before).body


def test_who_has_no_address_is_not_mailed(offline_resident, administrator):
    accounts.withdraw_access(user=offline_resident, by=administrator, at=clock.now())

    assert not Message.objects.exists()


@pytest.mark.parametrize("deed", ENDS_ALL)
def test_taking_access_away_ends_everything_that_opened_the_account(client, guide, administrator, deed):
    guide.set_password(PASSWORD)
    guide.save()
    accounts.invite(user=guide, by=None, at=clock.now())
    invitation = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", Message.objects.get().body)[1]
    client.post("/account/login/werk/", {"login": guide.email, "password": PASSWORD})
    Authenticator.objects.create(user=guide, type=Authenticator.Type.TOTP, data={})
    SocialAccount.objects.create(user=guide, provider="waterdorp", uid="gijs")
    assert UserSession.objects.filter(user=guide).exists()

    DEEDS[deed](guide, administrator)

    assert client.get(reverse("usersessions_list")).status_code == 302
    assert not UserSession.objects.filter(user=guide).exists()
    assert not Authenticator.objects.filter(user=guide).exists()
    assert not SocialAccount.objects.filter(user=guide).exists()
    assert not User.objects.get(pk=guide.pk).has_usable_password()
    assert "Deze link werkt niet meer" in client.get(invitation, follow=True).content.decode()


@pytest.mark.parametrize("deed", ["signed out", "closed"])
def test_it_also_ends_what_opened_the_ideas_of_this_person(client, initiator, administrator, deed):
    token = keys.issue_link(user=initiator.known_as.get(), sent_to="", by=None, at=clock.now(), days=14)
    client.post(reverse("key-open", args=[token]))

    DEEDS[deed](initiator, administrator)

    assert client.get(reverse("usersessions_list")).status_code == 302
    assert client.post(reverse("key-open", args=[token])).status_code == 410


def test_afterwards_a_new_invitation_lets_them_begin_again(client, guide, administrator):
    accounts.withdraw_access(user=guide, by=administrator, at=clock.now())
    accounts.invite(user=guide, by=administrator, at=clock.now())
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", Message.objects.latest("id").body)[1]

    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.get(pk=guide.pk).check_password(PASSWORD)


@pytest.fixture
def initiator_at_work(guide):
    """Someone at work who also told an idea of their own, and said so."""
    UserFactory(name=guide.name, offline=True, account=guide)
    return guide


@pytest.fixture
def initiator(resident):
    UserFactory(name=resident.name, offline=True, account=resident)
    return resident


@pytest.mark.parametrize("who", ["resident", "initiator", "initiator_at_work", "known_by_one_idea"])
@pytest.mark.parametrize("deed", ["address", "second step", "invitation"])
def test_the_address_of_an_initiator_is_not_an_administrators(request, administrator, who, deed):
    user = request.getfixturevalue(who)
    before = user.email

    with pytest.raises((accounts.TheirOwn, accounts.CannotInvite)):
        (DEEDS | INVITATION)[deed](user, administrator)

    assert User.objects.get(pk=user.pk).email == before
    assert not Message.objects.exists()


@pytest.fixture
def known_by_one_idea(resident):
    """The idea of someone who said it is theirs."""
    return UserFactory(offline=True, account=resident)


def test_the_address_of_someone_an_administrator_added_is(administrator):
    nina = accounts.add_person(name="Nina", email="nina@werk.test", by=administrator, at=clock.now())

    change_address(nina, administrator)

    assert User.objects.get(pk=nina.pk).email == "nieuw@werk.test"
    assert not EmailAddress.objects.filter(user=nina).exists()


def test_the_page_of_an_initiator_offers_none_of_it_and_says_why(client, administrator, initiator):
    client.force_login(administrator)

    page = client.get(reverse("person", args=[initiator.public_id])).content.decode()

    assert "Het e-mailadres is van deze persoon zelf" in page
    assert reverse("person-invite", args=[initiator.public_id]) not in page
    assert reverse("person-second-factor", args=[initiator.public_id]) not in page
    assert reverse("person-withdraw", args=[initiator.public_id]) in page


def test_the_page_says_what_taking_access_away_ends_and_what_to_do_next(client, administrator, guide):
    client.force_login(administrator)

    page = client.get(reverse("person-withdraw", args=[guide.public_id])).content.decode()

    assert "het wachtwoord en de tweede stap werken dan niet meer" in page
    assert "Stuur dan een nieuwe uitnodiging" in page
