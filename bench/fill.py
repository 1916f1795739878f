"""
Filling the database of the bench: a region at work for four years, the same every time for the same moment.

Rows go in by COPY with every constraint and trigger in force, and in the order in which the actions would make them:
what is shown together with the consent to it in one transaction, an outcome after the advices that it counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from bench import around, weighing, writing
from bench.cast import Cast, engage, write_residents
from bench.happenings import talk, walk_the_road
from bench.lives import Life, Living
from bench.words import Words
from socialewifi.core import database

SEED = 2026
YEARS = 4


@dataclass(frozen=True)
class Filled:
    """What was written, for whoever signs in or counts."""

    cast: Cast
    lives: list[Life]
    events: int


def fill(*, initiatives: int, events: int, at: datetime) -> Filled:
    """Write this many initiatives and events, with everything around them, into a database with a region only."""
    with connection.cursor() as cursor:
        # What is lost with the power is filled again.
        cursor.execute("SET synchronous_commit = off")
        # Four years of decisions are written today.
        cursor.execute(database.MOMENT.format(database.IS_INVENTED))
    words = Words(Random(SEED))
    since = at - timedelta(days=366 * YEARS)
    with transaction.atomic():
        cast = engage(words, initiatives=initiatives, since=timezone.localdate(since))
    choices = writing.Choices.of_region()
    lives = list(Living(words, cast, at=at).lives(initiatives))
    weighed = weighing.weighings(lives, words, cast)
    for life in lives:
        walk_the_road(life, words, choices.channel(life)[1])
    talk(lives, words, until=at, events=events)
    with transaction.atomic():
        _write_initiatives(lives, words, choices, since)
    with transaction.atomic():
        weighing.write_weighings(weighed, words, cast)
    with transaction.atomic():
        written = _write_around(lives, words, cast)
    _look_at_what_is_there()
    return Filled(cast, lives, written)


def _write_initiatives(lives: list[Life], words: Words, choices: writing.Choices, since: datetime) -> None:
    plans = writing.Plans(lives, words)
    write_residents((owner for life in lives for owner in life.owners), joined_at=since)
    writing.write_initiatives(lives, plans, words, choices)
    writing.write_versions(lives, plans, words)
    writing.write_owners(lives)
    writing.write_what_is_shown(lives, words)


def _write_around(lives: list[Life], words: Words, cast: Cast) -> int:
    around.write_talking(lives, words)
    around.write_terms(lives, words)
    around.write_help(lives, words, cast)
    around.write_mails(lives, words)
    return around.write_timeline(lives)


def _look_at_what_is_there() -> None:
    """Let PostgreSQL look at what it holds, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
