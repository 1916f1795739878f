"""Writing each life: the initiative with its plan, its owners, and what everyone may see with their consent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.cast import Owner
from bench.copying import copy_in, go_on_counting
from bench.lives import Life
from bench.words import Words
from socialewifi.initiatives.models import (
    OUTSIDE,
    PLAN_FIELDS,
    SEARCHED,
    Channel,
    Consent,
    EffectStory,
    Initiative,
    Initiator,
    Interest,
    Kind,
    PlanVersion,
    Step,
    TargetGroup,
    Theme,
    as_outsiders_search,
)
from socialewifi.people.models import Organisation

NOT_WEIGHED = (Step.REPORTED, Step.EXPLORING, Step.ASSESSING, Step.WITHDRAWN)
INITIATIVE = [
    *("id", "key", "kind", "municipality", "neighbourhood", "place_words", "channel", "reported_at", "step"),
    *("step_since", "contact_person", "weighed_at", "ended_because", "redirected_to", "landing_signs"),
    *("landing_signs_agreed_at", "public_text", "published_at", *PLAN_FIELDS, *OUTSIDE),
]


@dataclass(frozen=True)
class Choices:
    """The region's words to choose from."""

    channels: list[tuple[int, str]]
    kinds: list[int]
    themes: list[int]
    groups: list[int]
    partners: list[int]

    @classmethod
    def of_region(cls) -> "Choices":
        return cls(
            channels=list(Channel.objects.order_by("pk").values_list("pk", "name")),
            kinds=list(Kind.objects.order_by("pk").values_list("pk", flat=True)),
            themes=list(Theme.objects.order_by("pk").values_list("pk", flat=True)),
            groups=list(TargetGroup.objects.order_by("pk").values_list("pk", flat=True)),
            partners=list(Organisation.objects.filter(is_next_door=True).order_by("pk").values_list("pk", flat=True)),
        )

    def channel(self, life: Life) -> tuple[int, str]:
        return self.channels[life.pk % len(self.channels)]


class Plans:
    """The words of each plan: the same for the initiative and for its versions."""

    def __init__(self, lives: Sequence[Life], words: Words) -> None:
        self._of = {life.pk: self._plan(life, words) for life in lives}

    def of(self, life: Life) -> tuple[object, ...]:
        return self._of[life.pk]

    def outside(self, life: Life) -> tuple[str, str]:
        """Return what outsiders search in of this plan."""
        told = dict(zip(PLAN_FIELDS, self._of[life.pk], strict=True))
        return as_outsiders_search(**{name: str(told[name]) for name in SEARCHED})

    def _plan(self, life: Life, words: Words) -> tuple[object, ...]:
        here, chance = life.place.name, words.chance
        said = {
            "title": life.title,
            "idea": words.text(here, chance.randrange(2, 6)),
            "participants": f"{words.people()} en {words.people()}",
            "audience": words.people(),
            "existing": words.text(here, 1),
            "effect": words.text(here, 1),
            "needs": words.need(),
            "asked_before": words.message(here) if chance.random() < 0.3 else "",
            "amount_asked": chance.randrange(100, 5000, 50) if chance.random() < 0.5 else None,
        }
        return tuple(said.get(name, "") for name in PLAN_FIELDS)


def write_initiatives(lives: Sequence[Life], plans: Plans, words: Words, choices: Choices) -> None:
    copy_in(Initiative, INITIATIVE, (_initiative(life, plans, words, choices) for life in lives))
    go_on_counting(Initiative)
    chance = words.chance
    for many, pks in ((Initiative.themes, choices.themes), (Initiative.target_groups, choices.groups)):
        other = many.rel.model._meta.model_name
        chosen = ((life.pk, pk) for life in lives for pk in chance.sample(pks, min(len(pks), 1 + life.pk % 2)))
        copy_in(many.through, ["initiative", other], chosen)


def _initiative(life: Life, plans: Plans, words: Words, choices: Choices) -> tuple[object, ...]:
    place, here = life.place, life.place.name
    weighed_at = None if life.step in NOT_WEIGHED else life.moments["weighed"]
    has_landed = life.step == Step.LANDED
    return (
        *(life.pk, key_of(life.pk), words.chance.choice(choices.kinds), place.municipality, place.neighbourhood),
        *(here, choices.channel(life)[0], life.reported_at, life.step, life.since),
        *(life.contact.pk if life.contact else None, weighed_at),
        words.message(here) if life.step in (Step.DECLINED, Step.WITHDRAWN) else "",
        choices.partners[life.pk % len(choices.partners)] if life.step == Step.REDIRECTED else None,
        *((words.message(here), life.moments["sustained"]) if has_landed else ("", None)),
        *(words.text(here, 3) if life.published_at else "", life.published_at),
        *plans.of(life),
        *plans.outside(life),
    )


def key_of(pk: int) -> str:
    """Return the part of the addresses that tells this initiative from the others."""
    return f"b{pk:07}"


def write_versions(lives: Sequence[Life], plans: Plans, words: Words) -> None:
    """Every initiative has its first plan; a part of them was edited once."""

    def rows() -> Iterator[tuple[object, ...]]:
        for life in lives:
            yield life.pk, 1, life.reported_at, life.owners[0].user, *plans.of(life)
            if words.chance.random() < 0.3:
                yield life.pk, 2, life.since, life.owners[0].user, *plans.of(life)

    copy_in(PlanVersion, ["initiative", "number", "at", "by", *PLAN_FIELDS], rows())


def write_owners(lives: Sequence[Life]) -> None:
    owned = [(life, owner) for life in lives for owner in life.owners]
    columns = ["id", "initiative", "user", "name", "email", "phone", "preferred_channel", "joined_at"]
    rows = (
        (owner.pk, life.pk, owner.user, owner.name, owner.email, owner.phone, _way(owner), life.reported_at)
        for life, owner in owned
    )
    copy_in(Initiator, columns, rows)
    go_on_counting(Initiator)
    columns = ["user", "initiative", "relation", "declared_at"]
    copy_in(Interest, columns, ((owner.user, life.pk, "own", life.reported_at) for life, owner in owned))


def _way(owner: Owner) -> str:
    return "email" if owner.email else "phone"


def write_what_is_shown(lives: Sequence[Life], words: Words) -> None:
    """Write the stories, and the consent of every owner to each page and story."""
    told = {life.pk: (pk, life) for pk, life in enumerate((one for one in lives if one.story), start=1)}
    columns = ["id", "initiative", "title", "body", "told_at", "told_by", "published_at"]
    copy_in(EffectStory, columns, (_story(pk, life, words) for pk, life in told.values()))
    go_on_counting(EffectStory)

    def consents() -> Iterator[tuple[object, ...]]:
        for life in lives:
            if life.published_at:
                yield from _consents(life, "page", None, life.published_at)
                if life.story:
                    yield from _consents(life, "story", told[life.pk][0], life.published_at)

    columns = ["initiator", "subject", "story", "given_at", "given_through", "recorded_by"]
    copy_in(Consent, columns, consents())


def _story(pk: int, life: Life, words: Words) -> tuple[object, ...]:
    at, body = life.published_at, words.text(life.place.name, 6)
    return pk, life.pk, life.story, body, at, life.owners[0].user, at


def _consents(life: Life, subject: str, story: int | None, at: datetime) -> Iterator[tuple[object, ...]]:
    for owner in life.owners:
        yield owner.pk, subject, story, at, _way(owner), owner.user
