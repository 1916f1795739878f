"""What everyone may see follows from what every initiator agreed to, and from nothing else (R4)."""

from datetime import datetime

from django.db.models import Q

from socialewifi.core import events
from socialewifi.initiatives.actions.calls import close_calls
from socialewifi.initiatives.actions.moved import end_letters
from socialewifi.initiatives.models import Consent, EffectStory, Initiative, Initiator, Step
from socialewifi.people.models import User


def settle(initiative: Initiative, *, by: User, at: datetime) -> None:
    """
    Publish what every present initiator agrees to, and hide what not everyone agrees to.

    Every deed that changes who owns the initiative, or what they agree to, ends with this. The caller holds the lock.
    Whoever would be called or written to about what is settled, or does not take part any more, hears of it no longer.
    """
    _settle_page(initiative, by=by, at=at)
    for story in initiative.stories.filter(taken_back_at=None):
        _settle_story(initiative, story, by=by, at=at)
    close_calls(initiative, at=at)
    end_letters(initiative, at=at)


def take_offline(initiative: Initiative, *, by: User, at: datetime) -> None:
    """End every consent, and hide the page and the stories: who starts again, asks again."""
    consents = Consent.objects.in_force().filter(initiator__initiative=initiative)
    consents.update(withdrawn_at=at)
    settle(initiative, by=by, at=at)


def everyone_agrees(initiative: Initiative, about: Q) -> bool:
    """Tell whether each present initiator has a consent in force; nobody is not everyone."""
    owners = set(initiative.initiators.current().values_list("pk", flat=True))
    agreeing = Consent.objects.in_force().filter(about, initiator__in=owners).values_list("initiator_id", flat=True)
    return bool(owners) and owners == set(agreeing)


def _settle_page(initiative: Initiative, *, by: User, at: datetime) -> None:
    may_show = (
        initiative.step != Step.WITHDRAWN
        and not initiative.doubt
        and bool(initiative.public_text)
        and everyone_agrees(initiative, Q(subject=Consent.Subject.PAGE))
    )
    if may_show == (initiative.published_at is not None):
        return
    initiative.published_at = at if may_show else None
    initiative.save(update_fields=["published_at"])
    events.record(f"initiatives.page.{'published' if may_show else 'hidden'}", on=initiative, by=by, at=at)


def _settle_story(initiative: Initiative, story: EffectStory, *, by: User, at: datetime) -> None:
    may_show = everyone_agrees(initiative, Q(story=story))
    if may_show == (story.published_at is not None):
        return
    story.published_at = at if may_show else None
    story.save(update_fields=["published_at"])
    kind = f"initiatives.story.{'published' if may_show else 'hidden'}"
    events.record(kind, on=initiative, by=by, at=at, story=story.title)


def note_consent(
    initiative: Initiative, initiator: Initiator, story: EffectStory | None, verb: str, *, by: User, at: datetime
) -> None:
    """Write in the timeline what an initiator agrees to, or does not any more; without a story it is the page."""
    about = "story" if story else "page"
    named = {"story": story.title} if story else {}
    events.record(
        f"initiatives.{about}.{verb}",
        on=initiative,
        by=by,
        at=at,
        on_behalf_of="" if initiator.user_id in by.identities else initiator.name,
        name=initiator.name,
        **named,
    )
