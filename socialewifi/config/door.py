"""
The door of a web process: what every request passes before it takes one of the few threads that answer.

A form is read whole before a thread is given to it, and only so long and so much; what arrives slowly keeps nobody
waiting but itself. Threads are divided in lanes: whoever keeps watch, and whoever asks for a large file, has their own,
so that none of them waits for the pages, and the pages for none of them (ADR 22).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Any

from asgiref.wsgi import WsgiToAsgiInstance
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection

from socialewifi.config import environment

SECONDS_TO_SEND = 30
# Django refuses a form of 2.5 MB by itself, on a page of ours; what is larger is not even read.
MOST_BYTES = 5 * 1024**2
HEARD_BYTES = 4 * MOST_BYTES
KEPT = "Wat je typte, staat nog op de vorige pagina."
SLOW = f"Je verbinding is te traag. Probeer het nog een keer. {KEPT}"
LARGE = f"Dit is te veel om te versturen. Maak het korter. {KEPT}"
BUSY = f"Het is nu heel druk. Wacht een minuut en probeer het opnieuw. {KEPT}"
UNREADABLE = "Dit konden we niet lezen."

logger = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Refused(Exception):
    """Raised when a request gets no thread; whoever asked reads one sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Gone(Exception):
    """Raised when whoever asked is no longer there."""


class Lane:
    """Threads that answer some of the addresses; whoever finds too many others waiting is asked to come back."""

    def __init__(self, name: str, *, threads: int, waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._room = threads + waiting
        self._inside = 0

    @property
    def is_full(self) -> bool:
        return self._inside >= self._room

    def connect(self) -> None:
        """Let one of its threads have a connection, so that the database knows from the start who works with it."""
        self._threads.submit(_connect)

    async def answer(self, environ: dict[str, Any], pages: WSGIHandler) -> "Answer":
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, Answer.to, environ, pages)
        finally:
            self._inside -= 1


def _connect() -> None:
    with suppress(OperationalError):
        connection.ensure_connection()


class Answer:
    """What a page answers: status, headers and content, whole."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.content = b""

    @classmethod
    def to(cls, environ: dict[str, Any], pages: WSGIHandler) -> "Answer":
        answer = cls()
        parts = pages(environ, answer.start)
        try:
            answer.content = b"".join(parts)
        finally:
            parts.close()
        return answer

    @classmethod
    def of(cls, refusal: Refused) -> "Answer":
        answer = cls()
        plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close"), (b"retry-after", b"60")]
        answer.status, answer.headers, answer.content = refusal.status, plain, refusal.words.encode()
        return answer

    def start(self, status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
        self.status = int(status.partition(" ")[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return bytes  # Nobody writes this way any more; WSGI asks for it.


WATCH = Lane("watch", threads=1, waiting=20)
FILES = Lane("files", threads=1, waiting=5)
PAGES = Lane("pages", threads=environment.threads(), waiting=200)
# Whose addresses begin otherwise than those of pages: ``tests/house/test_lanes.py`` keeps them true.
LANES = {"/health/": WATCH, "/werk/initiatieven/lijst.xlsx": FILES, "/werk/brieven/printen/": FILES}


class Door:
    """What answers each request, as ASGI asks it, with the pages behind it."""

    def __init__(self, pages: WSGIHandler) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, receive)
        except Gone:
            return
        except Refused as refusal:
            logger.info("%d at the door: no thread was given to it", refusal.status)
            answer = Answer.of(refusal)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await send({"type": "http.response.body", "body": answer.content})

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            async with asyncio.timeout(SECONDS_TO_SEND):
                environ = _environ(scope, await _read(receive))
        except TimeoutError as slow:
            raise Refused(408, SLOW) from slow
        except ValueError as unreadable:
            raise Refused(400, UNREADABLE) from unreadable
        lane = next((lane for path, lane in LANES.items() if scope["path"].startswith(path)), PAGES)
        if lane.is_full:
            raise Refused(503, BUSY)
        return await lane.answer(environ, self._pages)


async def _read(receive: Receive) -> bytes:
    """
    Return all that is sent with a request.

    :raises Refused: if it is more than any form has
    :raises Gone: if the connection broke meanwhile
    """
    parts, size, is_more = bytearray(), 0, True
    # A little too much is heard to its end: whoever still sends may not hear an answer.
    while is_more and size <= HEARD_BYTES:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        size += len(message.get("body", b""))
        if size <= MOST_BYTES:
            parts += message.get("body", b"")
        is_more = bool(message.get("more_body"))
    if size > MOST_BYTES:
        raise Refused(413, LARGE)
    return bytes(parts)


def _environ(scope: Scope, sent: bytes) -> dict[str, Any]:
    """Return the request in the words of WSGI."""
    bridge: Any = WsgiToAsgiInstance
    translating = bridge(None)
    # WSGI cannot tell an underscore from a hyphen: with it, anyone would speak in the name of the proxy.
    translating.scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if b"_" not in name]}
    environ: dict[str, Any] = translating.build_environ(scope, BytesIO(sent))
    return {**environ, "CONTENT_LENGTH": str(len(sent))}
