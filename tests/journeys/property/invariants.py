"""What is always true, whatever was done, by whom and in which order: R1 to R12, asked of the rows themselves."""

from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from socialewifi.assessment import queries
from socialewifi.assessment.models import (
    AdviceObjection,
    AmbassadorQuestion,
    Assessment,
    CriterionScore,
    PanelAdvice,
    PanelSeat,
    RoutePart,
)
from socialewifi.core.models import Event, Message, Notice
from socialewifi.initiatives.models import (
    Consent,
    Deadline,
    EffectStory,
    Exploration,
    Handover,
    Initiative,
    Initiator,
    Interest,
    Invitation,
    JoinProposal,
    Note,
    Pause,
    PlanVersion,
    Step,
    SupportPromise,
    Task,
)
from socialewifi.initiatives.rules import has_part_in
from tests.journeys.property.world import SECRET

BEFORE_CONTACT = {Step.REPORTED, Step.WITHDRAWN}
WEIGHED = {Step.SUPPORTING, Step.SUSTAINING, Step.LANDED, Step.REDIRECTED, Step.DECLINED}
TERM_OF = {
    Step.REPORTED: Deadline.Kind.CONTACT,
    Step.EXPLORING: Deadline.Kind.EXPLORATION,
    Step.ASSESSING: Deadline.Kind.ASSESSMENT,
    Step.SUSTAINING: Deadline.Kind.CHECK_IN,
}
# The only mail that does not wait for the day's digest and is not for initiators or the invited (R12).
MAIL_AT_WORK = {"ambassador-question", "advice-written", "municipality-answer-written"}
# What belongs to one initiative, and the SQL that finds which one for a row ``t``.
OF_INITIATIVE = {
    Initiative: "t.id",
    **dict.fromkeys(
        [
            Assessment,
            Initiator,
            EffectStory,
            Exploration,
            Handover,
            Interest,
            Invitation,
            Note,
            Pause,
            PlanVersion,
            SupportPromise,
        ],
        "t.initiative_id",
    ),
    **dict.fromkeys(
        [PanelSeat, CriterionScore, AmbassadorQuestion, RoutePart],
        "(SELECT a.initiative_id FROM assessment_assessment a WHERE a.id = t.assessment_id)",
    ),
    AdviceObjection: "(SELECT a.initiative_id FROM assessment_paneladvice p JOIN assessment_panelseat s"
    " ON s.id = p.seat_id JOIN assessment_assessment a ON a.id = s.assessment_id WHERE p.id = t.advice_id)",
    PanelAdvice: "(SELECT a.initiative_id FROM assessment_panelseat s JOIN assessment_assessment a"
    " ON a.id = s.assessment_id WHERE s.id = t.seat_id)",
    Consent: "(SELECT i.initiative_id FROM initiatives_initiator i WHERE i.id = t.initiator_id)",
}
_PRINTS = " UNION ALL ".join(
    f"SELECT {of} AS of, '{model.__name__}' AS name, md5(string_agg(t::text, '|' ORDER BY t.id))"
    f' FROM "{model._meta.db_table}" t GROUP BY 1'
    for model, of in OF_INITIATIVE.items()
)
Print = dict[int, set[tuple[str, str]]]


def finger_print() -> Print:
    """Return a mark of all that is kept of each initiative."""
    prints: Print = {}
    with connection.cursor() as cursor:
        cursor.execute(_PRINTS)
        for of, name, mark in cursor.fetchall():
            prints.setdefault(of, set()).add((name, mark))
    return prints


def check(at: Any) -> None:
    """Refuse any row that breaks a rule."""
    for initiative in Initiative.objects.defer("search").prefetch_related("initiators", "assessments"):
        one_contact(initiative)
        weighed_by_residents(initiative)
        owned_by_residents(initiative)
        promise_of_time(initiative)
    for assessment in Assessment.objects.exclude(concluded_at=None):
        outcome_counts_what_is_true(assessment)
        municipality_was_asked_in_time(assessment)
    who_is_involved_steps_aside()
    who_works_on_it_weighs_nothing()
    joined_with_everyones_yes()
    advice_is_free()
    nothing_leaks()
    mail_is_sparse()


