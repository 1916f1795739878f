"""What is measured, what it may cost, and which addresses are asked in turn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from urllib.parse import quote_plus

from bench.fill import Filled
from bench.lives import Life
from bench.words import USUAL
from bench.writing import key_of
from socialewifi.assessment.models import PanelSeat
from socialewifi.initiatives.models import Initiative
from socialewifi.people.models import User
from socialewifi.places.models import Municipality

# Targets: Python calls, and times the yardstick page (architecture, "Qualities").
PUBLIC, LIST, ONE, REPORT = (11_000, 3), (70_000, 12), (28_000, 7), (45_000, 8)
# Enough to keep any cache from answering everything.
ADDRESSES = 240


@dataclass
class Page:
    """One line of the table: at most so many Python calls, and so many times as long as the yardstick page."""

    name: str
    calls: int
    times: float
    paths: Sequence[str]
    # Words without which it is another page, such as the one for signing in.
    shows: str
    who: str = ""
    # Whether more rows may slow it down a little at most.
    grows: bool = False
    # Whether it is drawn once per change; its target is for whoever asks it after that.
    kept: bool = False
    # The form that is sent to each path; without it the path is looked at.
    bodies: Sequence[str] = field(default_factory=list)


@dataclass(frozen=True)
class Visitors:
    guide: User
    coordinator: User
    member: User


def pages(filled: Filled, visitors: Visitors) -> list[Page]:
    """Return every page to measure, with addresses from all over what was filled."""
    return [*_public(filled), *_work(filled, visitors.guide), *_whole_region(), *_panel(visitors.member)]


def _public(filled: Filled) -> list[Page]:
    published = [life for life in filled.lives if life.published_at][:: _step(filled, 4)]
    own = [f"/initiatieven/{_initiative(life).slug}/" for life in published[:ADDRESSES]]
    places = Municipality.objects.order_by("pk").values_list("slug", flat=True)
    lists = ["/initiatieven/", *(f"/initiatieven/?page={n}" for n in range(2, 6))]
    lists += [f"/initiatieven/?gemeente={place}" for place in places]
    return [
        Page("public home", *PUBLIC, ["/"], "Vertel"),
        Page("public list", *PUBLIC, lists, "/initiatieven/", grows=True, kept=True),
        Page("public search", *PUBLIC, _searches("/initiatieven/?zoek="), "/initiatieven/", grows=True, kept=True),
        Page("public initiative page", *PUBLIC, own, "<h1", kept=True),
    ]


def _work(filled: Filled, guide: User) -> list[Page]:
    mine = [life for life in filled.lives if life.contact and life.contact.pk == guide.pk]
    own = [f"/werk/initiatieven/{key_of(life.pk)}/" for life in mine[:ADDRESSES]]
    at_work = "/werk/initiatieven/"
    lists = [at_work, *(f"{at_work}?page={n}" for n in range(2, 6))]
    return [
        Page("today", *LIST, ["/werk/"], "<h1", "guide", grows=True),
        Page("staff list", *LIST, lists, at_work, "guide", grows=True),
        Page("staff filters", *LIST, list(_filters(at_work)), "<h1", "guide", grows=True),
        Page("staff search", *LIST, _searches(f"{at_work}?zoek="), "<h1", "guide", grows=True),
        Page("staff initiative page", *ONE, own, "<h1", "guide"),
    ]


def _whole_region() -> list[Page]:
    at_work = "/werk/initiatieven/"
    return [
        Page("list, whole region", *LIST, [at_work, f"{at_work}?page=3"], at_work, "coordinator", grows=True),
        Page("search, whole region", *LIST, _searches(f"{at_work}?zoek="), "<h1", "coordinator", grows=True),
    ]


def _panel(member: User) -> list[Page]:
    seats = PanelSeat.objects.visible_to(member).waiting().order_by("pk").values_list("pk", flat=True)
    own = [f"/meekijken/{seat}/" for seat in seats[:ADDRESSES]]
    return [
        Page("panel list", *LIST, ["/meekijken/"], "<h1", "member"),
        Page("panel page", *ONE, own, "<h1", "member"),
    ]


def _searches(path: str) -> list[str]:
    """Ask for what is everywhere, what is rare, two words at once, a mistake in typing, and what is not there."""
    asked = [*USUAL, "molenkippenren", "mijnkoor", "dijkbibliotheek", "moestuin kinderen", "fietsen maken"]
    asked += ["moetsuin", "wandelgroeb", '"samen koken"', "koffie -thee", "xylofoonles", "huiskamer ouderen", "het"]
    return [f"{path}{quote_plus(words)}" for words in asked]


def _filters(path: str) -> Iterator[str]:
    steps = ["reported", "exploring", "assessing", "supporting", "landed", "withdrawn"]
    orders = ["", "oudste", "eerst-klaar", "langst-in-stap", "naam"]
    for step, order in product(steps, orders):
        yield f"{path}?stap={step}&volgorde={order}"
    for more in ("te_laat=on", "contact=ik", "contact=niemand", "gemeente=geen", "thema=green", "kanaal=phone"):
        yield f"{path}?{more}"
        yield f"{path}?{more}&volgorde=eerst-klaar"


def _initiative(life: Life) -> Initiative:
    return Initiative(title=life.title, key=key_of(life.pk))


def _step(filled: Filled, share: int) -> int:
    return max(1, len(filled.lives) // ADDRESSES // share)
