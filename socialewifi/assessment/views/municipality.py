"""The municipality: one question, everything that is needed to answer it, one answer (000 §2.11)."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from socialewifi.assessment import rules
from socialewifi.assessment.forms.panel import AnswerForm
from socialewifi.assessment.models import AmbassadorQuestion
from socialewifi.assessment.pages import question_with_its_context
from socialewifi.assessment.subjects import own_question
from socialewifi.assessment.weighed import title_then, with_titles_of_then
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.outsiders import all_as_outsiders_read
from socialewifi.people.models import Role
from socialewifi.people.signed_in import SignedInRequest, only


@require_safe
@only(rules.speaks_for_a_municipality)
def ambassador_list(request: SignedInRequest) -> HttpResponse:
    """The questions to this ambassador's municipality: those that wait, and those that were answered."""
    user = request.user
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
    answered = questions.exclude(answered_at=None).annotate(title_then=title_then())
    context = {
        "waiting": all_as_outsiders_read(questions.waiting().order_by("due_on", "pk")),
        "answered": all_as_outsiders_read(with_titles_of_then(answered.order_by("-answered_at", "pk")[:50])),
        "municipalities": [role.municipality for role in user.scopes(Role.Kind.AMBASSADOR)],
    }
    return render_page(request, "assessment/ambassador_list.html", context)


@require_safe
@only(rules.speaks_for_a_municipality)
def ambassador_question(request: SignedInRequest, question_id: int) -> HttpResponse:
    """One question, with its whole context and the form to answer it."""
    question = own_question(request.user, question_id)
    if question is None:
        raise Http404
    context = question_with_its_context(request.user, question)
    context["form"] = AnswerForm() if context["can_answer"] else None
    return render_page(request, "assessment/ambassador_question.html", context)