def one_contact(initiative: Initiative) -> None:
    if initiative.step not in BEFORE_CONTACT:
        assert initiative.contact_person_id, "R1: nobody has it"
    assert initiative.handovers.running().count() <= 1, "R1: two handovers"
    contact = initiative.contact_person
    if contact is not None:
        assert not initiative.interests.filter(user=contact).exists(), "R1, R5: the contact is involved"


def weighed_by_residents(initiative: Initiative) -> None:
    if initiative.step in WEIGHED:
        latest = initiative.assessments.exclude(concluded_at=None).order_by("-concluded_at").first()
        assert latest is not None, "R2: it went on without being weighed"
        assert latest.concluded_at == initiative.weighed_at, "R2: weighed at another moment"
    open_ones = [one for one in initiative.assessments.all() if not one.concluded_at and not one.returned_at]
    going_on = 1 if initiative.step == Step.ASSESSING else 0
    assert len(open_ones) == going_on, "a weighing that should not go on, or one that is not there"


def outcome_counts_what_is_true(assessment: Assessment) -> None:
    counted = 0
    for advice in PanelAdvice.objects.filter(seat__assessment=assessment).select_related("seat"):
        assert advice.given_at <= assessment.concluded_at, "R2: advice after the outcome"
        involved = Interest.objects.filter(
            user=advice.seat.member_id, initiative=assessment.initiative_id, declared_at__lt=assessment.concluded_at
        )
        objected = AdviceObjection.objects.filter(advice=advice, at__lte=assessment.concluded_at)
        counted += advice.seat.recused_at is None and not involved.exists() and not objected.exists()
        assert advice.seat.member_id != assessment.concluded_by_id, "R15: who advised set the outcome"
    written = PanelAdvice.objects.filter(seat__assessment=assessment, written_by=assessment.concluded_by)
    assert written.count() <= 1, "R2: who wrote the advices down set the outcome"
    # Someone who became involved at the very moment of the outcome may have counted.
    assert counted >= assessment.advice_count or counted == assessment.advice_count, "R2: counted what is not there"
    enough = assessment.advice_count >= assessment.quorum
    late = assessment.concluded_at > assessment.panel_closes_at and bool(assessment.below_quorum_because)
    assert enough or (late and assessment.advice_count >= 1), "R2: too few residents weighed it"
    assert assessment.reason, "an outcome without a reason"
    assert assessment.outcome == "support" or assessment.alternative, "a no without a next door"


def municipality_was_asked_in_time(assessment: Assessment) -> None:
    question = queries.question_of(assessment)
    if assessment.triggers.exists():
        assert question is not None, "R3: the municipality was not asked"
    if question is not None:
        answered = question.answered_at is not None and question.answered_at <= assessment.concluded_at
        passed = question.due_on < timezone.localdate(assessment.concluded_at)
        assert answered or passed, "R3: the municipality could still answer"


def owned_by_residents(initiative: Initiative) -> None:
    owners = {one.pk for one in initiative.initiators.all() if one.left_at is None}
    assert owners, "R4: nobody owns it"
    if initiative.published_at is not None:
        assert initiative.step != Step.WITHDRAWN, "R4: stopped, and still to be seen"
        assert agreeing(Q(subject=Consent.Subject.PAGE), owners) == owners, "R4: shown without everyone's consent"
    for story in initiative.stories.exclude(published_at=None):
        assert agreeing(Q(story=story), owners) == owners, "R4: a story shown without everyone's consent"
    if initiative.entered_by_id:
        assert initiative.entered_with_consent_at, "R10: filled in without consent"


def agreeing(about: Q, owners: set[int]) -> set[int]:
    return set(Consent.objects.in_force().filter(about, initiator__in=owners).values_list("initiator", flat=True))


