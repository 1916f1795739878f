import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.db import connection

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.people.actions import accounts, reading
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, ReadingModeFactory, RoleFactory, UserFactory


def kinds_about(user):
    return list(Event.objects.about(user).order_by("id").values_list("kind", flat=True))


def test_someone_is_added_and_written_down(administrator):
    user = accounts.add_person(name="Nina Nieuw", email="Nina@Werk.test", by=administrator, at=NOON)

    assert user.email == "nina@werk.test"
    assert not user.has_usable_password()
    assert kinds_about(user) == ["people.user.added"]


def test_nobody_is_added_twice(administrator, guide):
    with pytest.raises(accounts.AlreadyKnown):
        accounts.add_person(name="Gijs", email=guide.email.upper(), by=administrator, at=NOON)


def test_an_invited_colleague_chooses_a_password_with_the_link(client, administrator, guide):
    accounts.invite(user=guide, by=administrator, at=NOON)
    message = Message.objects.get()
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", message.body)[1]

    form = client.get(link, follow=True)
    assert "Kies een wachtwoord" in form.content.decode()
    client.post(
        form.redirect_chain[-1][0], {"password1": "paard batterij nietje", "password2": "paard batterij nietje"}
    )
    client.post("/account/login/werk/", {"login": guide.email, "password": "paard batterij nietje"})

    assert client.session["_auth_user_id"] == str(guide.pk)
    assert "Deze link werkt niet meer" in client.get(link, follow=True).content.decode()


def test_an_invited_panel_member_needs_no_password(administrator, panel_member):
    accounts.invite(user=panel_member, by=administrator, at=NOON)

    assert "/account/login/" in Message.objects.get().body
    assert "Een wachtwoord heb je niet nodig" in Message.objects.get().body


def test_someone_without_an_address_is_not_invited(administrator, offline_resident):
    with pytest.raises(accounts.CannotInvite):
        accounts.invite(user=offline_resident, by=administrator, at=NOON)


def test_with_another_address_nothing_sent_to_the_old_one_works(administrator, guide):
    EmailAddress.objects.create(user=guide, email=guide.email, verified=True, primary=True)

    accounts.change_person(user=guide, email="nieuw@werk.test", by=administrator, at=NOON)

    assert User.objects.get(pk=guide.pk).email == "nieuw@werk.test"
    assert not EmailAddress.objects.exists()
    assert kinds_about(guide)[-1] == "people.user.changed"


def test_changing_nothing_leaves_no_trace(administrator, guide):
    accounts.change_person(user=guide, name=guide.name, by=administrator, at=NOON)

    assert kinds_about(guide) == []


def test_taking_someone_elses_address_is_refused(administrator, guide, coordinator):
    with pytest.raises(accounts.AlreadyKnown):
        accounts.change_person(user=guide, email=coordinator.email, by=administrator, at=NOON)


def test_a_closed_account_is_signed_out_and_can_be_reopened(client, administrator, resident):
    client.force_login(resident)
    UserSession.objects.create(user=resident, ip="127.0.0.1", session_key=client.session.session_key)
    assert UserSession.objects.filter(user=resident).exists()

    accounts.close_account(user=resident, reason="op verzoek", by=administrator, at=NOON)
    assert client.get("/account/sessions/").status_code == 302
    assert not UserSession.objects.filter(user=resident).exists()

    accounts.reopen_account(user=resident, by=administrator, at=NOON)
    assert User.objects.get(pk=resident.pk).is_active


def test_a_lost_phone_is_taken_away_and_written_down(administrator, guide):
    Authenticator.objects.create(user=guide, type=Authenticator.Type.TOTP, data={})

    accounts.remove_second_factor(user=guide, reason="telefoon gestolen", by=administrator, at=NOON)

    assert not Authenticator.objects.exists()
    assert Event.objects.about(guide).latest("id").details == {"reason": "telefoon gestolen"}


def test_the_first_administrator_is_made_on_the_command_line(db):
    out = StringIO()
    call_command("add_administrator", "bea@werk.test", "Bea", "Beheerder", stdout=out)

    bea = User.objects.get()
    assert (bea.name, bea.has_role("administrator")) == ("Bea Beheerder", True)
    assert {message.to_email for message in Message.objects.all()} == {"bea@werk.test"}
    with pytest.raises(CommandError, match="heeft deze rol al"):
        call_command("add_administrator", "bea@werk.test", "Bea", stdout=out)


def test_reading_along_takes_a_reason_ends_after_an_hour_and_is_written_down(administrator):
    with pytest.raises(reading.CannotRead):
        reading.start_reading_mode(reason="  ", by=administrator, at=NOON)

    mode = reading.start_reading_mode(reason="Vraag van de inwoner", by=administrator, at=NOON)

    assert (mode.ends_at - mode.starts_at).total_seconds() == 3600
    with pytest.raises(reading.CannotRead):
        reading.start_reading_mode(reason="Nog een keer", by=administrator, at=NOON)
    reading.end_reading_mode(by=administrator, at=NOON.replace(minute=30))
    assert kinds_about(administrator) == ["people.reading.started", "people.reading.ended"]
    assert not administrator.reading_modes.running(NOON.replace(minute=31)).exists()


def test_only_an_administrator_reads_along(coordinator):
    with pytest.raises(NotAllowed):
        reading.start_reading_mode(reason="Nieuwsgierig", by=coordinator, at=NOON)


def test_an_administrator_on_the_panel_reads_nothing_along(administrator):
    RoleFactory(user=administrator, kind="panel_member")
    administrator = User.objects.get(pk=administrator.pk)

    with pytest.raises(reading.CannotRead):
        reading.start_reading_mode(reason="Een vraag", by=administrator, at=NOON)

    ReadingModeFactory(user=administrator)
    assert not administrator.is_reading_along


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_person_at_once_do_not_fail():
    administrator = UserFactory(roles=["administrator"])
    start = Barrier(2)

    def add(name):
        try:
            start.wait(timeout=20)
            accounts.add_person(name=name, email="nina@werk.test", by=User.objects.get(pk=administrator.pk), at=NOON)
        except accounts.AlreadyKnown:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        added = list(pool.map(add, ["Nina", "Nina Nieuw"]))

    assert sorted(added) == [False, True]


def test_an_account_is_not_closed_or_opened_twice(administrator, guide):
    with pytest.raises(accounts.AlreadySo):
        accounts.reopen_account(user=guide, by=administrator, at=NOON)
    accounts.close_account(user=guide, reason="weg", by=administrator, at=NOON)
    with pytest.raises(accounts.AlreadySo):
        accounts.close_account(user=guide, reason="weg", by=administrator, at=NOON)
