"""Deeds of weighing: the panel, the municipality, the outcome."""

from decimal import Decimal

from socialewifi.assessment.actions.advice import give_advice, recuse, write_advice_for, write_recusal_for
from socialewifi.assessment.actions.municipality import answer_ambassador, ask_ambassador, write_answer_of_municipality
from socialewifi.assessment.actions.opening import add_panel_member, open_assessment
from socialewifi.assessment.actions.outcome import Part, return_to_exploring, set_route
from socialewifi.assessment.actions.scoring import Score, score_criteria
from socialewifi.assessment.actions.written import object_to_advice
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, Outcome, PanelAdvice, PanelSeat
from socialewifi.initiatives.models import Interest
from socialewifi.people.models import Role
from tests.journeys.property.deeds.trying import deed
from tests.journeys.property.world import SECRET, Try


@deed
def begin_weighing(one: Try) -> None:
    panel = [user for user in one.world.everyone() if user.has_role(Role.Kind.PANEL_MEMBER)]
    count = one.choose([5, 4, 4, 3, 2, 6])
    triggers = one.choose([[], [one.world.cast.trigger]])
    open_assessment(**one.deed, members=panel[-count:], triggers=triggers)


def weighing_of(one: Try) -> Assessment:
    return one.one_of(one.initiative.assessments.order_by("-opened_at", "-pk")[:2])


@deed
def ask_another_member(one: Try) -> None:
    add_panel_member(assessment=weighing_of(one), member=one.choose(one.world.everyone()), **one.who)


@deed
def score(one: Try) -> None:
    criteria = one.choose([one.world.cast.criteria, one.world.cast.criteria, one.world.cast.criteria[:1]])
    answer = one.choose(["yes", "yes", "partly", "no"])
    score_criteria(assessment=weighing_of(one), scores=[Score(each, answer, "Zo.") for each in criteria], **one.who)


def seat_of(one: Try) -> PanelSeat:
    """Choose a seat, mostly one's own."""
    seats = PanelSeat.objects.filter(assessment__initiative=one.initiative).order_by("pk")
    own = list(seats.filter(member=one.by))
    return one.choose(own) if own and one.choose([True, True, False]) else one.one_of(seats)


def said(one: Try) -> dict[str, str]:
    return {"choice": one.choose(PanelAdvice.Choice.values), "reason": f"{SECRET} van {one.by.pk}"}


@deed
def advise(one: Try) -> None:
    give_advice(seat=seat_of(one), **said(one), **one.who)


@deed
def write_advice(one: Try) -> None:
    write_advice_for(seat=seat_of(one), **said(one), **one.who)


@deed
def object_to_written_advice(one: Try) -> None:
    written = PanelSeat.objects.filter(assessment__initiative=one.initiative, advice__written_by__isnull=False)
    object_to_advice(seat=one.one_of(written), words="Dat zei ik niet.", **one.who)


@deed
def write_answer_of_the_municipality(one: Try) -> None:
    question = one.one_of(AmbassadorQuestion.objects.filter(assessment__initiative=one.initiative))
    write_answer_of_municipality(question=question, spoken_by="Piet", answer="agree", **one.who)


@deed
def write_that_a_member_steps_aside(one: Try) -> None:
    write_recusal_for(seat=seat_of(one), relation=Interest.Relation.OTHER, **one.who)


@deed
def step_aside(one: Try) -> None:
    recuse(seat=seat_of(one), relation=Interest.Relation.OTHER, **one.who)


@deed
def ask_municipality(one: Try) -> None:
    ask_ambassador(assessment=weighing_of(one), triggers=[one.world.cast.trigger], **one.who)


@deed
def answer_for_municipality(one: Try) -> None:
    question = one.one_of(AmbassadorQuestion.objects.filter(assessment__initiative=one.initiative))
    answer = one.choose(AmbassadorQuestion.Answer.values)
    answer_ambassador(question=question, answer=answer, words="Laat het pad vrij.", **one.who)


def parts_for(one: Try, outcome: str) -> list[Part]:
    cast = one.world.cast
    fitting = {
        Outcome.SUPPORT: [
            Part("support", "Dat helpt.", support_kind=cast.support_kind),
            Part("gift", "Om te beginnen.", amount=Decimal("500.00"), what="Aarde"),
        ],
        Outcome.REDIRECT: [Part("partner", "Zij doen groen.", partner=cast.fund)],
        Outcome.DECLINE: [Part("municipality", "Vraag het daar.")],
    }
    return fitting[one.choose([outcome, outcome, outcome, Outcome.SUPPORT, Outcome.REDIRECT])]


@deed
def conclude(one: Try) -> None:
    outcome = one.choose([Outcome.SUPPORT, Outcome.SUPPORT, Outcome.REDIRECT, Outcome.DECLINE])
    set_route(
        assessment=weighing_of(one),
        outcome=outcome,
        reason="Zo is het gewogen.",
        parts=parts_for(one, outcome),
        alternative=one.choose(["Vraag het fonds.", ""]),
        below_quorum_because=one.choose(["De rest kon niet.", ""]),
        **one.who,
    )


@deed
def send_back(one: Try) -> None:
    return_to_exploring(assessment=weighing_of(one), reason="Eerst de plek uitzoeken.", **one.who)
