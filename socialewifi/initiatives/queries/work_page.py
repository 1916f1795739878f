"""One initiative on one page: everything that hangs around it, in a constant number of questions."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from socialewifi.core.models import Event
from socialewifi.core.written import hang, written_once
from socialewifi.initiatives.models import (
    Deadline,
    EffectStory,
    Exploration,
    Handover,
    Initiative,
    InitiativeQuerySet,
    Initiator,
    Interest,
    Invitation,
    JoinProposal,
    Note,
    Pause,
    PlanVersion,
    Post,
    Sight,
    SupportPromise,
    TargetGroup,
    Task,
    Theme,
)
from socialewifi.initiatives.outsiders import all_as_outsiders_read
from socialewifi.people.models import Organisation, User

EVENTS_SHOWN = 60
POSTS_SHOWN = 40
ROWS_SHOWN = 40
_KEY_AND_TITLE = JSONObject(key="key", title="title")


def initiative_for_deed(user: User, key: str) -> Initiative | None:
    """Return the initiative with what decides which deeds are offered, if this person may see it."""
    return _with_what_rules_need(_row(key, user.pk, sight=Sight.of(user)))


def initiative_for_page(user: User, key: str, *, at: datetime) -> Initiative | None:
    """Return the initiative with all that its page shows beside the plan, if this person may see it."""
    found = _with_what_rules_need(_row_with_words(key, user.pk, at, sight=Sight.of(user)))
    if found:
        hang(found, "posts", _posts(found.pk))
    return found


def _with_what_rules_need(rows: list[Initiative]) -> Initiative | None:
    """Hang on the one that was found who stepped aside, owners, pauses, terms and handovers."""
    for initiative in rows:
        hang(initiative, "interests", _interests(initiative.pk))
        hang(initiative, "pauses", _pauses(initiative.pk))
        hang(initiative, "initiators", _initiators(initiative.pk))
        hang(initiative, "deadlines", _deadlines(initiative.pk))
        hang(initiative, "handovers", _handovers(initiative.pk))
        asked = _joins(initiative.pk)
        hang(initiative, "join_proposals", [one for one in asked if one.initiative_id == initiative.pk])
        hang(initiative, "joins_asked", [one for one in asked if one.into_id == initiative.pk])
    return rows[0] if rows else None


def _shown(key: str, user: int, sight: Sight) -> InitiativeQuerySet:
    seen = Initiative.objects.filter(key=key).seen_with(sight, user)
    return seen.select_related(
        "municipality__subregion",
        "neighbourhood",
        "kind",
        "channel",
        "contact_person__organisation",
        "exploration",
    )


@written_once
def _row(key: str, user: int, *, sight: Sight) -> InitiativeQuerySet:
    return _shown(key, user, sight)


@written_once
def _row_with_words(key: str, user: int, at: datetime, *, sight: Sight) -> InitiativeQuerySet:
    """Ask for the short lists beside the plan in the same question."""
    here = {"initiative": OuterRef("pk")}
    support = Exploration.fitting_support.through.objects.filter(exploration__initiative=OuterRef("pk"))
    # Who stepped aside from one of them reads nothing of it here (R5).
    others = Initiative.objects.without_interest_of(user)
    invited = Invitation.objects.waiting(at).filter(**here).order_by("invited_at")
    return _shown(key, user, sight).annotate(
        # Asked apart, since one more table to join costs more than looking one name up.
        helper=_named(User, "entered_by"),
        partner=_named(Organisation, "redirected_to"),
        goes_on_in=Subquery(others.filter(pk=OuterRef("joined_into")).values(one=_KEY_AND_TITLE)),
        theme_tags=ArraySubquery(
            Theme.objects.filter(**here).order_by("position").values(tag=JSONObject(label="name", tone="colour"))
        ),
        group_names=ArraySubquery(TargetGroup.objects.filter(**here).order_by("position").values("name")),
        fitting_names=ArraySubquery(support.order_by("supportkind__position").values("supportkind__name")),
        joined=ArraySubquery(others.filter(joined_into=OuterRef("pk")).order_by("pk").values(one=_KEY_AND_TITLE)),
        version_count=Subquery(PlanVersion.objects.filter(**here).order_by("-number").values("number")[:1]),
        invited=ArraySubquery(invited.values(one=JSONObject(pk="pk", name="name"))),
    )


def _named(model: type[User] | type[Organisation], link: str) -> Subquery:
    return Subquery(model._default_manager.filter(pk=OuterRef(link)).values("name"))


@dataclass(frozen=True)
class Around:
    """What hangs around one initiative; the newest first, except where the order is that of the work."""

    promises: list[SupportPromise]
    stories: list[EffectStory]
    tasks: list[Task] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def open_part(initiative: Initiative) -> Around:
    """
    Return what someone reads who does not work on it: no messages, notes, tasks, timeline or untold stories (R4).

    What is published they read as everyone does; the rest without contact details.
    """
    stories = [story for story in _stories_of(initiative) if story.published_at]
    return Around(promises=all_as_outsiders_read(_promises_of(initiative)), stories=stories)


def around(initiative: Initiative) -> Around:
    """Return what hangs around it, in one question per kind."""
    tasks = _tasks(initiative.pk)
    for task in tasks:
        task.initiative = initiative
    return Around(
        promises=_promises_of(initiative),
        stories=_stories_of(initiative),
        tasks=tasks,
        posts=list(initiative.posts.all())[:POSTS_SHOWN],
        notes=_notes(initiative.pk),
        events=_events(initiative.pk),
    )


def _promises_of(initiative: Initiative) -> list[SupportPromise]:
    """Return what was promised; before an outcome there is nothing."""
    return _promises(initiative.pk) if initiative.weighed_at else []


def _stories_of(initiative: Initiative) -> list[EffectStory]:
    """Return the stories as told; one that was taken back nobody reads any more. Before an outcome there are none."""
    return _stories(initiative.pk) if initiative.weighed_at else []


@written_once
def _interests(initiative: int) -> QuerySet[Interest]:
    return Interest.objects.filter(initiative=initiative)


@written_once
def _pauses(initiative: int) -> QuerySet[Pause]:
    return Pause.objects.filter(initiative=initiative)


@written_once
def _initiators(initiative: int) -> QuerySet[Initiator]:
    return Initiator.objects.filter(initiative=initiative).order_by("joined_at", "pk")


@written_once
def _deadlines(initiative: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(initiative=initiative).order_by("due_on", "pk")


@written_once
def _handovers(initiative: int) -> QuerySet[Handover]:
    return Handover.objects.filter(initiative=initiative).select_related("giver", "receiver").order_by("pk")


@written_once
def _joins(initiative: int) -> QuerySet[JoinProposal]:
    asked = JoinProposal.objects.waiting().filter(Q(initiative=initiative) | Q(into=initiative))
    return asked.select_related("initiative", "into", "asked_by")


@written_once
def _posts(initiative: int) -> QuerySet[Post]:
    return Post.objects.filter(initiative=initiative).select_related("by").order_by("-at", "-pk")


@written_once
def _promises(initiative: int) -> QuerySet[SupportPromise]:
    promises = SupportPromise.objects.filter(initiative=initiative)
    return promises.select_related("kind").order_by("-pk")[:ROWS_SHOWN]


@written_once
def _stories(initiative: int) -> QuerySet[EffectStory]:
    stories = EffectStory.objects.filter(initiative=initiative, taken_back_at=None)
    return stories.select_related("told_by").order_by("-told_at")[:ROWS_SHOWN]


@written_once
def _tasks(initiative: int) -> QuerySet[Task]:
    tasks = Task.objects.filter(initiative=initiative).select_related("to_call", "assignee", "done_by")
    return tasks.order_by(F("done_at").desc(nulls_first=True), "due_on")[:ROWS_SHOWN]


@written_once
def _notes(initiative: int) -> QuerySet[Note]:
    return Note.objects.filter(initiative=initiative).select_related("by").order_by("-at", "-pk")[:ROWS_SHOWN]


@written_once
def _events(initiative: int) -> QuerySet[Event]:
    about = Event.objects.filter(subject_type=Initiative._meta.label_lower, subject_id=initiative)
    return about.select_related("by").order_by("-at", "-pk")[:EVENTS_SHOWN]


def plan_versions(initiative: Initiative) -> QuerySet[PlanVersion]:
    """Return every version of the plan, the newest first."""
    return initiative.plan_versions.select_related("by").order_by("-number")
