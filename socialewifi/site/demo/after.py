"""What follows an outcome in the sample year: help, a story, a page, and standing on its own."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from socialewifi.initiatives.actions.contact import log_contact
from socialewifi.initiatives.actions.road import (
    agree_landing_signs,
    confirm_redirect,
    land_initiative,
    sustain_initiative,
)
from socialewifi.initiatives.models import Deadline, EffectStory, Step, SupportKind, Task
from socialewifi.people.models import User
from socialewifi.publication.actions.consents import give_consent, publish_page
from socialewifi.publication.actions.stories import tell_story, write_story
from socialewifi.site.demo.calendar import AMSTERDAM
from socialewifi.site.demo.script import StoryEntry
from socialewifi.site.demo.walk import Walk
from socialewifi.support.actions.promises import keep_promise, promise_support
from socialewifi.support.actions.tasks import note_call


def support(walk: Walk) -> None:
    """Promise small things and keep most of them, and let the page be seen if its owners want that."""
    if walk.entry.publish:
        _publish(walk)
    for place, entry in enumerate(walk.entry.promises):
        made_at = walk.calendar.on(16, 11, 10 * place)
        promise = promise_support(
            initiative=walk.initiative,
            kind=SupportKind.objects.get(code=entry.kind),
            what=entry.what,
            who=str(walk.guide.organisation or walk.guide),
            before_date=timezone.localdate(made_at) + timedelta(days=30),
            by=walk.guide,
            at=made_at,
        )
        if entry.kept:
            keep_promise(promise=promise, by=walk.guide, at=walk.calendar.on(24 + place, 16))


def redirect(walk: Walk) -> None:
    """Let the partner confirm that it took the initiative over."""
    if walk.entry.confirmed:
        confirm_redirect(initiative=walk.initiative, by=walk.guide, at=walk.calendar.on(20, 11))


def sustain(walk: Walk) -> None:
    """Agree on when it stands on its own, keep in touch, and hear what it brought."""
    agree_landing_signs(initiative=walk.initiative, signs=walk.entry.signs, by=walk.guide, at=walk.calendar.on(30, 10))
    sustain_initiative(initiative=walk.initiative, by=walk.guide, at=walk.calendar.on(38, 10))
    if walk.entry.story:
        _tell(walk, walk.entry.story)
    if walk.entry.until == Step.LANDED:
        land_initiative(initiative=walk.initiative, by=walk.guide, at=walk.calendar.on(62, 15))
    else:
        _check_in(walk)


def _publish(walk: Walk) -> None:
    publish_page(initiative=walk.initiative, public_text=walk.entry.idea, by=walk.owner, at=walk.calendar.on(15, 20))
    for friend in _friends(walk):
        give_consent(initiative=walk.initiative, by=friend, at=walk.calendar.on(15, 21))


def _tell(walk: Walk, entry: StoryEntry) -> None:
    at = walk.calendar.on(50, 19)
    if entry.through == User.Channel.EMAIL:
        story = tell_story(
            initiative=walk.initiative, title=entry.title, body=entry.body, agrees=entry.consent, by=walk.owner, at=at
        )
    else:
        story = write_story(
            initiative=walk.initiative,
            initiator=walk.initiative.initiators.get(user=walk.owner),
            title=entry.title,
            body=entry.body,
            agrees=entry.consent,
            through=entry.through,
            by=walk.guide,
            at=at,
        )
    if entry.consent:
        _agree(walk, story)


def _agree(walk: Walk, story: EffectStory) -> None:
    for friend in _friends(walk):
        give_consent(initiative=walk.initiative, story=story, by=friend, at=walk.calendar.on(51, 20))


def _friends(walk: Walk) -> list[User]:
    others = walk.initiative.initiators.current().exclude(user=walk.owner).select_related("user")
    return [initiator.user for initiator in others]


def _check_in(walk: Walk) -> None:
    """Call every few months, for as long as the year lasts."""
    while due := Deadline.objects.running().filter(initiative=walk.initiative, kind=Deadline.Kind.CHECK_IN).first():
        if due.due_on >= timezone.localdate(walk.calendar.end):
            return
        log_contact(
            initiative=walk.initiative,
            through=User.Channel.PHONE,
            summary=walk.calendar.pick(walk.voices.checked_in),
            by=walk.guide,
            at=walk.calendar.before(due.due_on),
        )


def make_calls(walk: Walk) -> None:
    """Call whoever cannot be mailed, the day after something was to be told; the latest calls still wait."""
    for call in walk.initiative.tasks.open().filter(kind=Task.Kind.CALL).order_by("due_on", "pk"):
        at = datetime.combine(call.due_on, time(16, 20), AMSTERDAM)
        call.refresh_from_db()
        if call.done_at is None and at < walk.calendar.end - timedelta(days=2):
            note_call(task=call, reached=True, result=walk.calendar.pick(walk.voices.spoken), by=walk.guide, at=at)
