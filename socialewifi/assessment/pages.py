"""What the page of one seat and of one question tell: read there, and beside the form that is sent from it."""

from typing import Any

from socialewifi.assessment import queries, rules
from socialewifi.assessment.models import AmbassadorQuestion, PanelSeat
from socialewifi.assessment.plan import plan_for_outsiders
from socialewifi.assessment.weighed import as_asked, as_weighed, has_left
from socialewifi.core import clock
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.people.models import User


def seat_to_advise_on(member: User, seat: PanelSeat) -> dict[str, Any]:
    """Return one initiative in plain words, and its place in the list of what waits for this member."""
    waiting = queries.keys_waiting_for(member)
    seat.assessment.initiative = weighed = as_weighed(seat.assessment)
    shown = as_outsiders_read(seat)
    return {
        "seat": shown,
        "initiative": shown.assessment.initiative,
        "told_in": queries.language_of(weighed),
        "day": clock.today(),
        # Without their advice it is no longer theirs to read once it ended.
        "plan": plan_for_outsiders(weighed) if hasattr(seat, "advice") or seat.assessment.is_open else None,
        "place": queries.place_in_list(seat, waiting),
        "next": next((key for key in waiting if key != seat.pk), None),
    }


def question_with_its_context(user: User, question: AmbassadorQuestion) -> dict[str, Any]:
    """Return one question, with everything that is needed to answer it."""
    assessment, initiative = question.assessment, question.assessment.initiative
    left, can_answer = has_left(question), rules.can_still_answer(user, question)
    assessment.initiative = asked = as_asked(question)
    shown = as_outsiders_read(question)
    return {
        "question": shown,
        "initiative": shown.assessment.initiative,
        "triggers": assessment.triggers.order_by("position", "pk"),
        "themes": [] if left else initiative.themes.order_by("position", "pk"),
        # What moved elsewhere is not theirs to read any more.
        "plan": [] if left else plan_for_outsiders(asked),
        "is_late": question.due_on < clock.today(),
        "can_answer": can_answer,
    }
