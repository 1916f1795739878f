"""The letters of the initiatives someone works on."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from socialewifi.core.models import Event, Message, MessageQuerySet
from socialewifi.core.written import written_once
from socialewifi.initiatives.models import Initiative, Sight
from socialewifi.people.models import User

AT_MOST = 200
# How long the list says which letters no longer go out: they may lie printed on a desk.
WITHDRAWN_SHOWN = timedelta(days=14)


def letters_of(user: User) -> MessageQuerySet:
    """Keep the letters to initiators where this guide or coordinator works; an ambassador sees no addresses."""
    return _letters(user.pk, Sight.of(user))


def _letters(user: int, sight: Sight) -> MessageQuerySet:
    at_work = Initiative.objects.worked_with(sight, user)
    return Message.objects.letters().filter(
        subject_type=Initiative._meta.label_lower, subject_id__in=at_work.values("pk")
    )


def waiting_letters(user: User) -> QuerySet[Message]:
    """Return the letters that still have to be printed and posted, the oldest first."""
    return letters_of(user).waiting().order_by("created_at", "pk")


def number_waiting(user: User) -> int:
    """Return how many letters still have to be printed and posted."""
    return sum(_numbers_waiting(user.pk, sight=Sight.of(user)))


@written_once
def _numbers_waiting(user: int, *, sight: Sight) -> QuerySet[Message, int]:
    """Ask for one number, as all of these go by the same channel."""
    waiting = _letters(user, sight).waiting().order_by()
    return waiting.values("channel").annotate(number=Count("pk")).values_list("number", flat=True)


def posted_letters(user: User) -> QuerySet[Message]:
    return letters_of(user).filter(sent_at__isnull=False).select_related("sent_by").order_by("-sent_at", "-pk")


def withdrawn_letters(user: User, *, at: datetime) -> QuerySet[Message]:
    """Return the letters that were taken back of late, the last one first: they may be on paper already."""
    return letters_of(user).filter(withdrawn_at__gt=at - WITHDRAWN_SHOWN).order_by("-withdrawn_at", "-pk")


def reasons_of(letters: Iterable[Message]) -> dict[int, str]:
    """Return why each of these letters no longer goes out, by their number."""
    told = {event.details["letter"]: event.details["because"] for event in _told_of(letters, "withdrawn")}
    return {letter.pk: told.get(letter.pk, "") for letter in letters}


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
