"""Deeds of help: what was promised, and what still has to be done."""

from datetime import timedelta

from django.utils import timezone

from socialewifi.support.actions import promises as support
from socialewifi.support.actions import tasks
from tests.journeys.property.deeds.trying import YES_OR_NO, deed
from tests.journeys.property.world import Try


@deed
def promise_support(one: Try) -> None:
    kind, day = one.world.cast.support_kind, timezone.localdate(one.at) + timedelta(days=9)
    support.promise_support(**one.deed, kind=kind, what="Spitten", who="De buren", before_date=day)


@deed
def keep_promise(one: Try) -> None:
    support.keep_promise(promise=one.one_of(one.initiative.promises.all()), **one.who)


@deed
def drop_promise(one: Try) -> None:
    support.drop_promise(promise=one.one_of(one.initiative.promises.all()), because="Geen tijd.", **one.who)


@deed
def add_task(one: Try) -> None:
    tasks.add_task(**one.deed, what="Bellen", due_on=timezone.localdate(one.at))


@deed
def finish_task(one: Try) -> None:
    tasks.finish_task(task=one.one_of(one.initiative.tasks.all()), **one.who)


@deed
def note_call(one: Try) -> None:
    calls = one.initiative.tasks.filter(kind="call")
    tasks.note_call(task=one.one_of(calls), reached=one.choose(YES_OR_NO), result="Gebeld.", **one.who)
