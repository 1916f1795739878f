"""A web process killed in the middle of a deed: all of it or nothing, and the same form sent again does it once."""

import http.client
import threading
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.config import serve
from socialewifi.core.models import Event, Message
from socialewifi.initiatives.models import Draft, Initiative
from socialewifi.initiatives.tests.telling import ready_to_report, tell
from socialewifi.people.models import User
from tests.processes.conftest import locks, someone_waits_for_a_lock, until
from tests.processes.mailserver import a_free_port

SECRET = "abcdefghijklmnopqrstuvwxyz012345"


class Web:
    """The platform's web process, as it is started time and again, and a person who sends a form to it."""

    def __init__(self, start):
        self._start, self.port = start, a_free_port()

    def start(self):
        # WEB_WORKERS stays as it is by default: the processes that answer die with the one that keeps them.
        self.process = self._start([*serve.web(), "--port", str(self.port)])
        until(lambda: self.answer("GET", "/health/live") == 200, told=self.process.log.read_text)

    def kill(self):
        self.process.end()

    def answer(self, method, path, **fields):
        """Return the status of the answer; nothing when the connection breaks before there is one."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": f"csrftoken={SECRET}", "Content-Type": "application/x-www-form-urlencoded"}
        try:
            line.request(method, path, urlencode({"csrfmiddlewaretoken": SECRET, **fields}), headers)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()


@pytest.fixture
def web(start):
    return Web(start)


@pytest.fixture
def told(transactional_db, region, municipality, agreements):
    """An idea that is told and only has to be sent; the address to which its form is sent."""
    ready_to_report()
    return reverse("report-check", args=[tell(Client())])


def left():
    """Count what sending an idea leaves."""
    sent = Draft.objects.exclude(initiative=None)
    return [kind.count() for kind in (Initiative.objects, sent, User.objects, Message.objects, Event.objects)]


def send(web, path, answers):
    sender = threading.Thread(target=lambda: answers.append(web.answer("POST", path, homepage="", began="")))
    sender.start()
    return sender


def test_an_idea_of_which_the_web_process_is_killed_half_way_is_not_there_and_can_be_sent_again(web, told):
    nothing, answers = left(), []
    web.start()
    with locks() as take:
        take("LOCK TABLE core_event IN SHARE MODE")
        sender = send(web, told, answers)
        until(someone_waits_for_a_lock, told=web.process.log.read_text)
        web.kill()
    sender.join()
    assert answers == [None]
    assert left() == nothing

    web.start()
    assert web.answer("POST", told, homepage="", began="") == 303
    once = left()
    assert once[:2] == [1, 1]
    assert all(now > before for now, before in zip(once, nothing, strict=True))
    assert web.answer("POST", told, homepage="", began="") == 303
    assert left() == once


def test_an_idea_whose_answer_is_lost_with_the_web_process_is_there_once_when_it_is_sent_again(web, told):
    answers = []
    web.start()
    sender = send(web, told, answers)
    until(Initiative.objects.exists, told=web.process.log.read_text)
    web.kill()
    sender.join()
    once = left()

    web.start()
    assert web.answer("POST", told, homepage="", began="") == 303
    assert left() == once
