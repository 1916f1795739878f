"""Effect stories: a short account of what it brought, told by the initiators in their own words (000 §3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.inform import mention_to_contact
from socialewifi.initiatives.actions.initiators import as_they_are_now
from socialewifi.initiatives.actions.publishing import settle
from socialewifi.initiatives.actions.written import tell_written_for
from socialewifi.initiatives.models import Consent, EffectStory, Initiative, Initiator
from socialewifi.people.models import User
from socialewifi.publication.actions.consents import agree_for, give_consent


class AlreadyTakenBack(DomainError):
    """Raised when a story is taken back twice."""


@transaction.atomic
def tell_story(*, initiative: Initiative, title: str, body: str, agrees: bool, by: User, at: datetime) -> EffectStory:
    """Tell what it brought; ``agrees`` is the teller's own consent to showing it, the others are asked."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_tell_story(by, initiative))
    story = EffectStory.objects.create(initiative=initiative, title=title, body=body, told_at=at, told_by=by)
    events.record("initiatives.story.told", on=initiative, by=by, at=at, name=by.name, story=title)
    if agrees:
        give_consent(initiative=initiative, story=story, by=by, at=at)
    mention_to_contact(initiative=initiative, words=_("%(name)s vertelt wat ‘%(title)s’ bracht."), at=at, name=by.name)
    story.refresh_from_db()
    return story


@transaction.atomic
def write_story(
    *,
    initiative: Initiative,
    initiator: Initiator,
    title: str,
    body: str,
    agrees: bool,
    through: str,
    by: User,
    at: datetime,
) -> EffectStory:
    """
    Write down the story an initiator tells on the phone or on paper, and what they agreed to (R10).

    They hear at once what was written down in their name.
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_write_story(by, initiative))
    initiator = as_they_are_now(initiator, initiative=initiative)
    story = EffectStory.objects.create(
        initiative=initiative,
        title=title,
        body=body,
        told_at=at,
        told_by=initiator.user,
        written_by=by,
        told_through=through,
    )
    events.record(
        "initiatives.story.written",
        on=initiative,
        by=by,
        at=at,
        on_behalf_of=initiator.name,
        name=initiator.name,
        writer=by.name,
        story=title,
    )
    if agrees:
        agree_for(initiative, initiator, story, through=through, by=by, at=at)
    words = (
        _("Je vertelde het verhaal ‘%(story)s’, en je vindt het goed dat iedereen het mag lezen: %(body)s")
        if agrees
        else _("Je vertelde het verhaal ‘%(story)s’. Nog niet iedereen mag het lezen: %(body)s")
    )
    tell_written_for(initiator=initiator, words=words, by=by, at=at, story=title, body=body)
    story.refresh_from_db()
    return story


@transaction.atomic
def take_back_story(*, story: EffectStory, by: User, at: datetime) -> EffectStory:
    """
    Take one's own story back altogether; nobody reads it any more.

    :raises AlreadyTakenBack: if it was taken back before
    """
    initiative = Initiative.objects.locked(story.initiative_id)
    story = initiative.stories.select_related("told_by").get(pk=story.pk)
    require(rules.owns(by, initiative) and story.told_by_id in by.identities)
    if story.taken_back_at is not None:
        raise AlreadyTakenBack(_("Dit verhaal was al teruggenomen."))
    Consent.objects.in_force().filter(story=story).update(withdrawn_at=at)
    settle(initiative, by=by, at=at)
    story.refresh_from_db()
    story.taken_back_at = at
    story.save(update_fields=["taken_back_at"])
    events.record("initiatives.story.taken_back", on=initiative, by=by, at=at, name=by.name, story=story.title)
    return story
