"""What everyone may see of initiatives: what is published, and of that only what is concluded (R4, R9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from socialewifi.core.redaction import words_to_search
from socialewifi.initiatives.models import EffectStory, Initiative, InitiativeQuerySet, Kind, Step, Theme
from socialewifi.initiatives.queries.likeness import closest_titles
from socialewifi.initiatives.queries.words import in_use
from socialewifi.places.models import Municipality, Neighbourhood
from socialewifi.places.queries import municipalities, names

# Nobody pages further than this.
MOST = 1000
# Two letters are in the names of far too many places.
MOST_PLACES = 50
# So few are put in order of how well they fit; more are shown newest first.
RANKED = 200
NEWEST = ("-published_at", "-id")
# What a card shows; the plan itself is never read here.
SHOWN = (
    "key",
    "title",
    "public_text",
    "published_at",
    "step",
    "municipality__name",
    "municipality__slug",
    "neighbourhood__name",
)


# What is shown of a story, and of its initiative beside it.
STORY = (
    *("title", "body", "told_at", "published_at", "initiative__title"),
    *("initiative__published_at", "initiative__joined_into"),
)


@dataclass(frozen=True)
class Wish:
    """What someone looks for."""

    words: str = ""
    municipality: str = ""
    theme: str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.municipality or self.theme or self.kind)


@dataclass(frozen=True)
class Found:
    """What was found; ``is_alike`` when nothing matched and these only look like it."""

    rows: QuerySet[Initiative]
    # Counted up to ``MOST``: nobody pages further, and a longer list costs no more time.
    total: int
    is_alike: bool = False

    @property
    def is_more(self) -> bool:
        return self.total >= MOST


@dataclass(frozen=True)
class Card:
    """What everyone reads of an initiative at a glance."""

    title: str
    url: str
    place: str
    state: str
    text: str
    # The name of each theme, and the tone of its tag.
    themes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, initiative: Initiative) -> "Card":
        return cls(
            title=initiative.title_for_all,
            url=reverse("initiative-public", args=[initiative.slug]),
            place=_place(initiative),
            state=_state(initiative),
            text=initiative.public_text,
            themes=tuple((str(theme.label), theme.colour) for theme in initiative.themes.all()),
        )


@dataclass(frozen=True)
class Tile:
    """A municipality on the schematic map, with how many of its initiatives everyone can see."""

    name: str
    short: str
    count: int
    level: str
    row: int
    column: int
    url: str
    here: bool


def public_rows() -> QuerySet[Initiative]:
    """Return the published initiatives, newest first, with what a card shows."""
    return _shown(Initiative.objects.published()).order_by(*NEWEST)


def newest(*, count: int) -> QuerySet[Initiative]:
    """Return the newest of the published initiatives."""
    return public_rows()[:count]


def newest_stories(*, count: int) -> QuerySet[EffectStory]:
    """Return the newest of the published stories."""
    return stories()[:count]


def find(wish: Wish) -> Found:
    """Return the published initiatives someone looks for; where nothing has the words, those with a title alike."""
    rows = _narrowed(Initiative.objects.published(), wish)
    if not wish.words:
        return Found(_shown(rows).order_by(*NEWEST), _total(rows))
    words = words_to_search(wish.words)
    if not words:
        return Found(_shown(rows.none()), 0)
    query = SearchQuery(words, config="dutch", search_type="websearch")
    matching = rows.filter(Q(public_search=query) | _in_places_called(words))
    total = _total(matching)
    if total == 0:
        alike = closest_titles(rows, words, in_field="outside_title")
        return Found(_shown(rows.filter(pk__in=alike)).order_by(*NEWEST), len(alike), is_alike=bool(alike))
    if total <= RANKED:
        ranked = _shown(matching).annotate(rank=SearchRank(F("public_search"), query))
        return Found(ranked.order_by("-rank", *NEWEST), total)
    return Found(_shown(matching).order_by(*NEWEST), total)


def the_public(key: str) -> Initiative:
    """
    Return one published initiative.

    :raises Initiative.DoesNotExist: if there is none, or it is not for everyone to see
    """
    return public_rows().get(key=key)


def near(initiative: Initiative, count: int) -> list[Initiative]:
    """Return the newest others in the same municipality."""
    if initiative.municipality_id is None:
        return []
    others = public_rows().filter(municipality=initiative.municipality_id).exclude(pk=initiative.pk)
    return list(others[:count])


def stories() -> QuerySet[EffectStory]:
    """Return the published stories, newest first."""
    return (
        EffectStory.objects.filter(published_at__isnull=False, taken_back_at=None)
        .select_related("initiative")
        .only(*STORY)
        .order_by(*NEWEST)
    )


def tiles(places: Sequence[Municipality], *, here: str = "") -> tuple[Tile, ...]:
    """Return the schematic map; the darkest third of the tiles has the most."""
    counts = dict(_counts())
    most = max(counts.values(), default=0)
    return tuple(
        Tile(
            name=place.name,
            short=place.short_name or place.name,
            count=counts.get(place.pk, 0),
            level=_level(counts.get(place.pk, 0), most),
            row=place.tile_row,
            column=place.tile_column,
            url=f"{reverse('initiative-list')}?gemeente={place.slug}",
            here=place.slug == here,
        )
        for place in places
    )


def _place(initiative: Initiative) -> str:
    """Return the place in words; never as it was typed, for that can be someone's address."""
    known = [str(place) for place in (initiative.neighbourhood, initiative.municipality) if place]
    # A place can be called as its municipality: Vaals in Vaals.
    return ", ".join(dict.fromkeys(known))


def _state(initiative: Initiative) -> str:
    """Return where it stands, as far as everyone may know: nothing of what is still being weighed (R9)."""
    if initiative.step in {Step.SUPPORTING, Step.SUSTAINING}:
        return _("Is bezig")
    return _("Staat op eigen benen") if initiative.step == Step.LANDED else _("Idee")


def _shown(rows: InitiativeQuerySet) -> QuerySet[Initiative]:
    return rows.select_related("municipality", "neighbourhood").prefetch_related("themes").only(*SHOWN)


def _narrowed(rows: InitiativeQuerySet, wish: Wish) -> InitiativeQuerySet:
    """Keep what is in this municipality, about this theme and of this kind; by their keys, so without another table."""
    if wish.municipality:
        rows = rows.filter(municipality__in=[place.pk for place in municipalities() if place.slug == wish.municipality])
    if wish.theme:
        rows = rows.filter(themes__in=[theme.pk for theme in in_use(Theme) if theme.code == wish.theme])
    if wish.kind:
        rows = rows.filter(kind__in=[kind.pk for kind in in_use(Kind) if kind.code == wish.kind])
    return rows


def _in_places_called(words: str) -> Q:
    asked = words.casefold()
    towns = [pk for pk, name in names(Municipality) if asked in name.casefold()]
    parts = [pk for pk, name in names(Neighbourhood) if asked in name.casefold()]
    return Q(municipality__in=towns) | Q(neighbourhood__in=parts[:MOST_PLACES])


def _total(rows: InitiativeQuerySet) -> int:
    return rows[:MOST].count()


def _counts() -> QuerySet[Initiative, tuple[int, int]]:
    """Count what each municipality shows, in an index that holds nothing else."""
    counted = Initiative.objects.published().filter(municipality__isnull=False).values_list("municipality")
    return counted.annotate(number=Count("*")).order_by()


def _level(count: int, most: int) -> str:
    if count == 0:
        return ""
    return "abc"[min(2, 3 * (count - 1) // most)]
