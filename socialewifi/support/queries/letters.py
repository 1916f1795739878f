"""The letters of the initiatives someone works on."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from socialewifi.core.models import Event, Message, MessageQuerySet
from socialewifi.initiatives.models import Initiative, LetterEnds
from socialewifi.initiatives.queries.joining import titles_out_of_sight
from socialewifi.people.models import User

AT_MOST = 200
# How long the list says which letters no longer go out: they may lie printed on a desk.
WITHDRAWN_SHOWN = timedelta(days=14)


def letters_of(user: User) -> MessageQuerySet:
    """Keep the letters to initiators where this guide or coordinator works; an ambassador sees no addresses."""
    letters = _letters(user)
    for title in titles_out_of_sight(user):
        # What names an idea from which they stepped aside, a colleague prints (R5).
        letters = letters.exclude(Q(subject__contains=title) | Q(body__contains=title))
    return letters


def _letters(user: User) -> MessageQuerySet:
    at_work = Initiative.objects.worked_on_by(user)
    return Message.objects.letters().filter(
        subject_type=Initiative._meta.label_lower, subject_id__in=at_work.values("pk")
    )


def waiting_letters(user: User) -> QuerySet[Message]:
    """Return the letters that still have to be printed and posted, the oldest first."""
    return letters_of(user).waiting().order_by("created_at", "pk")


def number_waiting(user: User) -> int:
    """Return how many letters still have to be printed and posted."""
    return _letters(user).waiting().count()


def posted_letters(user: User) -> QuerySet[Message]:
    return letters_of(user).filter(sent_at__isnull=False).select_related("sent_by").order_by("-sent_at", "-pk")


def withdrawn_letters(user: User, *, at: datetime) -> QuerySet[Message]:
    """Return the letters that were taken back of late, the last one first: they may be on paper already."""
    return letters_of(user).filter(withdrawn_at__gt=at - WITHDRAWN_SHOWN).order_by("-withdrawn_at", "-pk")


def reasons_of(letters: Iterable[Message]) -> dict[int, str]:
    """Return why each of these letters no longer goes out, by their number."""
    told = {event.details["letter"]: event.details["because"] for event in _told_of(letters, "withdrawn")}
    return {letter.pk: str(LetterEnds(told[letter.pk]).label) if letter.pk in told else "" for letter in letters}


def printings_of(letters: Iterable[Message]) -> dict[int, Event]:
    """Return of each of these letters that was printed when it was for the last time and by whom, by their number."""
    return {event.details["letter"]: event for event in _told_of(letters, "printed")}


def _told_of(letters: Iterable[Message], what: str) -> QuerySet[Event]:
    """Return what happened to these letters, in the timeline of what they are about; one question for all of them."""
    about = {letter.subject_id for letter in letters if letter.subject_id}
    told = Event.objects.filter(subject_type=Initiative._meta.label_lower, subject_id__in=about)
    told = told.filter(kind=f"initiatives.letter.{what}", details__letter__in=[letter.pk for letter in letters])
    return told.select_related("by").order_by("at", "pk")


def titles_of(letters: list[Message]) -> dict[int, Initiative]:
    """Return the initiatives these letters are about, by their number."""
    return Initiative.objects.in_bulk([letter.subject_id for letter in letters if letter.subject_id])
