"""Who may do what in a weighing. Rows come from the querysets; whether it still can is asked under the lock."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from socialewifi.assessment.models import AdviceObjection, AmbassadorQuestion, Assessment, PanelAdvice, PanelSeat
from socialewifi.core import clock
from socialewifi.initiatives.impartial import is_impartial
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.initiatives.rules import (
    can_work_on,
    coordinates,
    has_interest,
    has_part_in,
    is_paused,
    reads_along,
    works_on,
)
from socialewifi.people.models import Role, User


def can_weigh(user: User, initiative: Initiative) -> bool:
    """Test if this coordinator picks the panel and sets the outcome: not of what is or may be their own (R5)."""
    return is_to_be_weighed_by(user, initiative) and is_impartial(user, initiative)


def is_to_be_weighed_by(user: User, initiative: Initiative) -> bool:
    """Tell whether this is a coordinator there, who may still have to leave it to another."""
    return initiative.joined_into_id is None and coordinates(user, initiative)


def can_open_assessment(user: User, initiative: Initiative) -> bool:
    return initiative.step == Step.EXPLORING and can_weigh(user, initiative) and not is_paused(initiative)


def can_score(user: User, initiative: Initiative) -> bool:
    """Test if this guide or coordinator may note what was found on a criterion, and ask the municipality."""
    is_going_on = initiative.step == Step.ASSESSING
    return is_going_on and can_work_on(user, initiative) and is_impartial(user, initiative)


def can_run(user: User, assessment: Assessment) -> bool:
    """Test if this coordinator may still ask for more advice, or stop to find something out first."""
    return assessment.is_open and can_weigh(user, assessment.initiative)


def can_ask_municipality(user: User, assessment: Assessment) -> bool:
    return assessment.is_open and can_score(user, assessment.initiative)


def can_note_criteria(user: User, assessment: Assessment) -> bool:
    """Test if this guide or coordinator may still note what was found on a criterion."""
    return assessment.is_open and can_score(user, assessment.initiative)


def can_decide(user: User, assessment: Assessment) -> bool:
    """Test if this coordinator may still come to an outcome; whether it is left to another says ``can_conclude``."""
    return can_run(user, assessment) and can_read_advices(user, assessment)


def can_write_answer(user: User, question: AmbassadorQuestion) -> bool:
    """Test if this coordinator may write down what the municipality answered otherwise (R10)."""
    return question.can_be_answered and can_weigh(user, question.assessment.initiative)


def can_see_weighing(user: User, initiative: Initiative) -> bool:
    """Test if the user may see how a weighing goes; an ambassador and the panel have their own pages."""
    return can_work_on(user, initiative) or reads_along(user, initiative)


def can_read_advices(user: User, assessment: Assessment) -> bool:
    """
    Test if the user may read what the panel advised.

    The coordinator does as they come; who speaks with the initiators only once there is an outcome (R9).
    """
    initiative = assessment.initiative
    if assessment.concluded_at is not None:
        return can_see_weighing(user, initiative) and is_impartial(user, initiative)
    return can_weigh(user, initiative) and not is_still_to_advise(user, assessment)


def can_read_objections(user: User, assessment: Assessment) -> bool:
    """Test if this coordinator may read what members said of advices that were written down for them."""
    return can_weigh(user, assessment.initiative) and can_read_advices(user, assessment)


def is_still_to_advise(user: User, assessment: Assessment) -> bool:
    """
    Tell whether this person can still advise, who reads no advice of others until then, whatever their role (R8).

    So can whoever may still put their own in place of what someone else wrote down for them.
    """
    is_to_come = Q(advice=None) | Q(advice__written_by__isnull=False) if assessment.is_open else Q(advice=None)
    return assessment.seats.filter(is_to_come, member=user, recused_at=None, replaced_by=None).exists()


def can_write_advice(user: User, seat: PanelSeat) -> bool:
    """Test if this coordinator may write down what a member said on the phone or on paper (R10)."""
    return (
        can_weigh(user, seat.assessment.initiative)
        and not is_still_to_advise(user, seat.assessment)
        and holds_seat(seat.member, seat)
    )


def can_still_write_advice(user: User, seat: PanelSeat) -> bool:
    return seat.assessment.is_open and not hasattr(seat, "advice") and can_write_advice(user, seat)


def can_still_write_recusal(user: User, seat: PanelSeat) -> bool:
    """Test if this coordinator may write down that a member steps aside: only for who has no e-mail to do so (R10)."""
    return not seat.member.email and can_still_write_advice(user, seat)


def can_conclude(user: User, assessment: Assessment) -> bool:
    """Test if this coordinator may set the outcome, as far as it is not left to another (R2, R15)."""
    return can_weigh(user, assessment.initiative) and not left_to_another(user, [assessment])


def left_to_another(user: User, assessments: Collection[Assessment]) -> set[int]:
    """
    Return of which of these weighings this person may not set the outcome, whatever their role.

    Not who advised, also in an earlier weighing of it, or still has to, nor who answered for a municipality or wrote
    down its answer while it had time, nor who wrote down the only advice that counts, or more than one, or that a
    member objects or steps aside:
    otherwise one person could give the residents' advice, or the municipality's, and decide on it (R2, R15).
    """
    of_weighing = PanelSeat.objects.filter(assessment=OuterRef("pk"))
    advised = PanelSeat.objects.filter(assessment__initiative=OuterRef("initiative"), advice__isnull=False, member=user)
    advises = of_weighing.filter(recused_at=None, advice=None, member=user)
    counting = of_weighing.advised().order_by()
    written = counting.filter(advice__written_by=user).values("assessment").annotate(number=Count("pk"))
    by_another = counting.filter(Q(advice__written_by=None) | ~Q(advice__written_by=user))
    rows = Assessment.objects.filter(pk__in=[one.pk for one in assessments])
    rows = rows.annotate(written=Coalesce(Subquery(written.values("number")), 0))
    objected = AdviceObjection.objects.filter(advice__seat__assessment=OuterRef("pk"), written_by=user)
    of_idea = AmbassadorQuestion.objects.filter(assessment__initiative=OuterRef("initiative"))
    answered = of_idea.filter(answered_by=user, spoken_by="")
    its_word = AmbassadorQuestion.objects.current().filter(assessment=OuterRef("pk"), due_on__gte=clock.today())
    its_word = its_word.filter(answered_by=user).exclude(spoken_by="")
    left_out = of_weighing.filter(recusal_written_by=user)
    is_left = Q(Exists(left_out)) | Q(Exists(advises)) | Q(Exists(advised)) | Q(Exists(objected)) | Q(Exists(answered))
    is_left |= Q(Exists(its_word)) | Q(written__gt=1) | (Q(written=1) & ~Q(Exists(by_another)))
    return set(rows.filter(is_left).values_list("pk", flat=True))


def holds_seat(user: User, seat: PanelSeat) -> bool:
    """Test if this is the panel member's own seat, while they are on the panel, not involved and not at work on it."""
    initiative = seat.assessment.initiative
    is_theirs = is_member_of(user, seat) and seat.recused_at is None
    return is_theirs and not has_part_in(user, initiative) and is_impartial(user, initiative)


