"""What the initiators see of their own initiative: who has it, what happens next and before when (R6, R11)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from socialewifi.core import clock, events
from socialewifi.core.dates import date_in_words
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.models import Event
from socialewifi.core.redaction import without_contact_details
from socialewifi.initiatives.models import (
    Consent,
    Deadline,
    EffectStory,
    Handover,
    Initiative,
    Initiator,
    Invitation,
    Pause,
    Post,
    Step,
    SupportPromise,
)
from socialewifi.initiatives.outsiders import all_as_outsiders_read, as_outsiders_read
from socialewifi.initiatives.queries.joining import Joining, followed_since, joining_of
from socialewifi.people.models import Role, User

Row = TypeVar("Row", bound=Model)
DUE_KINDS = {
    Step.REPORTED: (Deadline.Kind.CONTACT,),
    Step.EXPLORING: (Deadline.Kind.CONTACT, Deadline.Kind.EXPLORATION),
    Step.ASSESSING: (Deadline.Kind.ASSESSMENT,),
    Step.SUSTAINING: (Deadline.Kind.CHECK_IN,),
}
HEADLINES: dict[str, StrOrPromise] = {
    Step.REPORTED: gettext_lazy("Nu: iemand neemt contact met je op"),
    Step.EXPLORING: gettext_lazy("Nu: samen uitzoeken wat er nodig is"),
    Step.ASSESSING: gettext_lazy("Nu: buren kijken mee"),
    Step.SUPPORTING: gettext_lazy("Nu: je krijgt hulp"),
    Step.SUSTAINING: gettext_lazy("Nu: je idee loopt"),
    Step.LANDED: gettext_lazy("Je idee staat op eigen benen"),
    Step.REDIRECTED: gettext_lazy("Nu: iemand anders helpt je verder"),
    Step.DECLINED: gettext_lazy("Dit kunnen wij niet doen"),
    Step.WITHDRAWN: gettext_lazy("Je bent gestopt"),
}


@dataclass(frozen=True)
class OwnCard:
    """One of someone's initiatives at a glance: what happens now, before when, and who has it."""

    initiative: Initiative
    headline: str
    due: Deadline | None


def own_list(user: User) -> list[OwnCard]:
    """Return what this person owns, newest first."""
    running = Prefetch("deadlines", Deadline.objects.running().order_by("due_on"), to_attr="running_deadlines")
    pauses = Prefetch("pauses", Pause.objects.filter(ended_at=None), to_attr="running_pauses")
    owned = Initiative.objects.owned_by(user).select_related("contact_person__organisation", "joined_into")
    return [_card(one) for one in owned.prefetch_related(running, pauses).order_by("-reported_at", "-pk")]


def whose_is_it(user: User) -> list[Initiator]:
    """Return what was told with this person's address, and they did not yet say is theirs or not."""
    return list(Initiator.objects.unrecognised(user).select_related("initiative").order_by("-joined_at", "-pk"))


def _card(initiative: Any) -> OwnCard:
    is_paused = bool(initiative.running_pauses)
    due = None if is_paused else due_of(initiative, initiative.running_deadlines)
    return OwnCard(initiative, headline(initiative, is_paused=is_paused), due)


