"""Setting the outcome, with the letter made from the reasons beside it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import letters, queries, rules
from socialewifi.assessment.actions.outcome import set_route
from socialewifi.assessment.forms.outcome import OutcomeForm
from socialewifi.assessment.views.weighing import open_weighing, what_is_weighed
from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page

TEMPLATE = "assessment/weigh_outcome.html"


@login_required
def weigh_outcome(request: HttpRequest, key: str) -> HttpResponse:
    """Write the outcome, look at the letter, and set it."""
    user, assessment = open_weighing(request, key)
    if not (rules.can_weigh(user, assessment.initiative) and rules.can_read_advices(user, assessment)):
        raise PermissionDenied
    progress = queries.progress_of(assessment, clock.now())
    needs_reason = progress.needs_reason
    by_another = not rules.can_conclude(user, assessment)
    context = {
        **what_is_weighed(assessment.initiative),
        "progress": progress,
        "criteria": queries.criteria_with_scores(assessment),
        "municipality": queries.question_of(assessment),
        "because": queries.told_municipality(assessment),
        "advices": queries.advices_without_names(assessment),
        "written_down": queries.written_down(assessment),
        "objections": queries.objections_in(assessment),
        "by_another": by_another,
        "deciders": queries.others_who_conclude(assessment, user, clock.today()) if by_another else [],
    }
    if "more" in request.POST:
        form = OutcomeForm.with_more_room(request.POST, needs_reason=needs_reason)
        return render_page(request, TEMPLATE, {**context, "form": form}, partial="deed")
    form = OutcomeForm(request.POST or None, needs_reason=needs_reason)
    if "preview" in request.POST and form.is_valid():
        context["letter"] = letters.preview(assessment, form.cleaned_data)
        return render_page(request, TEMPLATE, {**context, "form": form}, partial="deed")
    return deeds.answer(
        request,
        form=form,
        act=lambda **fields: set_route(assessment=assessment, by=user, at=clock.now(), **fields),
        done=reverse("weigh-detail", args=[assessment.initiative.key]),
        template=TEMPLATE,
        context=context,
        said=_("De uitkomst staat vast. De initiatiefnemers krijgen bericht."),
    )
