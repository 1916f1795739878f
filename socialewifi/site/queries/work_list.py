"""The list of initiatives at work: filtered, searched, sorted, and what there is to choose from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value

from socialewifi.core.redaction import words_to_search
from socialewifi.core.remembered import remembered
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import (
    Channel,
    Deadline,
    Initiative,
    InitiativeQuerySet,
    Initiator,
    InitiatorQuerySet,
    Kind,
    Pause,
    RegionWord,
    Theme,
)
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.queries.likeness import closest_titles
from socialewifi.initiatives.queries.people import colleagues_of, municipalities_of
from socialewifi.people.models import Role, User

NO_PLACE = "geen"
NOBODY = "niemand"
MINE = "ik"
# Two letters are in nearly every title: likeness says something from three on.
SHORTEST_LIKENESS = 3
COLUMNS = (
    "key",
    "title",
    "step",
    "step_since",
    "reported_at",
    "place_words",
    "doubt",
    "joined_into",
    "municipality__name",
    "municipality__subregion",
    "neighbourhood__name",
    "contact_person__name",
    "kind__name",
    "channel__name",
)


@dataclass(frozen=True)
class Filters:
    """What someone asks of the list; an empty word asks nothing."""

    words: str = ""
    step: str = ""
    municipality: str = ""
    theme: str = ""
    contact: str = ""
    channel: str = ""
    kind: str = ""
    is_overdue: bool = False
    order: str = ""


ORDERS: dict[str, tuple[F | str, ...]] = {
    "nieuwste": ("-reported_at", "-id"),
    "oudste": ("reported_at", "id"),
    "langst-in-stap": ("step_since", "id"),
    "naam": ("title", "id"),
}


def work_list(user: User, filters: Filters, *, day: date) -> InitiativeQuerySet:
    """Return what this person may see of what they asked, in the order they asked."""
    asked = _without_words(user, filters, day=day)
    if filters.words:
        asked = asked.filter(pk__in=_matching(filters.words, user))
    return _ordered(asked, filters.order, user)


def much_like_it(user: User, filters: Filters, *, day: date) -> InitiativeQuerySet:
    """Return what looks most like the words, for when nothing matched them."""
    asked = _without_words(user, filters, day=day)
    if _is_outsider_somewhere(user):
        alike = closest_titles(asked, words_to_search(filters.words), in_field="outside_title")
    else:
        alike = closest_titles(asked, filters.words, in_field="title")
    return _ordered(asked.filter(pk__in=alike), filters.order, user)


def _is_outsider_somewhere(user: User) -> bool:
    """Tell whether this person may see initiatives of which they read no contact details (R15)."""
    return user.has_role(Role.Kind.AMBASSADOR) or not rules.can_work_somewhere(user)


def rows_for(user: User, keys: Sequence[int], *more: "Prefetch[str]") -> list[Initiative]:
    """Fetch what a row of the list shows, in the order of these keys, as this person may read it."""
    rows = _rows_by_key(keys, *more)
    return [one if rules.can_see_contact_details(user, one) else as_outsiders_read(one) for one in rows]


def _rows_by_key(keys: Sequence[int], *more: "Prefetch[str]") -> list[Initiative]:
    running = Deadline.objects.running().order_by("due_on")
    paused = Exists(Pause.objects.filter(initiative=OuterRef("pk"), ended_at=None))
    found = (
        Initiative.objects.filter(pk__in=keys)
        .select_related("municipality", "neighbourhood", "contact_person", "kind", "channel")
        .only(*COLUMNS)
        .prefetch_related(Prefetch("deadlines", queryset=running, to_attr="running_deadlines"), "interests", *more)
        .annotate(is_paused=paused)
    )
    rows = {one.pk: one for one in found}
    return [rows[key] for key in keys if key in rows]


def _without_words(user: User, filters: Filters, *, day: date) -> InitiativeQuerySet:
    asked = Initiative.objects.visible_to(user)
    for name, keep in _KEEP.items():
        if value := getattr(filters, name):
            asked = asked.filter(keep(value, user))
    if filters.is_overdue:
        asked = asked.filter(pk__in=Deadline.objects.overdue(day).values("initiative"))
    return asked if filters.words else asked.not_joined()


def _matching(words: str, user: User) -> QuerySet[Any, Any]:
    """
    Find what has these words, of each initiative in what this person reads of it (R15).

    Who may also be an outsider searches in what they see whole, and in what outsiders read of the rest.
    """
    if not _is_outsider_somewhere(user):
        return _in_all(words, Initiative.objects.all(), Initiator.objects.current())
    outside = _in_what_outsiders_read(words_to_search(words))
    if not rules.can_work_somewhere(user):
        return outside
    whole = Initiative.objects.detailed_for(user)
    return outside.union(_in_all(words, whole, Initiator.objects.current().filter(initiative__in=whole.values("pk"))))


def _in_all(words: str, whole: InitiativeQuerySet, initiators: InitiatorQuerySet) -> QuerySet[Any, Any]:
    """Find words of the idea in Dutch, a part of the title, and an initiator by name, number or address."""
    told = whole.filter(search=SearchQuery(words, search_type="websearch", config="dutch")).values("pk")
    if len(words) < SHORTEST_LIKENESS:
        return told
    return told.union(
        whole.filter(title__trigram_word_similar=words).values("pk"),
        initiators.filter(name__trigram_word_similar=words).values("initiative"),
        initiators.reached_by(words).values("initiative"),
    )


def _in_what_outsiders_read(words: str) -> QuerySet[Any, Any]:
    """Find words of the idea and a part of the title as outsiders read them: never who it is from, or its street."""
    query = SearchQuery(words, search_type="websearch", config="dutch")
    told = Initiative.objects.filter(outside_search=query).values("pk")
    if len(words) < SHORTEST_LIKENESS:
        return told
    return told.union(Initiative.objects.filter(outside_title__trigram_word_similar=words).values("pk"))


def _ordered(found: InitiativeQuerySet, order: str, user: User) -> InitiativeQuerySet:
    if order == "naam" and _is_outsider_somewhere(user):
        # An order of what is left out would tell it, one idea beside another.
        return found.order_by("outside_title", "id")
    if order == "eerst-klaar":
        running = Deadline.objects.filter(initiative=OuterRef("pk"), met_at=None, dropped_at=None)
        first = Subquery(running.order_by("due_on").values("due_on")[:1])
        return found.annotate(due_on=first).order_by(F("due_on").asc(nulls_last=True), "-id")
    return found.order_by(*ORDERS.get(order, ORDERS["nieuwste"]))


def _in_place(slug: str, _user: User) -> Q:
    return Q(municipality=None) if slug == NO_PLACE else Q(municipality__slug=slug)


def _with_contact(who: str, user: User) -> Q:
    if who == NOBODY:
        return Q(contact_person=None)
    return Q(contact_person=user) if who == MINE else Q(contact_person__public_id=who)


_KEEP: dict[str, Callable[[str, User], Q]] = {
    "step": lambda step, _user: Q(step=step),
    "municipality": _in_place,
    "theme": lambda code, _user: Q(themes__code=code),
    "contact": _with_contact,
    "channel": lambda code, _user: Q(channel__code=code),
    "kind": lambda code, _user: Q(kind__code=code),
}


@dataclass(frozen=True)
class Choices:
    """What the filters offer to this person: value and words."""

    municipalities: list[tuple[str, str]]
    contacts: list[tuple[str, str]]
    themes: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    channels: list[tuple[str, str]]


def choices_for(user: User, *, day: date) -> Choices:
    """Return the municipalities and colleagues this person works with, and the words of the region."""
    words = _region_words(Theme, Kind, Channel)
    return Choices(
        municipalities=list(municipalities_of(user).order_by("name").values_list("slug", "name")),
        contacts=[(str(one), name) for one, name in colleagues_of(user, day=day).values_list("public_id", "name")],
        themes=words[Theme],
        kinds=words[Kind],
        channels=words[Channel],
    )


@remembered
def _region_words(*lists: type[RegionWord]) -> dict[type[RegionWord], list[tuple[str, str]]]:
    """Return several lists of the region in one question, each in its own order."""
    parts = [
        model._default_manager.annotate(place=Value(place)).values_list("place", "position", "code", "name")
        for place, model in enumerate(lists)
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("place", "position")
    found: dict[type[RegionWord], list[tuple[str, str]]] = {model: [] for model in lists}
    for place, _position, code, name in rows:
        found[lists[place]].append((code, name))
    return found
