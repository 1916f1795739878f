"""
One line of the log, as JSON, in which nothing opens anything and nobody is named.

An address of ours can be a key, and what someone typed can be in any message: of a request only its route is written,
of an exception where it came from and what it is, and of all else the words that stand in the program.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

HIDDEN = "····"
# What a program puts into its own words: mail addresses, web addresses with a path, codes, and whatever is long
# and has a digit in it.
TELLING = re.compile(r"\S+@\S+|\w+://[^\s/]+/\S*|\b\d{6}\b|\b(?=[\w-]*\d)[\w-]{12,}")
ENDED_BY = "\nThe above came after, or because of:\n"


# Which request is being answered here, for all that is written meanwhile; empty where none is.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Line(logging.Formatter):
    """What happened, when and where in the program, and during which request."""

    def format(self, record: logging.LogRecord) -> str:
        known = {"at": _moment(record), "level": record.levelname, "logger": record.name, "what": _said(record)}
        if request := request_id.get():
            known["request"] = request
        if hasattr(record, "milliseconds"):
            known["milliseconds"] = record.milliseconds
        if record.exc_info and record.exc_info[1]:
            known["error"] = told(record.exc_info[1])
        return json.dumps(known, ensure_ascii=False)


class PlainLine(Line):
    """The same for whoever reads along at a screen: of the demo."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{_moment(record)} {record.levelname} {record.name}: {_said(record)}"
        return f"{line}\n{told(record.exc_info[1])}" if record.exc_info and record.exc_info[1] else line


def told(exception: BaseException | None) -> str:
    """Say where this exception came from and what it is, and nothing of what it says."""
    return ENDED_BY.join(f"{_frames(one)}{_kind(one)}" for one in _chain(exception))


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def route(request: HttpRequest) -> str:
    """Return the pattern of the address: ``open/<str:token>/``."""
    try:
        return str((request.resolver_match or resolve(request.path_info)).route)
    except Resolver404:
        return "(no page of ours)"


def _said(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '')} {request.method} {route(request)}{_why(record)}".strip()
    try:
        words = str(record.msg) % _numbers(record.args) if record.args else str(record.msg)
    except (TypeError, ValueError, KeyError):
        words = str(record.msg)
    if not isinstance(record.msg, str):
        words = type(record.msg).__name__
    # What follows the first line is what happened to be at hand: a task with all it was given.
    return TELLING.sub(HIDDEN, (words.splitlines() or [""])[0])


def _numbers(given: Any) -> Any:
    """Keep the numbers among what a message is filled in with."""
    if isinstance(given, dict):
        return {name: _number(value) for name, value in given.items()}
    return tuple(map(_number, given))


def _number(value: object) -> object:
    if isinstance(value, int | float):
        return value
    return type(value).__name__ if isinstance(value, BaseException) else HIDDEN


def _why(record: logging.LogRecord) -> str:
    """Return Django's reason to refuse a form, without the address that may follow it."""
    if record.name != "django.security.csrf" or not isinstance(record.args, tuple) or not record.args:
        return ""
    return f": {str(record.args[0]).partition(' - ')[0]}"


def _chain(exception: BaseException | None) -> Iterator[BaseException]:
    """Return what was raised, and before it what it was raised from or after."""
    seen: list[BaseException] = []
    while exception is not None and exception not in seen:
        seen.append(exception)
        exception = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
    return reversed(seen)


def _frames(exception: BaseException) -> str:
    return "".join(traceback.format_tb(exception.__traceback__))


def _kind(exception: BaseException) -> str:
    """Return the class, and of the database which of its rules it was."""
    name = f"{type(exception).__module__}.{type(exception).__qualname__}"
    diagnosis = getattr(exception, "diag", None)
    found = [getattr(diagnosis, part, None) for part in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([name, *filter(None, found)])
