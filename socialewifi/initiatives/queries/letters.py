"""The letters of the initiatives someone works on."""

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from socialewifi.core.models import Message, MessageQuerySet
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


def titles_of(letters: list[Message]) -> dict[int, Initiative]:
    """Return the initiatives these letters are about, by their number."""
    return Initiative.objects.in_bulk([letter.subject_id for letter in letters if letter.subject_id])
