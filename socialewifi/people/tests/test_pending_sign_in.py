"""A code that is under way belongs to the mailbox it was sent to, and to no other (R14)."""

import re

from django.test import Client

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.people.actions import accounts
from socialewifi.people.limits import MAILS_PER_ASKER


def code_in(message):
    return re.search(r"\b\d{6}\b", message.body)[0]


def test_a_code_asked_before_the_address_changed_opens_nothing_after(client, region, administrator):
    someone = accounts.add_person(name="Mallory", email="mallory@werk.test", by=administrator, at=clock.now())
    client.post("/account/login/", {"email": "mallory@werk.test"})
    code = code_in(Message.objects.latest("id"))
    accounts.change_person(user=someone, email="slachtoffer@voorbeeld.test", by=administrator, at=clock.now())

    answer = client.post("/account/login/code/", {"code": code})

    assert answer.headers["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_codes_that_are_sent_again_are_counted_with_the_others(client, region, resident):
    client.post("/account/login/", {"email": resident.email})
    for _n in range(10):
        client.post("/account/login/code/", {"action": "resend"})

    assert Message.objects.count() <= MAILS_PER_ASKER


def test_one_connection_of_ipv6_is_one_asker(region, resident):
    for number in range(8):
        Client().post("/account/login/", {"email": resident.email}, REMOTE_ADDR=f"2001:db8:1:2::{number:x}")

    assert Message.objects.count() == MAILS_PER_ASKER
