"""Who may do what in a weighing. Rows come from visible_to; whether it still can is asked under the lock."""

from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.initiatives.rules import can_work_on, coordinates, has_interest
from socialewifi.people.models import Role, User


def can_weigh(user: User, initiative: Initiative) -> bool:
    """Test if this coordinator picks the panel and sets the outcome."""
    return initiative.joined_into_id is None and coordinates(user, initiative)


def can_open_assessment(user: User, initiative: Initiative) -> bool:
    return initiative.step == Step.EXPLORING and can_weigh(user, initiative)


def can_score(user: User, initiative: Initiative) -> bool:
    """Test if this guide or coordinator may note what was found on a criterion, and ask the municipality."""
    return initiative.step == Step.ASSESSING and can_work_on(user, initiative)


def can_see_weighing(user: User, initiative: Initiative) -> bool:
    """Test if the user may see how a weighing goes; an ambassador and the panel have their own pages."""
    return can_work_on(user, initiative) or user.is_reading_along


def can_read_advices(user: User, assessment: Assessment) -> bool:
    """
    Test if the user may read what the panel advised.

    The coordinator does as they come; who speaks with the initiators only once there is an outcome (R9).
    """
    initiative = assessment.initiative
    return can_weigh(user, initiative) or (assessment.concluded_at is not None and can_see_weighing(user, initiative))


def holds_seat(user: User, seat: PanelSeat) -> bool:
    """Test if this is the panel member's own seat, while they are a panel member and not involved (R5)."""
    return (
        seat.member_id == user.pk
        and seat.recused_at is None
        and user.has_role(Role.Kind.PANEL_MEMBER)
        and not has_interest(user, seat.assessment.initiative)
    )


def can_answer(user: User, question: AmbassadorQuestion) -> bool:
    """Test if the user answers for this municipality."""
    return any(
        role.municipality_id == question.municipality_id for role in user.scopes(Role.Kind.AMBASSADOR)
    ) and not has_interest(user, question.assessment.initiative)
