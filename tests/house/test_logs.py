"""Whatever goes wrong, the log holds nothing that opens something, and nobody's name or address."""

import io
import json
import logging
import re
import smtplib
import subprocess
import sys
import uuid

import pytest
from django.conf import settings as project
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import URLResolver, get_resolver

from socialewifi.core.logs import Line, PlainLine
from socialewifi.people.tests.factories import UserFactory

TOKEN = "KanarieKanarieKanarieKanarieKanarie1"
CODE = "KANA-2345-RIES"
ID = uuid.UUID("ca9a121e-ca9a-4ca9-8ca9-ca9a121e0000")
NAME, MAIL, STREET = "Kaatje Kanarie", "kaatje.kanarie@voorbeeld.test", "Kanariekade 7"
CANARIES = [TOKEN, CODE, str(ID), NAME, MAIL, STREET, "anarie", "ca9a121e"]
VALUES = {"uuid": str(ID), "int": "2345678901"}
TYPED = {"code": CODE, "email": MAIL, "name": NAME, "address": STREET, "q": NAME, "next": f"/open/{TOKEN}/"}


def addresses(patterns, before="/"):
    """Return an address for each route, with a canary for all that differs."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + _filled_in(pattern.pattern))
        else:
            yield before + _filled_in(pattern.pattern)


def _filled_in(pattern):
    if hasattr(pattern, "_route"):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES.get(found[1], TOKEN), str(pattern))
    # The only one written as a regular expression: the link to choose a new password.
    return f"password/reset/key/1-{TOKEN}/" if "reset" in str(pattern) else ""


ADDRESSES = sorted(set(addresses(get_resolver().url_patterns)))
WITH_A_CANARY = [address for address in ADDRESSES if any(value in address for value in (TOKEN, *VALUES.values()))]


@pytest.fixture
def log():
    """All that every logger has to say, as the process writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line())
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.Logger.manager.loggerDict)]
    levels = {logger: logger.level for logger in loggers}
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield written.getvalue
    loggers[0].removeHandler(handler)
    for logger, level in levels.items():
        logger.setLevel(level)


def nothing_of_it(written):
    assert written
    assert [canary for canary in CANARIES if canary in written] == [], written


def someone_twice():
    """Fail as the database does, with what was typed in its words."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS twice (name text CONSTRAINT only_once UNIQUE)")
        cursor.execute("INSERT INTO twice VALUES (%s), (%s)", [f"{NAME} {MAIL}"] * 2)


def fail(how, path):
    """Go wrong in one of the ways a view can, with all of it in its words."""
    words = f"{NAME} {MAIL} {path}"
    if how == "database":
        someone_twice()
    if how == "chained":
        try:
            raise KeyError(words)
        except KeyError as first:
            raise smtplib.SMTPRecipientsRefused({MAIL: (550, NAME.encode())}) from first
    if how in {"redirect", "429", "503"}:
        return HttpResponseRedirect(f"javascript:{path}") if how == "redirect" else HttpResponse(words, status=int(how))
    raise {"403": PermissionDenied, "404": Http404, "400": BadRequest, "suspicious": SuspiciousOperation}.get(
        how, RuntimeError
    )(words)


class Failing:
    """Goes wrong in the way of the header, in the place of the view."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, *_):
        return fail(request.headers["X-Fails"], request.get_full_path()) if "X-Fails" in request.headers else None


HOW = ["database", "chained", "redirect", "429", "503", "403", "404", "400", "suspicious", "500"]


def refusals(client, address):
    """Have this address refuse in every way."""
    referer = {"referer": f"https://elders.test{address}", "origin": f"https://{TOKEN}.test"}
    client.get(address, TYPED)
    client.post(address, TYPED)
    client.post(address, TYPED, headers={"referer": referer["referer"]}, secure=True)
    client.post(address, TYPED, headers={"origin": referer["origin"]}, secure=True)
    client.generic("PUT", address, json.dumps(TYPED))
    client.get(address, headers={"host": f"{TOKEN}.test"})
    client.generic("POST", address, b"a=b", content_type="application/x-www-form-urlencoded; charset=utf-16")
    client.generic("POST", address, b"a=" + b"b" * 3_000_000, content_type="application/x-www-form-urlencoded")
    client.get(f"{address}%00")


@pytest.mark.django_db
def test_no_refusal_of_any_page_tells_what_opens_something(log, region, agreements):
    assert len(WITH_A_CANARY) > 50
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)

    for address in [*WITH_A_CANARY, f"/{TOKEN}/"]:
        refusals(client, address)

    nothing_of_it(log())
    assert "403 POST open/<str:token>/: CSRF " in log()
    assert "404 GET (no page of ours)" in log()


