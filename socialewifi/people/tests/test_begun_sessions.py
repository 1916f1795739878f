"""A session that begins at the very moment that access ends: it ends too."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.tests.factories import write_texts
from socialewifi.people.actions import accounts, keys
from socialewifi.people.models import User
from socialewifi.people.tests.factories import UserFactory
from socialewifi.people.views import keys as views

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def resident(region):
    write_texts()
    account = UserFactory(email="roos@voorbeeld.test", name="Roos", roles=["panel_member"])
    return UserFactory(email=None, name="Roos", account=account)


def withdraw(resident, administrator):
    accounts.withdraw_access(user=resident.account, by=administrator, at=clock.now())


def close(resident, administrator):
    accounts.close_account(user=resident.account, reason="Weg.", by=administrator, at=clock.now())


def revoke(resident, administrator):
    keys.revoke_keys(user=resident, by=administrator, at=clock.now())
    for session in resident.usersession_set.all():
        session.end()


@pytest.mark.parametrize("end", [withdraw, close, revoke])
def test_it_does_not_go_on(resident, administrator, monkeypatch, end):
    link = keys.issue_link(user=resident, sent_to="roos@voorbeeld.test", by=None, at=clock.now(), days=9)
    comes_in, begun = views.perform_login, []

    def ends():
        try:
            end(User.objects.get(pk=resident.pk), User.objects.get(pk=administrator.pk))
        finally:
            connection.close()

    def while_it_ends(*args, **kwargs):
        begun.append(threading.Thread(target=ends))
        begun[0].start()
        # It waits for the key that is held here; without that it would be over before the session is there.
        begun[0].join(0.5)
        return comes_in(*args, **kwargs)

    monkeypatch.setattr(views, "perform_login", while_it_ends)
    browser = Client()
    browser.post(reverse("key-open", args=[link]))
    begun[0].join()

    assert browser.get(reverse("usersessions_list")).status_code == 302
