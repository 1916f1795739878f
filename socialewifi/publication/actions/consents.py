"""An initiator's yes to showing the page or a story, given and taken back at any moment (R4, R10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.inform import mention_to_initiators
from socialewifi.initiatives.actions.initiators import as_they_are_now
from socialewifi.initiatives.actions.publishing import note_consent, settle
from socialewifi.initiatives.actions.written import tell_written_for
from socialewifi.initiatives.models import Consent, EffectStory, Initiative, Initiator
from socialewifi.initiatives.models.owners import ConsentQuerySet
from socialewifi.people.models import User

# What someone hears of a yes or a no that was written down for them.
SAID = {
    ("page", True): _("Jij vindt het goed dat iedereen de pagina van ‘%(title)s’ mag zien."),
    ("page", False): _("Jij wilt niet meer dat iedereen de pagina van ‘%(title)s’ mag zien."),
    ("story", True): _("Jij vindt het goed dat iedereen het verhaal ‘%(story)s’ mag lezen."),
    ("story", False): _("Jij wilt niet meer dat iedereen het verhaal ‘%(story)s’ mag lezen."),
}


class PublicTextMissing(DomainError):
    """Raised when a page would be shown that says nothing."""

    field = "public_text"


class AlreadyAgreed(DomainError):
    """Raised when someone agrees to what they agreed to before."""


class NotAgreed(DomainError):
    """Raised when a consent is taken back that is not there."""


class NotLookedAt(DomainError):
    """Raised when an idea would be shown that a machine may have told, before a person saw it."""


class StoryTakenBack(DomainError):
    """Raised when someone agrees to showing a story that was taken back."""


@transaction.atomic
def edit_public_text(*, initiative: Initiative, public_text: str, by: User, at: datetime) -> Initiative:
    """Write what neighbours read on the public page; the other initiators hear of it."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_edit_plan(by, initiative))
    _write_public_text(initiative, public_text, by=by, at=at)
    settle(initiative, by=by, at=at)
    return initiative


@transaction.atomic
def publish_page(*, initiative: Initiative, public_text: str, by: User, at: datetime) -> Initiative:
    """Write what the public page says, and agree to showing it; it shows once every initiator agrees."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_edit_plan(by, initiative))
    if public_text != initiative.public_text:
        _write_public_text(initiative, public_text, by=by, at=at)
    give_consent(initiative=initiative, by=by, at=at)
    initiative.refresh_from_db()
    return initiative


@transaction.atomic
def give_consent(*, initiative: Initiative, story: EffectStory | None = None, by: User, at: datetime) -> Consent:
    """
    Agree, as an initiator, to showing the page, or this story.

    :raises AlreadyAgreed: if this initiator agreed before
    :raises NotLookedAt: if a machine may have told it, and nobody here saw it yet
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_edit_plan(by, initiative))
    if initiative.doubt:
        raise NotLookedAt(_("Een van ons kijkt eerst naar je idee. Daarna kun je het laten zien."))
    initiator = initiative.initiators.of(by).get()
    return agree_for(initiative, initiator, story, through=User.Channel.EMAIL, by=by, at=at)


@transaction.atomic
def withdraw_consent(*, initiative: Initiative, story: EffectStory | None = None, by: User, at: datetime) -> None:
    """Take back one's own consent; what it showed is hidden at once."""
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_withdraw_consent(by, initiative))
    _take_back(initiative, initiative.initiators.of(by).get(), story, by=by, at=at)


def agree_to_story(*, story: EffectStory, by: User, at: datetime) -> Consent:
    """Agree, as an initiator, to showing this story."""
    return give_consent(initiative=story.initiative, story=story, by=by, at=at)


def hide_story(*, story: EffectStory, by: User, at: datetime) -> None:
    """Take back one's own yes to this story; it is hidden at once."""
    withdraw_consent(initiative=story.initiative, story=story, by=by, at=at)


