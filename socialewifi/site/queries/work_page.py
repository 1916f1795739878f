"""One initiative on one page: what hangs around it now, and what happened, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from socialewifi.core.models import Event
from socialewifi.core.redaction import without_contact_details
from socialewifi.initiatives.models import (
    EffectStory,
    Initiative,
    Invitation,
    Note,
    PlanVersion,
    Post,
    SupportPromise,
    Task,
)
from socialewifi.initiatives.outsiders import all_as_outsiders_read
from socialewifi.initiatives.queries.at_work import shown_at_work, with_what_rules_need
from socialewifi.people.models import User

EVENTS_SHOWN = 60
SAID_SHOWN = 200
ROWS_SHOWN = 40
# Of what was written, the page shows the last; what an answer still waits for is among them.
LAST_SHOWN = 5


def initiative_for_page(user: User, key: str) -> Initiative | None:
    """Return the initiative with what decides what may be done with it, if this person may see it."""
    return with_what_rules_need(shown_at_work(user)).filter(key=key).first()


@dataclass(frozen=True)
class Around:
    """What hangs around one initiative now; the newest first, except where the order is that of the work."""

    promises: list[SupportPromise]
    stories: list[EffectStory]
    tasks: list[Task] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    invited: list[Invitation] = field(default_factory=list)


def open_part(initiative: Initiative) -> Around:
    """
    Return what someone reads who does not work on it: no messages, notes, tasks or untold stories (R4).

    What is published they read as everyone does; the rest without contact details.
    """
    stories = [story for story in _stories(initiative) if story.published_at]
    for story in stories:
        # Whoever tells a story may have typed a number beside their name.
        story.told_by.name = without_contact_details(story.told_by.name)
    return Around(promises=all_as_outsiders_read(_promises(initiative)), stories=stories)


def around(initiative: Initiative, *, at: datetime) -> Around:
    """Return what hangs around it now: what is still to do, and the last that was said."""
    tasks = initiative.tasks.open().select_related("to_call", "assignee").order_by("due_on")
    return Around(
        promises=_promises(initiative),
        stories=_stories(initiative),
        tasks=list(tasks[:ROWS_SHOWN]),
        posts=list(_posts(initiative)[:LAST_SHOWN]),
        notes=list(_notes(initiative)[:LAST_SHOWN]),
        invited=list(initiative.invitations.waiting(at).order_by("invited_at")),
    )


def goes_on_with(user: User, initiative: Initiative) -> tuple[Initiative | None, list[Initiative]]:
    """Return what it goes on in and what goes on in it; who stepped aside from one of them reads nothing of it (R5)."""
    beside = Q(joined_into=initiative) | Q(pk=initiative.joined_into_id)
    others = Initiative.objects.without_interest_of(user).filter(beside).only("key", "title").order_by("pk")
    goes_on_in = next((one for one in others if one.pk == initiative.joined_into_id), None)
    return goes_on_in, [one for one in others if one.pk != initiative.joined_into_id]


def _promises(initiative: Initiative) -> list[SupportPromise]:
    """Return what was promised; before an outcome there is nothing."""
    if not initiative.weighed_at:
        return []
    return list(initiative.promises.select_related("kind").order_by("-pk")[:ROWS_SHOWN])


def _stories(initiative: Initiative) -> list[EffectStory]:
    """Return the stories as told; one that was taken back nobody reads any more. Before an outcome there are none."""
    if not initiative.weighed_at:
        return []
    kept = initiative.stories.filter(taken_back_at=None)
    return list(kept.select_related("told_by").order_by("-told_at")[:ROWS_SHOWN])


def _posts(initiative: Initiative) -> QuerySet[Post]:
    return initiative.posts.select_related("by").order_by("-at", "-pk")


def _notes(initiative: Initiative) -> QuerySet[Note]:
    return initiative.notes.select_related("by").order_by("-at", "-pk")


@dataclass(frozen=True)
class History:
    """What happened with one initiative, the newest first."""

    events: list[Event]
    # The event after which the earlier ones come; none when these are the first that happened.
    earlier_than: int | None
    posts: list[Post]
    notes: list[Note]
    done: list[Task]


def history(initiative: Initiative, *, before: int | None) -> History:
    """Return what happened, or the part of the timeline before an event; what was said goes with the newest part."""
    told = Event.objects.about(initiative).select_related("by").order_by("-at", "-pk")
    if before is not None:
        last = told.filter(pk=before).first()
        told = told.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)) if last else told.none()
    events = list(told[: EVENTS_SHOWN + 1])
    shown = events[:EVENTS_SHOWN]
    earlier_than = shown[-1].pk if len(events) > EVENTS_SHOWN else None
    if before is not None:
        return History(shown, earlier_than, posts=[], notes=[], done=[])
    done = initiative.tasks.filter(done_at__isnull=False).select_related("done_by").order_by("-done_at", "-pk")
    return History(
        events=shown,
        earlier_than=earlier_than,
        posts=list(_posts(initiative)[:SAID_SHOWN]),
        notes=list(_notes(initiative)[:SAID_SHOWN]),
        done=list(done[:SAID_SHOWN]),
    )


def plan_versions(initiative: Initiative) -> QuerySet[PlanVersion]:
    """Return every version of the plan, the newest first."""
    return initiative.plan_versions.select_related("by").order_by("-number")
