"""The weighing that each life went through: criteria, a panel's advices, the municipality's answer and the route."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from bench.cast import Cast, Person
from bench.copying import copy_in, go_on_counting
from bench.lives import Life
from bench.words import Words
from socialewifi.assessment.models import (
    AmbassadorQuestion,
    Assessment,
    Criterion,
    CriterionScore,
    PanelAdvice,
    PanelSeat,
    RoutePart,
    Trigger,
)
from socialewifi.core.workdays import add_workdays
from socialewifi.initiatives.models import Step, SupportKind

QUORUM = 3
SEATS = 4
OUTCOMES = {Step.REDIRECTED: "redirect", Step.DECLINED: "decline"}


@dataclass(slots=True)
class Weighing:
    pk: int
    life: Life
    coordinator: Person
    members: list[Person]
    # Who gave advice, what it was, and when.
    advices: list[tuple[Person, str, datetime]]
    trigger: int | None

    @property
    def opened_at(self) -> datetime:
        return self.life.moments["opened"]

    @property
    def weighed_at(self) -> datetime | None:
        return self.life.moments.get("weighed")

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.life.step, "support")


def weighings(lives: list[Life], words: Words, cast: Cast) -> list[Weighing]:
    """Return a weighing for every life that came so far, and tell it in its timeline."""
    triggers = list(Trigger.objects.order_by("pk").values_list("pk", flat=True))
    found = [life for life in lives if "opened" in life.moments]
    weighed = [_weighing(pk, life, words.chance, cast, triggers) for pk, life in enumerate(found, start=1)]
    for one in weighed:
        _tell(one, cast)
    return weighed


def _weighing(pk: int, life: Life, chance: Random, cast: Cast, triggers: list[int]) -> Weighing:
    members = chance.sample(cast.panel, SEATS)
    ended = "weighed" in life.moments
    # In a panel that still weighs, who answered did so within the first days.
    start = life.moments["opened"]
    end = life.moments.get("weighed", start + timedelta(hours=6))
    count = QUORUM if ended else chance.randrange(SEATS)
    choices = chance.choices(["do", "do_with_tip", "doubt"], [55, 30, 15], k=count)
    return Weighing(
        pk=pk,
        life=life,
        coordinator=cast.coordinators[life.place.subregion],
        members=members,
        advices=[
            (member, choice, start + (end - start) * chance.random())
            for member, choice in zip(members, choices, strict=False)
        ],
        trigger=chance.choice(triggers) if triggers and chance.random() < 0.25 else None,
    )


def _tell(one: Weighing, cast: Cast) -> None:
    life, by = one.life, one.coordinator.pk
    life.happens(one.opened_at, "assessment.assessment.opened", by, members=SEATS, due="over drie weken")
    for member, _choice, at in one.advices:
        life.happens(at, "assessment.advice.given", member.pk)
    if one.trigger:
        details = {"municipality": life.place.name, "because": "een vergunning"}
        life.happens(one.opened_at, "assessment.municipality.asked", by, **details)
    if one.weighed_at:
        if one.trigger:
            words = {"municipality": life.place.name, "answer": "Akkoord", "words": ""}
            ambassador = cast.ambassadors[life.place.municipality or 0]
            life.happens(_answered_at(one), "assessment.municipality.answered", ambassador.pk, **words)
        kind = "assessment.assessment.concluded"
        life.happens(one.weighed_at, kind, by, outcome=one.outcome, reason="Inwoners dragen het.")


def write_weighings(weighed: list[Weighing], words: Words, cast: Cast) -> None:
    """Write the weighings as open ones with all that belongs to them, and then what ended them."""
    columns = ["id", "initiative", "opened_at", "opened_by", "quorum", "panel_closes_at"]
    copy_in(Assessment, columns, map(_opened, weighed))
    copy_in(Assessment.triggers.through, ["assessment", "trigger"], ((one.pk, one.trigger) for one in _asked(weighed)))
    _write_questions(weighed, cast)
    _write_panel(weighed, words)
    criteria = list(Criterion.objects.filter(group="base").order_by("pk").values_list("pk", flat=True))
    copy_in(CriterionScore, ["assessment", "criterion", "answer", "why"], _scores(weighed, words, criteria))
    columns = ["assessment", "kind", "support_kind", "reason"]
    copy_in(RoutePart, columns, _parts(weighed, words, list(SupportKind.objects.values_list("pk", flat=True))))
    for model in (Assessment, PanelSeat):
        go_on_counting(model)
    _conclude(weighed)


def _opened(one: Weighing) -> tuple[object, ...]:
    at, closes_at = one.opened_at, one.opened_at + timedelta(days=7)
    return one.pk, one.life.pk, at, one.coordinator.pk, QUORUM, closes_at


def _asked(weighed: list[Weighing]) -> Iterator[Weighing]:
    return (one for one in weighed if one.trigger)


def _answered_at(one: Weighing) -> datetime:
    return one.opened_at + ((one.weighed_at or one.opened_at) - one.opened_at) / 2


def _write_questions(weighed: list[Weighing], cast: Cast) -> None:
    columns = ["assessment", "municipality", "question", "asked_at", "asked_by", "due_on"]
    columns += ["answer", "answered_at", "answered_by"]

    def rows() -> Iterator[tuple[object, ...]]:
        for one in _asked(weighed):
            place = one.life.place.municipality or 0
            due_on = add_workdays(timezone.localdate(one.opened_at), 5)
            question = (one.pk, place, "Mag dit hier?", one.opened_at, one.coordinator.pk, due_on)
            answered = ("agree", _answered_at(one), cast.ambassadors[place].pk) if one.weighed_at else ("", None, None)
            yield (*question, *answered)

    copy_in(AmbassadorQuestion, columns, rows())


def _write_panel(weighed: list[Weighing], words: Words) -> None:
    seats: list[tuple[object, ...]] = []
    advices: list[tuple[object, ...]] = []
    for one in weighed:
        given = {member.pk: (choice, at) for member, choice, at in one.advices}
        for member in one.members:
            seats.append((len(seats) + 1, one.pk, member.pk, one.opened_at, one.coordinator.pk))
            if member.pk in given:
                choice, at = given[member.pk]
                advices.append((len(seats), choice, words.message(one.life.place.name), at))
    copy_in(PanelSeat, ["id", "assessment", "member", "invited_at", "invited_by"], seats)
    copy_in(PanelAdvice, ["seat", "choice", "reason", "given_at"], advices)


def _scores(weighed: list[Weighing], words: Words, criteria: list[int]) -> Iterator[tuple[object, ...]]:
    for one in weighed:
        if one.weighed_at:
            for criterion in criteria:
                yield one.pk, criterion, words.chance.choice(["yes", "yes", "partly"]), words.message("de buurt")


def _parts(weighed: list[Weighing], words: Words, kinds: list[int]) -> Iterator[tuple[object, ...]]:
    for one in weighed:
        if one.weighed_at and one.outcome == "support":
            yield one.pk, "support", words.chance.choice(kinds), words.message(one.life.place.name)


def _conclude(weighed: list[Weighing]) -> None:
    """Set each outcome by an update, as its action does: the database counts the advices that are there by then."""
    ended = [one for one in weighed if one.weighed_at]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE ended (id bigint, at timestamptz, by bigint, outcome text, advices int)")
        with cursor.copy("COPY ended FROM STDIN") as copy:
            for one in ended:
                copy.write_row([one.pk, one.weighed_at, one.coordinator.pk, one.outcome, len(one.advices)])
        cursor.execute(
            "UPDATE assessment_assessment a SET outcome = e.outcome, concluded_at = e.at, concluded_by_id = e.by,"
            " advice_count = e.advices, reason = 'Inwoners dragen het, en het vult aan wat er is.',"
            " alternative = CASE e.outcome WHEN 'support' THEN '' ELSE 'Het leefbaarheidsfonds helpt verder.' END"
            " FROM ended e WHERE a.id = e.id"
        )
        cursor.execute("DROP TABLE ended")