@transaction.atomic
def record_consent(
    *,
    initiative: Initiative,
    initiator: Initiator,
    story: EffectStory | None = None,
    agrees: bool,
    through: str,
    by: User,
    at: datetime,
) -> None:
    """
    Write down a yes or a no that an initiator said on the phone, at the counter or on paper (R10).

    They hear at once what was written down in their name.
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_record_consent(by, initiative))
    initiator = as_they_are_now(initiator, initiative=initiative)
    if agrees:
        agree_for(initiative, initiator, story, through=through, by=by, at=at)
    else:
        _take_back(initiative, initiator, story, by=by, at=at)
    about = "story" if story else "page"
    tell_written_for(initiator=initiator, words=SAID[about, agrees], by=by, at=at, story=story.title if story else "")


def _write_public_text(initiative: Initiative, public_text: str, *, by: User, at: datetime) -> None:
    if not public_text:
        raise PublicTextMissing(_("Schrijf eerst wat buren mogen lezen."))
    initiative.public_text = public_text
    initiative.save(update_fields=["public_text"])
    events.record("initiatives.page.written", on=initiative, by=by, at=at, name=by.name, text=public_text)
    mention_to_initiators(
        initiative=initiative,
        words=_("%(name)s veranderde de tekst op de openbare pagina van ‘%(title)s’."),
        to=("mine-public", initiative.key),
        at=at,
        without=by,
        name=by.name,
    )


def agree_for(
    initiative: Initiative, initiator: Initiator, story: EffectStory | None, *, through: str, by: User, at: datetime
) -> Consent:
    """Keep a yes, inside a deed that holds the lock and asked who may."""
    if story is not None and initiative.stories.get(pk=story.pk).taken_back_at is not None:
        raise StoryTakenBack(_("Dit verhaal is teruggenomen."))
    if story is None and not initiative.public_text:
        raise PublicTextMissing(_("Schrijf eerst wat buren mogen lezen."))
    if _in_force(initiator, story).exists():
        raise AlreadyAgreed(_("Dit was al goed gevonden."))
    is_first = not Consent.objects.in_force().filter(initiator__initiative=initiative, story=story).exists()
    consent = Consent.objects.create(
        initiator=initiator,
        subject=Consent.Subject.STORY if story else Consent.Subject.PAGE,
        story=story,
        given_at=at,
        given_through=through,
        recorded_by=by,
    )
    note_consent(initiative, initiator, story, "consented", by=by, at=at)
    settle(initiative, by=by, at=at)
    if is_first:
        _ask_the_others(initiative, initiator, story, at=at)
    return consent


def _take_back(
    initiative: Initiative, initiator: Initiator, story: EffectStory | None, *, by: User, at: datetime
) -> None:
    if not _in_force(initiator, story).update(withdrawn_at=at):
        raise NotAgreed(_("Hier was nog geen ja op gezegd."))
    note_consent(initiative, initiator, story, "consent_withdrawn", by=by, at=at)
    settle(initiative, by=by, at=at)


def _in_force(initiator: Initiator, story: EffectStory | None) -> ConsentQuerySet:
    subject = Consent.Subject.STORY if story else Consent.Subject.PAGE
    return initiator.consents.in_force().filter(subject=subject, story=story)


def _ask_the_others(initiative: Initiative, initiator: Initiator, story: EffectStory | None, *, at: datetime) -> None:
    words = (
        _("%(name)s wil jullie verhaal van ‘%(title)s’ laten zien. Vind jij dat ook goed?")
        if story
        else _("%(name)s wil de pagina van ‘%(title)s’ laten zien. Vind jij dat ook goed?")
    )
    mention_to_initiators(
        initiative=initiative,
        words=words,
        to=("mine-story", initiative.key, story.pk) if story else ("mine-public", initiative.key),
        at=at,
        without=initiator.user,
        asks={"consent_to": Consent.Subject.STORY if story else Consent.Subject.PAGE, "story": story},
        name=initiator.name,
    )
