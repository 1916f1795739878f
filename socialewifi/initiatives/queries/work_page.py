"""One initiative on one page: everything that hangs around it, in a constant number of questions."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from socialewifi.core.models import Event
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
    Note,
    PlanVersion,
    Post,
    SupportPromise,
    TargetGroup,
    Task,
    Theme,
)
from socialewifi.people.models import Organisation, User

EVENTS_SHOWN = 60
POSTS_SHOWN = 40
ROWS_SHOWN = 40
_KEY_AND_TITLE = JSONObject(key="key", title="title")


def with_what_rules_need(found: InitiativeQuerySet) -> InitiativeQuerySet:
    """
    Fetch what decides which deeds are offered: owners, pauses, terms and handovers.

    The rows come through ``visible_to``, so whoever looks has no interest in them: that is not asked again.
    """
    return found.select_related(
        "municipality__subregion",
        "neighbourhood",
        "kind",
        "channel",
        "contact_person__organisation",
        "exploration",
    ).prefetch_related(
        Prefetch("interests", queryset=Interest.objects.none()),
        "pauses",
        Prefetch("initiators", queryset=Initiator.objects.order_by("joined_at", "pk")),
        Prefetch("deadlines", queryset=Deadline.objects.order_by("due_on", "pk")),
        Prefetch("handovers", queryset=Handover.objects.select_related("giver", "receiver").order_by("pk")),
    )


def page_rows(user: User, *, at: datetime) -> InitiativeQuerySet:
    """Return what this person may see, with all that the page of one initiative shows in its first question."""
    waiting = Invitation.objects.waiting(at).filter(initiative=OuterRef("pk")).order_by("invited_at")
    seen = _with_everything().visible_to(user)
    return seen.annotate(invited=ArraySubquery(waiting.values(one=JSONObject(pk="pk", name="name"))))


@cache
def _with_everything() -> InitiativeQuerySet:
    """Put the long question together once: that takes as long as asking it."""
    return with_words(with_what_rules_need(Initiative.objects.all()))


def with_words(found: InitiativeQuerySet) -> InitiativeQuerySet:
    """Fetch the short lists beside the plan in the same question."""
    here = {"initiative": OuterRef("pk")}
    support = Exploration.fitting_support.through.objects.filter(exploration__initiative=OuterRef("pk"))
    return found.annotate(
        # Asked apart, since one more table to join costs more than looking one name up.
        helper=_named(User, "entered_by"),
        partner=_named(Organisation, "redirected_to"),
        goes_on_in=Subquery(Initiative.objects.filter(pk=OuterRef("joined_into")).values(one=_KEY_AND_TITLE)),
        theme_tags=ArraySubquery(
            Theme.objects.filter(**here).order_by("position").values(tag=JSONObject(label="name", tone="colour"))
        ),
        group_names=ArraySubquery(TargetGroup.objects.filter(**here).order_by("position").values("name")),
        fitting_names=ArraySubquery(support.order_by("supportkind__position").values("supportkind__name")),
        joined=ArraySubquery(
            Initiative.objects.filter(joined_into=OuterRef("pk")).order_by("pk").values(one=_KEY_AND_TITLE)
        ),
        version_count=Subquery(PlanVersion.objects.filter(**here).order_by("-number").values("number")[:1]),
    ).prefetch_related(Prefetch("posts", queryset=Post.objects.select_related("by").order_by("-at", "-pk")))


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
    """Return what someone reads who does not work on it: no messages, notes, tasks, timeline or untold stories (R4)."""
    return Around(promises=_promises(initiative), stories=_stories(initiative, published_at__isnull=False))


def around(initiative: Initiative) -> Around:
    """Return what hangs around it, in one question per kind."""
    tasks = initiative.tasks.select_related("to_call", "assignee", "done_by")
    return Around(
        promises=_promises(initiative),
        stories=_stories(initiative),
        tasks=list(tasks.order_by(F("done_at").desc(nulls_first=True), "due_on")[:ROWS_SHOWN]),
        posts=list(initiative.posts.all())[:POSTS_SHOWN],
        notes=list(initiative.notes.select_related("by").order_by("-at", "-pk")[:ROWS_SHOWN]),
        events=list(Event.objects.about(initiative).select_related("by").order_by("-at", "-pk")[:EVENTS_SHOWN]),
    )


def _promises(initiative: Initiative) -> list[SupportPromise]:
    if initiative.weighed_at is None:
        return []
    return list(initiative.promises.select_related("kind").order_by("-pk")[:ROWS_SHOWN])


def _stories(initiative: Initiative, **asked: object) -> list[EffectStory]:
    """Return the stories as told; one that was taken back nobody reads any more. Before an outcome there are none."""
    if initiative.weighed_at is None:
        return []
    told = initiative.stories.filter(taken_back_at=None, **asked).select_related("told_by")
    return list(told.order_by("-told_at")[:ROWS_SHOWN])


def plan_versions(initiative: Initiative) -> QuerySet[PlanVersion]:
    """Return every version of the plan, the newest first."""
    return initiative.plan_versions.select_related("by").order_by("-number")
