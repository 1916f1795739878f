"""
What happens to each invented initiative: where it is, how far it came, who owns it, who is its contact.

Nothing is written here; the modules beside it write the rows that these lives leave behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bench.cast import Cast, Owner, Person, Residents
from bench.words import Words
from socialewifi.initiatives.models import Step
from socialewifi.places.models import Municipality

# How many of a hundred stand where, and since when at most (in days) they were reported. Four years of work leave
# behind far more that is over than what is on the road now.
STEPS = {
    Step.REPORTED: (2, (0, 12)),
    Step.EXPLORING: (6, (4, 60)),
    Step.ASSESSING: (2, (18, 90)),
    Step.SUPPORTING: (8, (40, 400)),
    Step.SUSTAINING: (10, (120, 900)),
    Step.LANDED: (22, (250, 1460)),
    Step.REDIRECTED: (8, (40, 1400)),
    Step.DECLINED: (6, (40, 1400)),
    Step.WITHDRAWN: (36, (5, 1400)),
}
# The moments of each road, with how many days lie between them.
GAPS = {"contact": (0.2, 5), "opened": (4, 18), "weighed": (6, 24), "sustained": (30, 200), "landed": (60, 400)}
MOMENTS = {
    Step.REPORTED: [],
    Step.EXPLORING: ["contact"],
    Step.ASSESSING: ["contact", "opened"],
    Step.SUPPORTING: ["contact", "opened", "weighed"],
    Step.SUSTAINING: ["contact", "opened", "weighed", "sustained"],
    Step.LANDED: ["contact", "opened", "weighed", "sustained", "landed"],
    Step.REDIRECTED: ["contact", "opened", "weighed"],
    Step.DECLINED: ["contact", "opened", "weighed"],
    Step.WITHDRAWN: ["contact"],
}
SHOWN = (Step.SUPPORTING, Step.SUSTAINING, Step.LANDED)


@dataclass(slots=True)
class Happening:
    """Something that will stand in the timeline, and perhaps also as a row of its own."""

    at: datetime
    kind: str
    by: int | None
    details: dict[str, str | int] = field(default_factory=dict)


@dataclass(slots=True)
class Place:
    subregion: int
    municipality: int | None
    name: str
    neighbourhood: int | None = None


@dataclass(slots=True)
class Life:
    """One initiative, from being told until now."""

    pk: int
    title: str
    place: Place
    step: Step
    reported_at: datetime
    moments: dict[str, datetime]
    owners: list[Owner]
    contact: Person | None
    # What neighbours may read, and the story that was told; none of it unless every owner said yes.
    published_at: datetime | None = None
    story: str = ""
    happenings: list[Happening] = field(default_factory=list)

    @property
    def since(self) -> datetime:
        return max([self.reported_at, *self.moments.values()])

    @property
    def is_open(self) -> bool:
        return self.step in (Step.REPORTED, Step.EXPLORING, Step.ASSESSING, Step.SUPPORTING, Step.SUSTAINING)

    def happens(self, at: datetime, kind: str, by: int | None, **details: str | int) -> None:
        self.happenings.append(Happening(at, kind, by, details))


class Living:
    """Makes lives, spread over the region's municipalities and over four years."""

    def __init__(self, words: Words, cast: Cast, *, at: datetime) -> None:
        self.words, self.cast, self.at = words, cast, at
        self.chance: Random = words.chance
        self.residents = Residents(words, cast.next_pk)
        self.places = list(_places())
        # Larger places have more of everything.
        self.weights = [1 / (1 + n % 7) for n in range(len(self.places))]

    def lives(self, count: int) -> Iterator[Life]:
        shares = [share for share, _age in STEPS.values()]
        for pk, step in enumerate(self.chance.choices(list(STEPS), shares, k=count), start=1):
            yield self._life(pk, step)

    def _life(self, pk: int, step: Step) -> Life:
        place = self.chance.choices(self.places, self.weights)[0]
        reported_at = self.at - timedelta(days=self.chance.uniform(*STEPS[step][1]))
        has_contact = "contact" in MOMENTS[step]
        life = Life(
            pk=pk,
            title=self.words.title(place.name),
            place=self._vaguer(place) if step == Step.REPORTED else place,
            step=step,
            reported_at=reported_at,
            moments=self._moments(step, reported_at),
            owners=self.residents.owners(),
            contact=self.chance.choice(self.cast.guides[place.subregion]) if has_contact else None,
        )
        if step in SHOWN and self.chance.random() < 0.7:
            life.published_at = self._between(life.moments["weighed"])
            if self.chance.random() < 0.4:
                life.story = self.words.title(place.name)
        return life

    def _vaguer(self, place: Place) -> Place:
        """Now and then it is not known where it is."""
        return Place(place.subregion, None, place.name) if self.chance.random() < 0.1 else place

    def _moments(self, step: Step, began: datetime) -> dict[str, datetime]:
        days = [self.chance.uniform(*GAPS[name]) for name in MOMENTS[step]]
        age = (self.at - began) / timedelta(days=1)
        pace = min(1.0, 0.95 * age / sum(days)) if days else 1.0
        moments, at = {}, began
        for name, gap in zip(MOMENTS[step], days, strict=True):
            at += timedelta(days=gap * pace)
            moments[name] = at
        if step == Step.WITHDRAWN:
            moments["withdrawn"] = self._between(at)
        return moments

    def _between(self, start: datetime) -> datetime:
        """Return some moment between this one and now, rather soon."""
        return start + (self.at - start) * self.chance.random() ** 2


def _places() -> Iterator[Place]:
    for municipality in Municipality.objects.prefetch_related("neighbourhoods").order_by("pk"):
        neighbourhoods = [(one.pk, one.name) for one in municipality.neighbourhoods.all()]
        for pk, name in neighbourhoods or [(None, municipality.name)]:
            yield Place(municipality.subregion_id, municipality.pk, name, pk)
