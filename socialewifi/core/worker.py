"""
The worker: it does every room's jobs until it is told to stop, and while the database is away it waits for it.

What someone waits for at a screen has a queue and hands of its own, and so has the sign of life: no slow mail and no
night's work is ever before them.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psycopg
from django.db import connections
from procrastinate.app import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from socialewifi.core import outage
from socialewifi.core.queue import AT_ONCE, IN_TURN, SIGN_OF_LIFE

# How many jobs of each queue are done at the same time. In turn is one by one: it holds the mail server to nobody else.
HANDS = {AT_ONCE: 4, IN_TURN: 1, SIGN_OF_LIFE: 1}
SECONDS_TO_FINISH = 10
# A connection that is not there by then is not coming: the database is away.
SECONDS_FOR_A_CONNECTION = 2
SECONDS_BETWEEN_TRIES = (1, 2, 3, 5)
logger = logging.getLogger(__name__)


async def work() -> None:
    """Do what is to be done until a signal comes; whatever breaks meanwhile, go on as soon as that is possible."""
    told_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    failures = 0
    while not told_to_stop.is_set():
        try:
            await _until_told(told_to_stop)
        except Exception as error:
            if not outage.kind_of(error):
                raise
            logger.exception("The worker lost the database")
        if told_to_stop.is_set():
            return
        await _pause(told_to_stop, SECONDS_BETWEEN_TRIES[min(failures, len(SECONDS_BETWEEN_TRIES) - 1)])
        failures = 0 if await _is_there() else failures + 1


async def _until_told(told_to_stop: asyncio.Event) -> None:
    """Work until told to stop; return sooner when the work ends by itself, as it does when its connection breaks."""
    if not await _is_there():
        return
    outage.now.end()
    connector = PsycopgConnector(
        kwargs=connector_params(), timeout=SECONDS_FOR_A_CONNECTION, max_size=sum(HANDS.values()) + 2
    )
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await _run_all(working, told_to_stop)


async def _run_all(working: App, told_to_stop: asyncio.Event) -> None:
    hands = [asyncio.create_task(_run(working, queue, many)) for queue, many in HANDS.items()]
    stop = asyncio.create_task(told_to_stop.wait())
    try:
        done, _others = await asyncio.wait({*hands, stop}, return_when=asyncio.FIRST_COMPLETED)
        for one in done - {stop}:
            one.result()
    finally:
        stop.cancel()
        for one in hands:
            one.cancel()
        await asyncio.gather(*hands, return_exceptions=True)


async def _run(working: App, queue: str, many: int) -> None:
    await working.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=many,
        install_signal_handlers=False,
        shutdown_graceful_timeout=SECONDS_TO_FINISH,
        task_middleware=[with_its_own_connection],
    )


def with_its_own_connection(do: Callable[[], Any], _job: object, _worker: object) -> Any:
    """Give each job a connection of its own, which works also after the database was away."""
    try:
        return do()
    finally:
        connections.close_all()


async def _is_there() -> bool:
    try:
        async with await psycopg.AsyncConnection.connect(**{**connector_params(), "autocommit": True}) as connection:
            await connection.execute("SELECT 1")
    except psycopg.OperationalError as away:
        logger.error("The database cannot be reached", exc_info=away)  # written down once (core.outage)
        return False
    return True


async def _pause(told_to_stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(told_to_stop.wait(), seconds)
