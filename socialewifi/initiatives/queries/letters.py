"""The letters of the initiatives someone works on."""

from django.db.models import QuerySet

from socialewifi.core.models import Message
from socialewifi.initiatives.models import WORKERS, Initiative
from socialewifi.people.models import Role, User

AT_MOST = 200


def letters_of(user: User) -> QuerySet[Message]:
    """Keep the letters to initiators where this guide or coordinator works; an ambassador sees no addresses."""
    at_work = Initiative.objects.none()
    if user.has_role(Role.Kind.REGIONAL_COORDINATOR):
        at_work = Initiative.objects.visible_to(user)
    elif user.has_role(*WORKERS):
        subregions = {role.subregion_id for role in user.scopes(*WORKERS)}
        seen = Initiative.objects.visible_to(user)
        at_work = seen.filter(municipality=None) | seen.filter(municipality__subregion__in=subregions)
    return Message.objects.letters().filter(
        subject_type=Initiative._meta.label_lower, subject_id__in=at_work.values("pk")
    )


def waiting_letters(user: User) -> QuerySet[Message]:
    """Return the letters that still have to be printed and posted, the oldest first."""
    return letters_of(user).waiting().order_by("created_at", "pk")  # type: ignore[attr-defined, no-any-return]


def posted_letters(user: User) -> QuerySet[Message]:
    return letters_of(user).filter(sent_at__isnull=False).select_related("sent_by").order_by("-sent_at", "-pk")


def titles_of(letters: list[Message]) -> dict[int, Initiative]:
    """Return the initiatives these letters are about, by their number."""
    return Initiative.objects.in_bulk([letter.subject_id for letter in letters if letter.subject_id])
