"""What the rooms below ask, and what happens to an initiative and concerns its weighing, in the same transaction."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import ResolverMatch

from socialewifi.assessment import rules
from socialewifi.assessment.actions.municipality import ask_where_it_is_now
from socialewifi.assessment.actions.pausing import give_time_back
from socialewifi.assessment.actions.stopping import stop_weighing
from socialewifi.assessment.models import AmbassadorQuestion, PanelSeat
from socialewifi.core.signals import page_closed
from socialewifi.initiatives.models import Initiative, Pause
from socialewifi.initiatives.signals import initiative_placed, initiative_resumed, initiative_withdrawn
from socialewifi.people.models import User


@receiver(initiative_withdrawn)
def close_weighing(initiative: Initiative, at: datetime, **_kwargs: Any) -> None:
    stop_weighing(initiative=initiative, at=at)


@receiver(initiative_resumed)
def give_back_the_time_of_a_pause(initiative: Initiative, pause: Pause, at: datetime, **_kwargs: Any) -> None:
    give_time_back(initiative=initiative, pause=pause, at=at)


@receiver(initiative_placed)
def ask_the_municipality_where_it_is_now(initiative: Initiative, by: User, at: datetime, **_kwargs: Any) -> None:
    ask_where_it_is_now(initiative=initiative, by=by, at=at)


@receiver(page_closed)
def is_closed(user: User, page: ResolverMatch, **_kwargs: Any) -> bool:
    if page.url_name == "panel-seat":
        seat = PanelSeat.objects.select_related("assessment__initiative", "advice").get(pk=page.kwargs["seat_id"])
        # What ended without their advice waits for nothing of theirs.
        is_over = not hasattr(seat, "advice") and not seat.assessment.is_open
        return is_over or not rules.holds_seat(user, seat)
    if page.url_name == "ambassador-question":
        asked = AmbassadorQuestion.objects.select_related("assessment__initiative")
        question = asked.get(pk=page.kwargs["question_id"])
        is_over = not question.answer and not question.can_be_answered
        return is_over or not rules.can_answer(user, question)
    return False