def promise_of_time(initiative: Initiative) -> None:
    """R11: the page always says before when something happens."""
    kind = TERM_OF.get(Step(initiative.step))
    if kind is not None and initiative.joined_into_id is None:
        assert initiative.deadlines.running().filter(kind=kind).count() == 1, f"R11: no term for {initiative.step}"


def joined_with_everyones_yes() -> None:
    """R4: what goes on in another one was asked of everyone who owned one of the two, and they said yes."""
    for initiative in Initiative.objects.exclude(joined_into=None):
        proposal = JoinProposal.objects.in_force().get(initiative=initiative, into=initiative.joined_into)
        owners = Initiator.objects.filter(
            Q(left_at=None) | Q(left_at__gt=proposal.accepted_at),
            initiative__in=[initiative, initiative.joined_into],
            joined_at__lt=proposal.accepted_at,
        )
        assert not owners.exclude(join_answers__in=proposal.answers.filter(agrees=True)).exists(), "R4: not everyone"


def who_is_involved_steps_aside() -> None:
    for advice in PanelAdvice.objects.select_related("seat__assessment"):
        involved = Interest.objects.filter(
            user=advice.seat.member_id, initiative=advice.seat.assessment.initiative_id, declared_at__lt=advice.given_at
        )
        assert not involved.exists(), "R5: advice of someone who is involved"
        assert advice.seat.recused_at is None, "R5: advice of someone who stepped aside"
        if advice.written_by_id:
            told = Message.objects.filter(kind="advice-written", recipient=advice.seat.member_id)
            called = Task.objects.filter(kind=Task.Kind.CALL, person_to_call=advice.seat.member_id)
            assert told.exists() or called.exists(), "R10: written down, and the member heard nothing"


def who_works_on_it_weighs_nothing() -> None:
    for seat in PanelSeat.objects.filter(advice=None, recused_at=None).select_related(
        "member", "assessment__initiative"
    ):
        if has_part_in(seat.member, seat.assessment.initiative):
            assert queries.seat_of(seat.member, seat.pk) is None, "R15: weighs what they work on"


def advice_is_free() -> None:
    for seat in PanelSeat.objects.filter(advice=None).select_related("assessment"):
        assert queries.advices_of_others(seat) == [], "R8: read before one's own advice"
    for seat in PanelSeat.objects.filter(recused_at__isnull=False).select_related("member"):
        assert queries.seat_of(seat.member, seat.pk) is None, "R5: still on one's list"


def nothing_leaks() -> None:
    """R9: nothing of an advice is told anywhere but in a concluded outcome."""
    concluded = set(Assessment.objects.exclude(concluded_at=None).values_list("initiative", flat=True))
    assert not Event.objects.filter(details__icontains=SECRET).exists(), "R9: timeline"
    assert not Notice.objects.filter(words__contains=SECRET).exists(), "R9: digest"
    told = Message.objects.filter(body__contains=SECRET)
    # A member reads what was written down as their own advice.
    told = told.exclude(kind="advice-written", recipient__panel_seats__isnull=False)
    assert not told.exclude(kind="outcome").exists(), "R9: mail"
    assert set(told.values_list("subject_id", flat=True)) <= concluded, "R9: mail before the outcome"
    called = Task.objects.filter(words__contains=SECRET).values_list("initiative", flat=True)
    assert set(called) <= concluded, "R9: call before the outcome"
    for initiative in Initiative.objects.exclude(pk__in=concluded):
        assert queries.outcome_for_initiators(initiative) is None, "R9: an outcome that is not there"


def mail_is_sparse() -> None:
    initiators = Initiator.objects.values("user")
    at_work = Message.objects.exclude(recipient=None).exclude(recipient__in=initiators)
    assert set(at_work.values_list("kind", flat=True)) <= MAIL_AT_WORK, "R12: mail that could wait for the digest"
