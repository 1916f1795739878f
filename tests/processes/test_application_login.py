"""Web and worker as they run in production: with a login that owns nothing."""

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from socialewifi.config import serve
from socialewifi.core import grants
from socialewifi.core.models import Heartbeat, Message
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.telling import ready_to_report, tell
from tests.processes.conftest import address, until
from tests.processes.test_killed_web import Web


@pytest.fixture
def login(transactional_db):
    """Return the address of this database for the application."""
    role = f"{connection.settings_dict['NAME']}_app"
    with psycopg.connect(address(), autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'only-for-this-test'")
    grants.grant_rights(role)
    user, password = connection.settings_dict["USER"], connection.settings_dict["PASSWORD"]
    yield address().replace(f"//{user}:{password}@", f"//{role}:only-for-this-test@")
    with psycopg.connect(address(), autocommit=True) as owner:
        owner.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'")
        owner.execute(f"DROP OWNED BY {role}")
        owner.execute(f"DROP ROLE {role}")


def test_an_idea_is_told_and_confirmed(login, start, mail_server, region, municipality, agreements):
    ready_to_report()
    path = reverse("report-check", args=[tell(Client())])
    web = Web(lambda command: start(command, DATABASE_URL=login))
    worker = start(serve.worker(), DATABASE_URL=login, EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(mail_server.port))
    web.start()

    assert web.answer("POST", path, homepage="", began="") == 303

    until(lambda: not Message.objects.waiting().exists(), told=worker.log.read_text)
    until(Heartbeat.objects.exists, told=worker.log.read_text)
    assert Initiative.objects.count() == 1
    assert mail_server.accepted
    assert web.answer("GET", "/health/ready") == 200
