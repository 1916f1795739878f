"""The municipality: one question, everything that is needed to answer it, one answer (000 §2.11)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import rules
from socialewifi.assessment.actions.municipality import answer_ambassador
from socialewifi.assessment.forms.panel import AnswerForm
from socialewifi.assessment.models import AmbassadorQuestion
from socialewifi.assessment.plan import plan_for_outsiders
from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.outsiders import all_as_outsiders_read, as_outsiders_read
from socialewifi.people.models import Role, User


@login_required
def ambassador_list(request: HttpRequest) -> HttpResponse:
    """The questions to this ambassador's municipality: those that wait, and those that were answered."""
    user = _ambassador(request)
    questions = (
        AmbassadorQuestion.objects.visible_to(user)
        .current()
        .select_related(
            "municipality",
            "answered_by",
            "assessment__initiative__municipality",
            "assessment__initiative__neighbourhood",
        )
    )
    context = {
        "waiting": all_as_outsiders_read(questions.waiting().order_by("due_on", "pk")),
        "answered": all_as_outsiders_read(questions.exclude(answered_at=None).order_by("-answered_at", "pk")[:50]),
        "municipalities": [role.municipality for role in user.scopes(Role.Kind.AMBASSADOR)],
    }
    return render_page(request, "assessment/ambassador_list.html", context)


@login_required
def ambassador_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """One question, with its whole context."""
    user = _ambassador(request)
    questions = AmbassadorQuestion.objects.visible_to(user).select_related(
        "municipality", "answered_by", "asked_by", "assessment__initiative__contact_person__organisation"
    )
    question = get_object_or_404(questions, pk=question_id)
    assessment, initiative = question.assessment, question.assessment.initiative
    shown = as_outsiders_read(question)
    context: dict[str, Any] = {
        "question": shown,
        "initiative": shown.assessment.initiative,
        "triggers": assessment.triggers.order_by("position", "pk"),
        "themes": initiative.themes.order_by("position", "pk"),
        # What moved elsewhere is not theirs to read any more.
        "plan": [] if question.ended_at else plan_for_outsiders(initiative),
        "is_late": question.due_on < clock.today(),
        "can_answer": question.can_be_answered and rules.can_answer(user, question),
    }
    # What is sent when it is too late is refused by the deed, and what was typed stays (R16).
    if not context["can_answer"] and request.method != "POST":
        return render_page(request, "assessment/ambassador_question.html", context)
    return deeds.answer(
        request,
        form=AnswerForm(request.POST or None),
        act=lambda **fields: answer_ambassador(question=question, by=user, at=clock.now(), **fields),
        done=reverse("ambassador-question", args=[question.pk]),
        template="assessment/ambassador_question.html",
        said=_("Dank je wel. Het antwoord is verstuurd."),
        context=context,
    )


def _ambassador(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_role(Role.Kind.AMBASSADOR):
        raise PermissionDenied
    return request.user
