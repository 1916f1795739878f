"""The door: what takes a thread, and of which lane."""

import asyncio

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from socialewifi.config import door


@pytest.mark.parametrize("path", sorted(door.LANES))
def test_each_address_with_a_lane_of_its_own_is_an_address(path):
    assert resolve(path if path != "/health/" else "/health/live")


def said(scope, *messages):
    """Return what the door answers to these messages."""
    sent, waiting = [], list(messages)

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    asyncio.run(
        door.Door(get_wsgi_application())({"type": "http", "method": "POST", "path": "/", **scope}, receive, send)
    )
    return sent


def part(body, more=False):
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_form_that_does_not_end_is_answered_408_and_takes_no_thread(monkeypatch):
    monkeypatch.setattr(door, "SECONDS_TO_SEND", 0)

    [start, words] = said({}, part(b"name=", more=True))

    assert start["status"] == 408
    assert "Wat je typte, staat nog op de vorige pagina" in words["body"].decode()


def test_a_little_more_than_any_form_has_is_heard_to_its_end_so_that_the_answer_is_too():
    rest = [part(b"x", more=True), part(b"x")]

    [start, words] = said({}, part(b"x" * door.MOST_BYTES, more=True), *rest)

    assert start["status"] == 413
    assert "te veel" in words["body"].decode()


def test_much_more_is_not_read_to_the_end():
    much = [part(b"x" * door.MOST_BYTES, more=True)] * (door.HEARD_BYTES // door.MOST_BYTES)

    [start, _words] = said({}, *much, part(b"x", more=True))

    assert start["status"] == 413


def test_who_hangs_up_half_way_is_answered_nothing():
    assert said({}, part(b"name=", more=True), {"type": "http.disconnect"}) == []


def test_who_finds_too_many_others_waiting_is_asked_to_come_back(monkeypatch):
    monkeypatch.setattr(door, "PAGES", door.Lane("full", threads=1, waiting=-1))
    scope = {"query_string": b"", "http_version": "1.1", "headers": []}

    [start, words] = said(scope, part(b""))

    assert start["status"] == 503
    assert "heel druk" in words["body"].decode()
    assert (b"retry-after", b"60") in start["headers"]


def test_a_header_with_an_underscore_is_no_word_of_the_proxy():
    headers = [
        (b"x-forwarded-for", b"203.0.113.9"),
        (b"x_forwarded_for", b"198.51.100.7"),
        (b"x_forwarded_proto", b"https"),
    ]
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "http_version": "1.1", "scheme": "http"}

    environ = door._environ({**scope, "client": ("127.0.0.1", 1), "headers": headers}, b"")

    assert environ["HTTP_X_FORWARDED_FOR"] == "203.0.113.9"
    assert "HTTP_X_FORWARDED_PROTO" not in environ
