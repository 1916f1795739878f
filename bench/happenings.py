"""What stands in each timeline: the steps of the road, and the talking in between until there are enough events."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bench.cast import Owner
from bench.lives import Life
from bench.words import Words
from socialewifi.initiatives.models import Step

# How often which kind of talking: conversations, messages to and fro, notes, tasks.
TALKS = {"logged": 30, "sent": 20, "received": 25, "note": 15, "task": 10}


def walk_the_road(life: Life, words: Words, channel: str) -> None:
    """Tell the steps that this life has behind it, and what its owners showed."""
    moments, contact = life.moments, life.contact
    first, here = life.owners[0], life.place.name
    life.happens(life.reported_at, "initiatives.initiative.reported", first.user, channel=channel)
    if contact:
        life.happens(
            moments["contact"],
            "initiatives.contact.taken",
            contact.pk,
            name=contact.name,
            organisation=contact.organisation,
        )
        explored_at = moments["contact"] + (life.since - moments["contact"]) * 0.3
        life.happens(explored_at, "initiatives.exploration.recorded", contact.pk, name=contact.name)
    if "sustained" in moments and contact:
        life.happens(moments["sustained"], "initiatives.initiative.sustained", contact.pk)
    if "landed" in moments and contact:
        signs = words.text(here, 1)
        life.happens(moments["landed"] - timedelta(days=20), "initiatives.landing.agreed", contact.pk, signs=signs)
        life.happens(moments["landed"], "initiatives.initiative.landed", contact.pk)
    if life.step == Step.WITHDRAWN:
        life.happens(moments["withdrawn"], "initiatives.initiative.withdrawn", first.user)
    _show(life)


def _show(life: Life) -> None:
    at, first = life.published_at, life.owners[0]
    if at is None:
        return
    for owner in life.owners:
        life.happens(at, "initiatives.page.consented", owner.user, name=owner.name)
    life.happens(at, "initiatives.page.published", first.user)
    if life.story:
        life.happens(at, "initiatives.story.told", first.user, name=first.name, story=life.story)
        for owner in life.owners[1:]:
            life.happens(at, "initiatives.story.consented", owner.user, name=owner.name, story=life.story)
        life.happens(at, "initiatives.story.published", first.user, story=life.story)


def talk(lives: Sequence[Life], words: Words, *, until: datetime, events: int) -> None:
    """Let contacts and owners talk until there are this many events in all; some talk much more than others."""
    chance = words.chance
    talkers = [life for life in lives if life.contact]
    weights = [chance.expovariate(1) ** 2 for _life in talkers]
    missing = max(0, events - sum(len(life.happenings) for life in lives))
    kinds = chance.choices(list(TALKS), list(TALKS.values()), k=missing)
    for kind, life in zip(kinds, chance.choices(talkers, weights, k=missing) if talkers else [], strict=False):
        start = life.moments["contact"]
        end = until if life.is_open else life.since
        _say(life, kind, start + (end - start) * chance.random(), words)
    for life in lives:
        life.happenings.sort(key=lambda one: one.at)


def _say(life: Life, kind: str, at: datetime, words: Words) -> None:
    contact = life.contact
    owner: Owner = words.chance.choice(life.owners)
    if contact is None:
        return
    here = life.place.name
    match kind:
        case "logged":
            life.happens(
                at,
                "initiatives.contact.logged",
                contact.pk,
                name=contact.name,
                through="Telefoon",
                summary=words.message(here),
            )
        case "sent":
            life.happens(at, "initiatives.post.sent", contact.pk, name=contact.name)
        case "received":
            life.happens(at, "initiatives.post.received", owner.user, name=owner.name)
        case "note":
            life.happens(at, "initiatives.note.written", contact.pk)
        case "task":
            what = f"Vragen naar {words.need()}"
            life.happens(at, "initiatives.task.added", contact.pk, name=contact.name, what=what)
