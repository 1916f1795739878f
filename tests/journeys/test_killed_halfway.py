"""A web process that dies in the middle of a deed leaves nothing of it behind."""

import os
import subprocess
import sys
import uuid

import pytest
from django.db import connection

from socialewifi.core.models import Deed, Event, Message
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.factories import ChannelFactory
from socialewifi.people.models import User

DIES_BEFORE_ITS_LAST_WORD = """
import os, uuid, django
django.setup()
from django.db import connection
from socialewifi.core import clock, deeds
from socialewifi.initiatives.actions.report import Where, Who, report_initiative
from socialewifi.initiatives.models import Channel

def tell_and_die():
    report_initiative(
        plan={"title": "Moestuin", "idea": "Samen tuinieren."}, who=Who(name="Nel Voorbeeld", phone="045 - 000 00 00"),
        where=Where(), channel=Channel.objects.get(), at=clock.now(),
    )
    os._exit(9)

deeds.once(uuid.UUID(os.environ["TOKEN"]), tell_and_die)
"""


@pytest.mark.django_db(transaction=True)
def test_a_web_process_killed_in_the_middle_of_a_deed_leaves_nothing_and_the_deed_can_be_done_again(agreements, texts):
    ChannelFactory()
    token = uuid.uuid4()

    died = subprocess.run(
        [sys.executable, "-c", DIES_BEFORE_ITS_LAST_WORD],
        env={**os.environ, "DATABASE_URL": _address(), "SECRET_KEY": "x", "DEMO": "true", "TOKEN": str(token)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert died.returncode == 9, died.stderr
    assert not Initiative.objects.exists()
    assert not User.objects.exists()
    assert not Event.objects.exists()
    assert not Message.objects.exists()
    assert not Deed.objects.filter(token=token).exists()


def _address() -> str:
    settings = connection.settings_dict
    host = settings["OPTIONS"].get("host") or settings["HOST"]
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host={host}"
