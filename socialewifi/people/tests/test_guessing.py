"""Tries are counted exactly, also when many are made at the same moment (ADR 16)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from socialewifi.core import limits
from socialewifi.core.models import Message
from socialewifi.people.tests.factories import UserFactory
from socialewifi.places.tests.factories import RegionFactory

HOUR = timedelta(hours=1)
AT_ONCE = 12


def at_once(act):
    start = Barrier(AT_ONCE)

    def do(number):
        try:
            start.wait(timeout=20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, range(AT_ONCE)))


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_no_more_are_let_through_than_the_limit():
    allowed = at_once(lambda _n: limits.take("code", "roos", most=5, within=HOUR))

    assert allowed.count(True) == 5


@pytest.mark.django_db
def test_after_a_while_one_may_try_again(monkeypatch):
    for _n in range(3):
        limits.take("code", "roos", most=2, within=timedelta(0))

    assert limits.take("code", "roos", most=2, within=HOUR)
    assert limits.take("code", "bas", most=1, within=HOUR)


@pytest.mark.django_db(transaction=True)
def test_a_mailed_code_is_guessed_five_times_and_no_more_however_many_tries_come_at_once():
    RegionFactory()
    resident = UserFactory(email="roos@voorbeeld.test")
    asker = Client()
    asker.post("/account/login/", {"email": resident.email})
    right = "".join(filter(str.isdigit, Message.objects.get().body))[:6]
    cookies = asker.cookies.output(header="", sep=";")

    def guess(number):
        client = Client(headers={"cookie": cookies})
        return client.post("/account/login/code/", {"code": f"{(int(right) + number + 1) % 1_000_000:06}"}).status_code

    at_once(guess)

    late = Client(headers={"cookie": cookies})
    late.post("/account/login/code/", {"code": right})
    assert "_auth_user_id" not in late.session


@pytest.mark.django_db
def test_the_first_right_code_lets_in(client, region, resident):
    client.post("/account/login/", {"email": resident.email})
    right = "".join(filter(str.isdigit, Message.objects.get().body))[:6]
    client.post("/account/login/code/", {"code": "000000" if right != "000000" else "111111"})

    client.post("/account/login/code/", {"code": right})

    assert client.session["_auth_user_id"] == str(resident.pk)
