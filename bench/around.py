"""Writing what hangs around each initiative: the timeline, the talking, the terms, the help and the mails."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter

from django.utils import timezone
from psycopg.types.json import Jsonb

from bench.cast import Cast
from bench.copying import copy_in
from bench.lives import Happening, Life
from bench.words import Words
from socialewifi.core.models import Event, Message
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives.models import (
    ContactMoment,
    Deadline,
    Exploration,
    Handover,
    Initiative,
    Note,
    Pause,
    Post,
    Step,
    SupportKind,
    SupportPromise,
    Task,
)

Row = tuple[object, ...]
# A working day takes this many days of the calendar, roughly; exact enough for terms that are over.
WORKDAY = 1.4
TERMS = {"contact": ("reported", 3), "exploration": ("contact", 10), "assessment": ("opened", 15)}
MET_BY = {"contact": "contact", "exploration": "opened", "assessment": "weighed"}


def write_timeline(lives: Sequence[Life]) -> int:
    """Write every event in the order in which it happened."""
    told = sorted(((one.at, life.pk, one) for life in lives for one in life.happenings), key=itemgetter(0, 1))
    subject = Initiative._meta.label_lower
    rows = ((at, one.kind, subject, pk, one.by, Jsonb(one.details)) for at, pk, one in told)
    return copy_in(Event, ["at", "kind", "subject_type", "subject_id", "by", "details"], rows)


def write_talking(lives: Sequence[Life], words: Words) -> None:
    """Write the conversations, messages, notes and tasks of which the timeline tells."""

    def rows(make: Callable[[Life, Happening], Row], *kinds: str) -> Iterator[Row]:
        return (make(life, one) for life in lives for one in life.happenings if one.kind in kinds)

    def said(life: Life) -> str:
        return words.message(life.place.name)

    columns = ["initiative", "at", "by", "through", "summary"]
    moments = rows(lambda life, one: (life.pk, one.at, one.by, "phone", said(life)), "initiatives.contact.logged")
    copy_in(ContactMoment, columns, moments)
    columns = ["initiative", "at", "by", "is_from_initiators", "body", "read_at"]
    posts = rows(
        lambda life, one: (life.pk, one.at, one.by, one.kind.endswith("received"), said(life), _read_at(life, one)),
        "initiatives.post.sent",
        "initiatives.post.received",
    )
    copy_in(Post, columns, posts)
    notes = rows(lambda life, one: (life.pk, one.at, one.by, said(life)), "initiatives.note.written")
    copy_in(Note, ["initiative", "at", "by", "body"], notes)
    columns = ["initiative", "what", "assignee", "due_on", "created_at", "created_by", "done_at", "done_by"]
    copy_in(Task, columns, rows(_task, "initiatives.task.added"))


def _read_at(life: Life, one: Happening) -> object:
    """Leave some of the newest messages unread."""
    return None if life.is_open and one is life.happenings[-1] else one.at + timedelta(hours=20)


def _task(life: Life, one: Happening) -> Row:
    by = life.contact.pk if life.contact else None
    done_at = None if life.is_open and one in life.happenings[-3:] else one.at + timedelta(days=3)
    due_on = timezone.localdate(one.at + timedelta(days=5))
    return life.pk, one.details["what"], by, due_on, one.at, by, done_at, by if done_at else None


def write_terms(lives: Sequence[Life], words: Words) -> None:
    """Write the terms that were met or dropped, and the ones that run; now and then one is paused."""
    columns = ["initiative", "kind", "due_on", "is_provisional", "met_at", "dropped_at"]
    copy_in(Deadline, columns, (row for life in lives for row in _terms(life)))
    paused = [life for life in lives if life.contact and life.is_open and words.chance.random() < 0.03]
    rows = (_pause(life) for life in paused)
    copy_in(Pause, ["initiative", "started_at", "started_by", "reason"], rows)


def _terms(life: Life) -> Iterator[Row]:
    moments = {"reported": life.reported_at, **life.moments}
    for kind, (start, days) in TERMS.items():
        if start in moments:
            met_at = moments.get(MET_BY[kind])
            dropped_at = None if met_at or life.is_open else life.since
            yield life.pk, kind, _due(timezone.localdate(moments[start]), days), True, met_at, dropped_at
    if life.step == Step.SUSTAINING:
        # A check-in every three months, so that the next one is still to come.
        rounds = (moments["sustained"] + timedelta(days=91 * n) for n in range(1, 40))
        due = next(day for day in rounds if day > life.since + timedelta(days=60 + life.pk % 800))
        yield life.pk, "check_in", add_workdays(timezone.localdate(due), 0), True, None, None


def _due(day: date, workdays: int) -> date:
    return add_workdays(day + timedelta(days=round(workdays * WORKDAY)), 0)


def _pause(life: Life) -> Row:
    by = life.contact.pk if life.contact else None
    return life.pk, life.since, by, "We wachten op de zomer"


def write_help(lives: Sequence[Life], words: Words, cast: Cast) -> None:
    """Write what was found out, the help that was promised, and the handovers that wait for an answer."""
    explored = [life for life in lives if life.contact]
    columns = ["initiative", "what_it_is", "question", "asked_where", "what_exists"]
    columns += ["fitting_support_words", "updated_at", "updated_by"]
    copy_in(Exploration, columns, (_exploration(life, words) for life in explored))
    kinds = list(SupportKind.objects.values_list("pk", flat=True))
    columns = ["initiative", "kind", "what", "who", "before_date", "made_at", "made_by", "kept_at"]
    helped = [life for life in lives if life.step in (Step.SUPPORTING, Step.SUSTAINING, Step.LANDED)]
    copy_in(SupportPromise, columns, (_promise(life, n, kinds, words) for life in helped for n in range(2)))
    handed = [life for life in explored if life.is_open and words.chance.random() < 0.01]
    columns = ["initiative", "giver", "receiver", "reason", "offered_at"]
    copy_in(Handover, columns, (_handover(life, words, cast) for life in handed))


def _exploration(life: Life, words: Words) -> Row:
    here, by = life.place.name, life.contact.pk if life.contact else None
    said = [words.text(here, 1) for _n in range(4)]
    return life.pk, *said, words.need(), life.moments["contact"], by


def _promise(life: Life, n: int, kinds: list[int], words: Words) -> Row:
    made_at, by = life.moments["weighed"], life.contact.pk if life.contact else None
    kept_at = None if life.step == Step.SUPPORTING and n else made_at + timedelta(days=30)
    what = f"Helpen met {words.need()}"
    return life.pk, words.chance.choice(kinds), what, words.name(), timezone.localdate(made_at), made_at, by, kept_at


def _handover(life: Life, words: Words, cast: Cast) -> Row:
    colleagues = [one.pk for one in cast.guides[life.place.subregion] if life.contact and one != life.contact]
    giver = life.contact.pk if life.contact else None
    return life.pk, giver, words.chance.choice(colleagues), words.message(life.place.name), life.since


def write_mails(lives: Sequence[Life], words: Words) -> int:
    """Write the confirmation that every owner with an e-mail address got; all of them were sent."""
    columns = ["channel", "kind", "recipient", "to_name", "to_email", "subject", "body"]
    columns += ["subject_type", "subject_id", "created_at", "attempts", "sent_at"]
    subject_type = Initiative._meta.label_lower
    rows = (
        (
            *("email", "report-confirmed", owner.user, owner.name, owner.email),
            *(f"We hebben je idee: {life.title}", words.text(life.place.name, 3), subject_type, life.pk),
            *(life.reported_at, 1, life.reported_at),
        )
        for life in lives
        for owner in life.owners[:1]
        if owner.email
    )
    return copy_in(Message, columns, rows)
