"""Another SECRET_KEY than the one the database was made with: said at the start, carried over, or begun anew."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from socialewifi.config import serve
from socialewifi.core import clock, tables, vault
from socialewifi.core.models import Event, Message
from socialewifi.people.actions.keys import issue_letter_code
from socialewifi.people.models import AccessKey
from socialewifi.people.tests.factories import UserFactory
from socialewifi.people.tests.test_second_factor import (
    PASSWORD,
    SECRET,
    app_code,
    sign_in_with_password,
    with_password,
)

pytestmark = pytest.mark.django_db
OTHER = "another long text that nobody guesses, of fifty signs or more"


@pytest.fixture
def codes(guide):
    """Someone with an app and codes on paper, in a database that knows its key."""
    TOTP.activate(guide, SECRET)
    kept = RecoveryCodes.activate(guide)
    assert vault.is_the_key_of_this_database()
    return kept.generate_codes()


@pytest.fixture
def resident():
    return UserFactory(email=None)


def code_on_paper(resident):
    return issue_letter_code(user=resident, by=None, at=clock.now(), days=3)


def restored_with(settings, key, *former):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = key, list(former)


def second_step_works(user, codes):
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    paper = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return TOTP(app).validate_code(app_code()) and RecoveryCodes(paper).generate_codes() == codes


def test_a_database_starts_with_its_own_key_and_with_a_newer_one_beside_it(codes, settings):
    serve.refuse_other_key()
    restored_with(settings, OTHER, settings.SECRET_KEY)
    serve.refuse_other_key()


def test_a_database_that_is_restored_with_another_key_does_not_start(codes, settings):
    restored_with(settings, OTHER)

    with pytest.raises(serve.CannotServe, match="SECRET_KEY is not the one this database was made with"):
        serve.refuse_other_key()


def test_what_is_carried_over_opens_without_the_former_key(codes, guide, settings, capsys):
    restored_with(settings, OTHER, settings.SECRET_KEY)
    call_command("renew_key")
    restored_with(settings, OTHER)

    serve.refuse_other_key()
    assert second_step_works(guide, codes)
    assert capsys.readouterr().out == "2 second steps are encrypted under the present key. The former key may go.\n"


def test_it_is_told_how_long_the_former_key_still_opens_links_and_codes(codes, resident, settings, capsys):
    code_on_paper(resident)
    restored_with(settings, OTHER, settings.SECRET_KEY)

    call_command("renew_key")

    until = timezone.localdate(AccessKey.objects.get().expires_at)
    assert f"Keep the former among SECRET_KEY_FALLBACKS until {until}" in capsys.readouterr().out


def test_nothing_is_carried_over_without_the_former_key(codes, settings):
    restored_with(settings, OTHER)

    with pytest.raises(CommandError, match="not among SECRET_KEY_FALLBACKS"):
        call_command("renew_key")

    assert not vault.is_the_key_of_this_database()


def test_where_the_former_key_is_lost_one_begins_anew_and_who_loses_by_it_hears_so(
    codes, guide, resident, settings, region, capsys
):
    code_on_paper(resident)
    restored_with(settings, OTHER)

    call_command("renew_key", lost=True)

    serve.refuse_other_key()
    assert not Authenticator.objects.exists()
    assert not AccessKey.objects.usable(clock.now()).exists()
    assert (
        "Je tweede stap en je wachtwoord werken niet meer"
        in Message.objects.get(recipient_id=guide.pk, kind="people.access_changed").body
    )
    assert Event.objects.filter(kind="people.second_factor.removed").count() == 1
    assert capsys.readouterr().out.startswith("1 people choose a second step anew, and are mailed; 1 ask")


def test_nobody_begins_anew_with_a_key_that_opens_everything(codes, guide):
    with pytest.raises(CommandError, match="nothing to begin anew"):
        call_command("renew_key", lost=True)

    assert second_step_works(guide, codes)


def test_a_password_alone_chooses_no_new_second_step_and_the_mailbox_does(client, codes, administrator, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    TOTP.activate(with_password(administrator), SECRET)
    restored_with(settings, OTHER)
    call_command("renew_key", lost=True)

    sign_in_with_password(client, administrator)
    assert "_auth_user_id" not in client.session

    mail = Message.objects.get(recipient_id=administrator.pk, kind="people.invitation_staff")
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", mail.body)[1]
    chosen = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(chosen, {"password1": PASSWORD, "password2": PASSWORD})
    sign_in_with_password(client, administrator)
    client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": app_code(client.session["mfa.totp.secret"])})
    assert Authenticator.objects.filter(user=administrator, type=Authenticator.Type.TOTP).exists()


@pytest.mark.parametrize(
    "command",
    [("add_administrator", "bea@werk.test", "Bea"), ("load_region", "tests/regions/mini")],
    ids=lambda command: command[0],
)
def test_no_command_writes_under_another_key_what_would_never_work(settings, codes, command):
    restored_with(settings, OTHER)
    before = Event.objects.count()

    with pytest.raises(CommandError, match="SECRET_KEY is not the one"):
        call_command(*command)

    assert Event.objects.count() == before
    assert not Message.objects.exists()


@pytest.mark.parametrize("command", [("add_administrator", "bea@werk.test", "Bea"), ("load_region", "nergens")])
def test_no_command_writes_on_tables_it_does_not_know(monkeypatch, command):
    monkeypatch.setattr(tables, "misfit", lambda: "newer than the program")

    with pytest.raises(CommandError, match="The tables are newer than the program"):
        call_command(*command)