@pytest.mark.django_db
@pytest.mark.parametrize("how", HOW)
def test_no_view_that_fails_tells_what_it_was_given(log, settings, region, how):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Failing"]
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(name=NAME, email=MAIL))

    for address in (f"/open/{TOKEN}/", f"/uitnodiging/{TOKEN}/", f"/vertel/{ID}/", "/code/"):
        answer = client.post(f"{address}?next={TOKEN}", TYPED, headers={"x-fails": how})
        assert answer.status_code >= 400

    nothing_of_it(log())


@pytest.mark.django_db
def test_of_an_error_stands_where_it_came_from_and_what_it_is(log, settings, region):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Failing"]
    client = Client(raise_request_exception=False)

    client.post(f"/open/{TOKEN}/", headers={"x-fails": "database"})
    client.post(f"/open/{TOKEN}/", headers={"x-fails": "chained"})

    assert "500 POST open/<str:token>/" in log()
    assert "in someone_twice" in log()
    assert "psycopg.errors.UniqueViolation 23505 twice only_once" in log()
    assert "builtins.KeyError" in log()
    assert "smtplib.SMTPRecipientsRefused" in log()


@pytest.mark.parametrize(
    ("words", "given", "line"),
    [
        (f"Mail to {MAIL} failed", (), "Mail to ···· failed"),
        ("Mail to %s failed after %d tries", (NAME, 3), "Mail to ···· failed after 3 tries"),
        ("Mail to %(name)s", ({"name": NAME},), "Mail to ····"),
        (f"GET https://wifi.test/open/{TOKEN}/", (), "GET ····"),
        (f"The code is 123456 or {CODE}", (), "The code is ···· or ····"),
        (f"Draft {ID} is gone", (), "Draft ···· is gone"),
        (f"Task exception was never retrieved\nfuture: <{NAME}>", (), "Task exception was never retrieved"),
        ("It failed: %s", (IntegrityError(NAME),), "It failed: IntegrityError"),
        (ValueError(NAME), (), "ValueError"),
        ("", (), ""),
        ("Too few %s %s", (NAME,), "Too few %s %s"),
        ("Worker-%d listens", (2,), "Worker-2 listens"),
    ],
)
def test_what_others_log_keeps_the_words_of_their_program(words, given, line):
    record = logging.LogRecord("elsewhere", logging.ERROR, __file__, 1, words, given, None)

    written = Line().format(record)

    assert json.loads(written)["what"] == line
    assert PlainLine().format(record).endswith(f"ERROR elsewhere: {line}")
    assert [canary for canary in CANARIES if canary in written] == []


def lines(log, logger):
    return [line for line in map(json.loads, log().splitlines()) if line["logger"] == logger]


@pytest.mark.django_db
def test_of_each_request_stands_what_it_was_what_became_of_it_and_how_long_it_took(log, region, agreements):
    client = Client()
    client.force_login(UserFactory(name=NAME, email=MAIL))

    answers = [client.get("/"), client.get(f"/open/{TOKEN}/"), client.get("/health/live"), client.get("/nergens/")]

    written = lines(log, "socialewifi.core.middleware")
    assert [line["what"] for line in written] == [
        *("200 GET", "404 GET open/<str:token>/"),
        "404 GET (no page of ours)",
    ]
    assert [line["request"] for line in written] == [answers[one].headers["X-Request-ID"] for one in (0, 1, 3)]
    assert all(line["milliseconds"] > 0 and line["at"].endswith("+00:00") for line in written)
    nothing_of_it(log())


@pytest.mark.django_db
def test_what_is_logged_during_a_request_bears_its_mark_and_after_it_no_more(log, settings, region):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Failing"]
    client = Client(raise_request_exception=False)

    failed = client.get("/", headers={"x-fails": "500"})
    logging.getLogger("elsewhere").warning("Later")

    [error] = [line for line in lines(log, "django.request") if "error" in line]
    assert error["request"] == failed.headers["X-Request-ID"]
    assert "request" not in lines(log, "elsewhere")[0]


HANDLERS = """
import json, logging, granian.log
granian.log.configure_logging(granian.log.LogLevels.info)
import django; django.setup()
loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.Logger.manager.loggerDict))]
print(json.dumps([[one.name, type(h).__name__, type(h.formatter).__name__] for one in loggers for h in one.handlers]))
"""


def test_every_logger_of_web_and_worker_writes_in_these_lines():
    said = subprocess.run([sys.executable, "-c", HANDLERS], cwd=project.BASE_DIR, capture_output=True, check=True)
    handlers = [kind for _name, *kind in json.loads(said.stdout)]

    assert ["StreamHandler", "Line"] in handlers
    assert [kind for kind in handlers if kind not in (["StreamHandler", "Line"], ["NullHandler", "NoneType"])] == []