@dataclass
class OwnPage:
    """One initiative as this initiator sees it. Each part is asked once, when the page shows it."""

    initiative: Initiative
    user: User

    @cached_property
    def owners(self) -> list[Initiator]:
        return list(self.initiative.initiators.current().select_related("user").order_by("joined_at", "pk"))

    @cached_property
    def me(self) -> Initiator | None:
        """Return this person as owner; None for who follows it because their own went on in it."""
        return next((one for one in self.owners if one.user_id in self.user.identities), None)

    @property
    def others(self) -> list[Initiator]:
        return [one for one in self.owners if one.user_id not in self.user.identities]

    @cached_property
    def since(self) -> datetime | None:
        """From when this person reads what happened: all of what they own, and the rest since their own joined it."""
        return None if self.me else followed_since(self.user, self.initiative)

    @cached_property
    def shown(self) -> Initiative:
        """
        The initiative as this person may read it.

        Who only follows it reads no contact details or names of its initiators, and nothing agreed before they came.
        """
        if self.me:
            return self.initiative
        shown = as_outsiders_read(self.initiative)
        agreed_at = shown.landing_signs_agreed_at
        is_told = self.since is None or (agreed_at is not None and agreed_at >= self.since)
        shown.landing_signs = self.told(shown.landing_signs) if is_told else ""
        shown.ended_because = self.told(shown.ended_because)
        return shown

    @cached_property
    def joining(self) -> Joining | None:
        """The question to go on with another idea, for those who answer it."""
        return joining_of(self.initiative) if self.me else None

    @property
    def waits_for_my_answer(self) -> bool:
        return self.joining is not None and self.me in self.joining.waiting

    @cached_property
    def contact(self) -> User | None:
        home = self.initiative.joined_into or self.initiative
        return home.contact_person

    @cached_property
    def contact_role(self) -> str:
        return role_words(self.contact) if self.contact else ""

    @cached_property
    def headline(self) -> str:
        return headline(self.initiative, is_paused=self.pause is not None)

    @cached_property
    def pause(self) -> Pause | None:
        return self.initiative.pauses.filter(ended_at=None).first()

    @cached_property
    def due(self) -> Deadline | None:
        running = self.initiative.deadlines.running().order_by("due_on")
        return due_of(self.initiative, list(running))

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.pause is None and self.due.due_on < clock.today()

    @cached_property
    def handover(self) -> Handover | None:
        running = self._since("offered_at", self.initiative.handovers.running())
        return running.select_related("giver", "receiver").first()

    @cached_property
    def promises(self) -> list[SupportPromise]:
        made = self._since("made_at", self.initiative.promises.select_related("kind"))
        promises = list(made.order_by("before_date", "pk"))
        if self.me is None:
            promises = all_as_outsiders_read(promises)
            for one in promises:
                one.what, one.who = self.told(one.what), self.told(one.who)
                one.dropped_because = self.told(one.dropped_because)
        return promises

    def _since(self, moment: str, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Keep what happened while this person reads along."""
        return rows.filter(**{f"{moment}__gte": self.since}) if self.since else rows

    @property
    def next_promise(self) -> SupportPromise | None:
        return next((one for one in self.promises if one.kept_at is None and one.dropped_at is None), None)

    @property
    def is_promise_late(self) -> bool:
        return self.next_promise is not None and self.next_promise.before_date < clock.today()

    @cached_property
    def posts(self) -> list[Post]:
        return list(posts_of(self.initiative))

    @property
    def unread_post(self) -> Post | None:
        newest = self.posts[0] if self.posts else None
        return newest if newest and not newest.is_from_initiators and newest.read_at is None else None

    @cached_property
    def invitations(self) -> list[Invitation]:
        return list(self.initiative.invitations.waiting(clock.now()).order_by("invited_at"))

    @cached_property
    def consents(self) -> list[Consent]:
        in_force = Consent.objects.in_force().filter(initiator__in=self.owners)
        return list(in_force.select_related("initiator"))

    @cached_property
    def page_consent(self) -> "Agreement":
        return Agreement(self.owners, [one for one in self.consents if one.subject == Consent.Subject.PAGE], self.me)

    @cached_property
    def stories(self) -> list["OwnStory"]:
        told = self.initiative.stories.filter(taken_back_at=None).select_related("told_by", "written_by")
        return [
            OwnStory(
                one, Agreement(self.owners, [given for given in self.consents if given.story_id == one.pk], self.me)
            )
            for one in told.order_by("-told_at", "-pk")
        ]

    @property
    def stories_to_agree(self) -> list["OwnStory"]:
        return [one for one in self.stories if one.agreement.waits_for_me]

    @cached_property
    def joined_from(self) -> list[Initiative]:
        return list(self.initiative.joined_from.all()) if self.me else []

    @cached_property
    def events(self) -> list[Event]:
        return list(self._since("at", events_of(self.initiative)))

    @property
    def entries(self) -> list[dict[str, object]]:
        """What happened, newest first, in the words the initiators read (R6)."""
        told = [(event, entry(event)) for event in reversed(self.events)]
        if self.me:
            return [one for _event, one in told]
        return [
            {**one, "text": self.as_read(event, str(one["text"])), "by": self._by(event, str(one["by"]))}
            for event, one in told
        ]

    def told(self, words: str) -> str:
        """Return what someone at work wrote, as this person reads it (``as_read``)."""
        return words if self.me else without_contact_details(_without_names(words, set(self._people.names)))

    def as_read(self, event: Event, text: str) -> str:
        """Return words of an event: who only follows it reads no contact details, and not who its initiators are."""
        if self.me:
            return text
        return without_contact_details(_without_names(text, {*self._people.names, *self._named_in(event)}))

    def _by(self, event: Event, name: str) -> str:
        return "" if event.by_id in self._people.keys else name

    @cached_property
    def _people(self) -> "People":
        """Everyone who owns or owned it, or was asked to."""
        known = ("user", "user__account", "name", "user__name", "user__account__name")
        keys: set[int] = set()
        names = set(self.initiative.invitations.values_list("name", flat=True))
        for user, account, *called in self.initiative.initiators.values_list(*known):
            keys |= {one for one in (user, account) if one}
            names |= {name for name in called if name}
        return People(frozenset(keys), frozenset(names))

    def _named_in(self, event: Event) -> set[str]:
        """Return how they were called then, as the event says."""
        # What was done by one of them, by nobody, or written down for one of them: then the name is theirs.
        is_theirs = event.by_id is None or event.by_id in self._people.keys or "writer" in event.details
        keys = ("initiator", "invited", "to", "on_behalf_of", *(("name",) if is_theirs else ()))
        return {event.details[key] for key in keys if event.details.get(key)}


@dataclass(frozen=True)
class People:
    """The people of an idea: their accounts, and how they are called."""

    keys: frozenset[int]
    names: frozenset[str]


def _without_names(text: str, names: set[str]) -> str:
    """Put something else in place of names, the longest first."""
    if not names:
        return text
    found = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    told = re.sub(rf"(?<!\w)(?:{found})(?!\w)", _("iemand van dit idee"), text)
    return told[:1].upper() + told[1:]


@dataclass(frozen=True)
class Agreement:
    """Who of the owners said yes to showing something, and whose yes is still waited for (R4)."""

    owners: list[Initiator]
    consents: list[Consent]
    me: Initiator | None

    @property
    def agreed(self) -> list[Initiator]:
        given = {one.initiator_id for one in self.consents}
        return [one for one in self.owners if one.pk in given]

    @property
    def waiting(self) -> list[Initiator]:
        return [one for one in self.owners if one not in self.agreed]

    @property
    def is_mine(self) -> bool:
        return self.me in self.agreed

    @property
    def waits_for_me(self) -> bool:
        """Tell whether someone else said yes, and this initiator did not yet."""
        return bool(self.agreed) and self.me is not None and not self.is_mine


@dataclass(frozen=True)
class OwnStory:
    story: EffectStory
    agreement: Agreement


def headline(initiative: Initiative, *, is_paused: bool) -> str:
    """Say in a few words what happens now."""
    if initiative.joined_into_id:
        return _("Nu: jullie gaan samen verder")
    if is_paused and initiative.is_open:
        return _("Nu: je idee staat even stil")
    return str(HEADLINES[initiative.step])


def due_of(initiative: Initiative, running: list[Deadline]) -> Deadline | None:
    """Return the promise of time that counts at this step, the first kind first."""
    for kind in DUE_KINDS.get(Step(initiative.step), ()):
        for deadline in running:
            if deadline.kind == kind:
                return deadline
    return None


def posts_of(initiative: Initiative) -> QuerySet[Post]:
    return initiative.posts.select_related("by").order_by("-at", "-pk")


def events_of(initiative: Initiative) -> QuerySet[Event]:
    return events.for_initiators(Event.objects.about(initiative)).select_related("by").order_by("at", "pk")


def entry(event: Event) -> dict[str, object]:
    by = event.by.name if event.by else ""
    said = words(event)
    return {"at": event.at, "text": said, "by": by if by not in said else ""}


def words(event: Event) -> str:
    return events.words(event, language=get_language() or "nl")


def day(moment: datetime | date) -> str:
    """Write a day as people say it: with the year only when it is another one."""
    local = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return date_in_words(local, "j F" if local.year == clock.today().year else "j F Y")


def role_words(user: User) -> str:
    """Say what someone does here: "procesbegeleider Parkstad"."""
    roles = user.scopes(Role.Kind.GUIDE, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)
    if not roles:
        return _("contactpersoon")
    name = str(Role.Kind(roles[0].kind).label)
    # German writes its nouns with a capital.
    name = name if get_language() == "de" else name.lower()
    return f"{name} {roles[0].place}" if roles[0].place else name
