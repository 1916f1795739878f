"""How an initiative of the sample year is weighed, and what the outcome becomes."""

from socialewifi.assessment.actions.advice import give_advice, recuse, write_advice_for
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.actions.opening import open_assessment
from socialewifi.assessment.actions.outcome import Part, set_route
from socialewifi.assessment.actions.scoring import Score, score_criteria
from socialewifi.assessment.models import Assessment, Criterion, CriterionScore, Outcome, PanelSeat, RoutePart, Trigger
from socialewifi.assessment.queries import criteria_of
from socialewifi.initiatives.models import Step, SupportKind
from socialewifi.people.models import Organisation
from socialewifi.site.demo.walk import Walk

OUTCOMES = {Step.REDIRECTED: Outcome.REDIRECT, Step.DECLINED: Outcome.DECLINE}


def weigh(walk: Walk) -> None:
    """Ask the panel and the municipality, look at the criteria, and set the outcome if it came that far."""
    members = list(walk.cast.panel.values())
    start = walk.calendar.number % len(members)
    seated = (members[start:] + members[:start])[:4]
    if walk.entry.recuse:
        involved = walk.cast.panel[walk.entry.recuse.by]
        seated = [involved, *[member for member in seated if member != involved]]
    assessment = open_assessment(
        initiative=walk.initiative,
        members=seated,
        triggers=list(Trigger.objects.filter(code=walk.entry.trigger)),
        question=walk.voices.ambassador.question if walk.entry.trigger else "",
        is_living_environment=walk.entry.living,
        by=walk.coordinator,
        at=walk.calendar.on(8, 9, 30),
    )
    _step_aside(walk, assessment)
    _look_at_criteria(walk, assessment)
    _advise(walk, assessment)
    _answer_for_the_municipality(walk, assessment)
    if walk.goes_as_far_as(Step.REDIRECTED):
        _conclude(walk, assessment)


def _step_aside(walk: Walk, assessment: Assessment) -> None:
    if walk.entry.recuse:
        member = walk.cast.panel[walk.entry.recuse.by]
        seat = PanelSeat.objects.get(assessment=assessment, member=member)
        recuse(seat=seat, relation=walk.entry.recuse.relation, by=member, at=walk.calendar.on(8, 12))


def _look_at_criteria(walk: Walk, assessment: Assessment) -> None:
    scores = [Score(criterion, *_found(walk, criterion)) for criterion in criteria_of(assessment)]
    score_criteria(assessment=assessment, scores=scores, by=walk.guide, at=walk.calendar.on(8, 14))


def _found(walk: Walk, criterion: Criterion) -> tuple[str, str]:
    if criterion.is_knock_out and walk.entry.until == Step.DECLINED and not walk.entry.trigger:
        return CriterionScore.Answer.NO, walk.voices.knocked_out
    answer = CriterionScore.Answer.PARTLY if (walk.calendar.number + criterion.pk) % 9 == 0 else "yes"
    return answer, walk.calendar.pick(walk.voices.criteria[criterion.code])


def _advise(walk: Walk, assessment: Assessment) -> None:
    seats = PanelSeat.objects.filter(assessment=assessment).taking_part().select_related("member").order_by("pk")
    for place, (choice, seat) in enumerate(zip(walk.entry.advices, seats, strict=False)):
        said = {
            "choice": choice,
            "reason": walk.calendar.pick(getattr(walk.voices.advice, choice), place),
            "at": walk.calendar.on(9 + place, 19, 30),
        }
        # One member has no e-mail: the coordinator writes down what was said on the phone.
        if seat.member == walk.cast.panel["kees"]:
            write_advice_for(seat=seat, by=walk.coordinator, **said)
        else:
            give_advice(seat=seat, by=seat.member, **said)


def _answer_for_the_municipality(walk: Walk, assessment: Assessment) -> None:
    answer = walk.entry.ambassador
    if not walk.entry.trigger or answer in {"none", "late"}:
        return
    ambassador = walk.cast.ambassadors[walk.entry.place[0]]
    answer_ambassador(
        question=assessment.questions.current().get(),
        answer=answer,
        words=getattr(walk.voices.ambassador, answer),
        by=ambassador,
        at=walk.calendar.on(11, 14),
    )


def _conclude(walk: Walk, assessment: Assessment) -> None:
    outcome = OUTCOMES.get(walk.entry.until, Outcome.SUPPORT)
    reasons = walk.voices.reason.redirect if outcome == Outcome.REDIRECT else walk.voices.reason.support
    set_route(
        assessment=assessment,
        outcome=outcome,
        reason=walk.entry.reason or walk.calendar.pick(reasons),
        parts=_parts(walk, outcome),
        alternative=walk.entry.alternative,
        below_quorum_because=walk.voices.below_quorum if len(walk.entry.advices) < assessment.quorum else "",
        by=walk.coordinator,
        at=walk.calendar.on(15, 10, 30),
    )


def _parts(walk: Walk, outcome: Outcome) -> list[Part]:
    if outcome == Outcome.DECLINE:
        return []
    if outcome == Outcome.REDIRECT:
        partner = Organisation.objects.get(code=walk.entry.partner)
        return [Part(kind=RoutePart.Kind.PARTNER, partner=partner, reason=walk.voices.partner)]
    kinds = dict.fromkeys([promise.kind for promise in walk.entry.promises] or ["think-along"])
    supports = SupportKind.objects.in_bulk(list(kinds), field_name="code")
    parts = [
        Part(kind=RoutePart.Kind.SUPPORT, support_kind=supports[code], reason=walk.voices.parts[code]) for code in kinds
    ]
    if walk.entry.gift and walk.entry.amount:
        parts.append(
            Part(kind=RoutePart.Kind.GIFT, amount=walk.entry.amount, what=walk.entry.gift, reason=walk.voices.gift)
        )
    if walk.entry.ambassador == "conditions":
        parts.append(Part(kind=RoutePart.Kind.MUNICIPALITY, reason=walk.voices.municipality))
    return parts
