"""What the deeds of initiators are about, also when they are written down for them at work."""

from dataclasses import replace
from typing import Any, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.core import clock, events
from socialewifi.core.deeds import Subject, untold
from socialewifi.initiatives.models import EffectStory, Initiative, Initiator, Invitation
from socialewifi.initiatives.subjects import INITIATIVE as AT_WORK
from socialewifi.initiatives.subjects import initiative_of
from socialewifi.owners.queries.page import OwnPage, events_of, words
from socialewifi.owners.views.access import asked_to_join, for_owners, own_initiative
from socialewifi.people.models import User

Row = TypeVar("Row", EffectStory, Invitation, Initiator)
CONTACT = "owners/contact_line.html"


def _own_story(user: User, key: str, pk: int) -> EffectStory | None:
    initiative = own_initiative(user, key)
    story = initiative.stories.filter(taken_back_at=None, pk=pk).first() if initiative else None
    return _of(story, initiative)


def _own_invitation(user: User, key: str, pk: int) -> Invitation | None:
    initiative = own_initiative(user, key)
    invitation = initiative.invitations.waiting(clock.now()).filter(pk=pk).first() if initiative else None
    return _of(invitation, initiative)


def _asked_to_join(user: User, key: str) -> Initiative | None:
    initiative = own_initiative(user, key)
    return initiative if initiative is not None and OwnPage(initiative, user).joining else None


def _unclaimed(user: User, key: str) -> Initiator | None:
    found = Initiator.objects.unrecognised(user).filter(initiative__key=key)
    return found.select_related("user", "initiative", "invited_by").first()


def _owner(user: User, key: str, pk: int) -> Initiator | None:
    initiative = AT_WORK.find(user, key)
    return _of(initiative.initiators.current().filter(pk=pk).first() if initiative else None, initiative)


def _invited(user: User, key: str, pk: int) -> Invitation | None:
    initiative = AT_WORK.find(user, key)
    return _of(initiative.invitations.waiting(clock.now()).filter(pk=pk).first() if initiative else None, initiative)


def _of(row: Row | None, initiative: Initiative | None) -> Row | None:
    """Return what was found, about this very initiative: with what decides who may do what."""
    if row is not None:
        row.initiative = initiative  # type: ignore[assignment]
    return row


def _title(_user: User, about: Any) -> str:
    return initiative_of(about).title


def _home(user: User, key: str) -> str:
    """Return to their page, or to the list when it is not theirs any more."""
    is_theirs = Initiative.objects.followed_by(user).filter(key=key).exists()
    return reverse("mine-initiative", args=[key]) if is_theirs else reverse("mine-list")


def _page_of_story(user: User, key: str, pk: int) -> str:
    if EffectStory.objects.filter(pk=pk, initiative__key=key, taken_back_at=None).exists():
        return reverse("mine-story", args=[key, pk])
    return _home(user, key)


def _context(user: User, about: Any) -> dict[str, Any]:
    initiative = initiative_of(about)
    return {"page": OwnPage(initiative, user), "initiative": initiative}


def _latest(_user: User, about: Any) -> str:
    return events.latest_of(events_of(initiative_of(about)), words)


def _lock_owner(initiator: Initiator) -> Initiator:
    return Initiative.objects.locked(initiator.initiative_id).initiators.get(pk=initiator.pk)


INITIATIVE = Subject(
    name="initiative",
    find=own_initiative,
    title=_title,
    home=_home,
    prefix="mine",
    lock=AT_WORK.lock,
    latest=_latest,
    base="core/base.html",
    below=CONTACT,
    context=_context,
    guard=for_owners,
)
PAGE = replace(
    INITIATIVE,
    title=lambda _user, _about: _("Jullie pagina voor anderen"),
    home=lambda _user, key: reverse("mine-public", args=[key]),
)
POSTS = replace(
    INITIATIVE,
    title=lambda _user, _about: _("Berichten"),
    home=lambda _user, key: reverse("mine-posts", args=[key]),
)
OWNERS = replace(
    INITIATIVE,
    title=lambda _user, _about: _("Van wie is dit idee?"),
    home=lambda _user, key, **_row: reverse("mine-owners", args=[key]),
)
JOIN = replace(INITIATIVE, find=_asked_to_join, guard=asked_to_join)
INVITATION = replace(
    OWNERS,
    name="invitation",
    find=_own_invitation,
    prefix="mine-invitation",
)
STORY = replace(
    INITIATIVE,
    name="story",
    find=_own_story,
    title=lambda _user, story: story.title,
    home=_page_of_story,
    prefix="mine-story",
)
CLAIM = Subject(
    name="initiator",
    find=_unclaimed,
    title=lambda _user, _about: _("Mijn initiatieven"),
    home=_home,
    prefix="mine",
    latest=untold,
    base="core/base.html",
    below="people/desk.html",
)
# At work: the initiative itself, its question to join, one of its initiators, someone who was asked to join.
WRITTEN_JOIN = replace(AT_WORK, name="")
OWNER = replace(AT_WORK, name="initiator", find=_owner, lock=_lock_owner)
INVITED = replace(AT_WORK, name="invitation", find=_invited)
