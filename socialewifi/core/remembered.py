"""
Remembering for a short while, in each process, what hardly ever changes: the places and the words of the region.

Whoever loads a region's files sees them on every page within ``REMEMBER_SECONDS``. Nothing that people do or decide is
remembered here, and nothing that depends on who asks.
"""

import time
from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar

from django.conf import settings

Answer = TypeVar("Answer")


def remembered(read: Callable[..., Answer]) -> Callable[..., Answer]:
    """Ask ``read`` once in so many seconds for the same arguments; its answer is shared, so nobody changes it."""
    known: dict[tuple[Hashable, ...], tuple[float, Answer]] = {}

    @wraps(read)
    def answer(*asked: Hashable) -> Answer:
        now = time.monotonic()
        until, last = known.get(asked, (0.0, None))
        if settings.REMEMBER_SECONDS and last is not None and now < until:
            return last
        fresh = read(*asked)
        known[asked] = (now + settings.REMEMBER_SECONDS, fresh)
        return fresh

    return answer