def is_member_of(user: User, seat: PanelSeat) -> bool:
    """Tell whether this is the panel member's own seat, of something they are not involved in (R5)."""
    return (
        seat.member_id == user.pk
        and user.has_role(Role.Kind.PANEL_MEMBER)
        and not has_interest(user, seat.assessment.initiative)
    )


def can_advise(user: User, seat: PanelSeat) -> bool:
    """Test if this panel member may still give advice: once, while it goes on (R8)."""
    return seat.assessment.is_open and not hasattr(seat, "advice") and holds_seat(user, seat)


def can_object(user: User, seat: PanelSeat, advice: PanelAdvice) -> bool:
    """Test if the user may say that an advice written down in their name is not theirs."""
    return advice.written_by_id is not None and is_member_of(user, seat)


def can_object_for(user: User, seat: PanelSeat, advice: PanelAdvice) -> bool:
    """Test if this coordinator may write down the objection of who has no e-mail (R10), to what somebody else wrote."""
    is_anothers = advice.written_by_id not in {None, user.pk}
    may_read = can_read_advices(user, seat.assessment)
    return is_anothers and may_read and not seat.member.email and can_weigh(user, seat.assessment.initiative)


def can_still_object(user: User, seat: PanelSeat) -> bool:
    return _is_unopposed(seat) and can_object(user, seat, seat.advice)


def can_still_object_for(user: User, seat: PanelSeat) -> bool:
    return _is_unopposed(seat) and can_object_for(user, seat, seat.advice)


def _is_unopposed(seat: PanelSeat) -> bool:
    return hasattr(seat, "advice") and not hasattr(seat.advice, "objection")


def can_recuse(user: User, seat: PanelSeat) -> bool:
    """Test if this panel member may still step aside: before their advice, while it goes on."""
    return seat.assessment.is_open and not hasattr(seat, "advice") and is_member_of(user, seat)


def can_answer(user: User, question: AmbassadorQuestion) -> bool:
    """Test if the user answers for this municipality: its ambassador, not involved and not at work on it (R5, R15)."""
    initiative = question.assessment.initiative
    is_ambassador = any(role.municipality_id == question.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR))
    other = has_interest(user, initiative) or works_on(user, initiative) or user.is_reading_along
    is_other = other or _advised(user, initiative)
    return is_ambassador and not is_other and is_impartial(user, initiative)


def can_still_answer(user: User, question: AmbassadorQuestion) -> bool:
    return question.can_be_answered and can_answer(user, question)


def can_weigh_somewhere(user: User) -> bool:
    """Test if this person has weighings to look after, anywhere."""
    return user.has_role(Role.Kind.GUIDE, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)


def is_on_panel(user: User) -> bool:
    return user.has_role(Role.Kind.PANEL_MEMBER)


def speaks_for_a_municipality(user: User) -> bool:
    return user.has_role(Role.Kind.AMBASSADOR)


def _advised(user: User, initiative: Initiative) -> bool:
    """Tell whether this person ever weighed it as a resident: then they do not answer for a municipality too."""
    return PanelAdvice.objects.filter(seat__assessment__initiative=initiative, seat__member=user).exists()
