"""What the deeds at work are about: one initiative, one of its tasks, one promise of help."""

from django.urls import reverse

from socialewifi.core import events
from socialewifi.core.deeds import Subject
from socialewifi.core.models import Event
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, SupportPromise, Task
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.queries import work_page as pages
from socialewifi.initiatives.queries.joining import stepped_aside_beside
from socialewifi.people.models import User


def _todo(user: User, key: str, pk: int) -> Task | None:
    return _task(user, key, pk, Task.Kind.TODO)


def _call(user: User, key: str, pk: int) -> Task | None:
    return _task(user, key, pk, Task.Kind.CALL)


def _task(user: User, key: str, pk: int, kind: Task.Kind) -> Task | None:
    initiative = pages.initiative_for_deed(user, key)
    return initiative.tasks.filter(kind=kind, pk=pk).select_related("to_call").first() if initiative else None


def _promise(user: User, key: str, pk: int) -> SupportPromise | None:
    initiative = pages.initiative_for_deed(user, key)
    return initiative.promises.filter(pk=pk).first() if initiative else None


def _initiative_of(about: Initiative | Task | SupportPromise) -> Initiative:
    return about if isinstance(about, Initiative) else about.initiative


def title_of(user: User, about: Initiative | Task | SupportPromise) -> str:
    """Return how it is called, as this person reads it."""
    initiative = _initiative_of(about)
    return (initiative if rules.can_see_contact_details(user, initiative) else as_outsiders_read(initiative)).title


def _home(user: User, about: Initiative | Task | SupportPromise) -> str:
    """Return to the initiative, or to the list when this person no longer sees it."""
    initiative = _initiative_of(about)
    if Initiative.objects.visible_to(user).filter(pk=initiative.pk).exists():
        return reverse("work-initiative", args=[initiative.key])
    return reverse("work-list")


def _latest(user: User, about: Initiative | Task | SupportPromise) -> str:
    """Return what happened last; who stepped aside from another idea reads nothing of it here (R5)."""
    initiative = _initiative_of(about)
    if not rules.can_see_contact_details(user, initiative) or stepped_aside_beside(user, initiative):
        return ""
    event = Event.objects.about(initiative).order_by("-at", "-pk").first()
    return events.label(event) if event else ""


INITIATIVE = Subject(
    "initiative",
    pages.initiative_for_deed,
    title_of,
    _home,
    prefix="work",
    lock=lambda initiative: Initiative.objects.locked(initiative.pk),
    latest=_latest,
)
TODO = Subject("task", _todo, title_of, _home, prefix="work", latest=_latest)
CALL = Subject("task", _call, title_of, _home, prefix="work", latest=_latest)
PROMISE = Subject("promise", _promise, title_of, _home, prefix="work", latest=_latest)
