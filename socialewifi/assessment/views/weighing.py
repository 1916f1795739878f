"""Weighing at work: what goes on, one weighing on one page, and the deeds that lead to its outcome."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.scoring import score_criteria
from socialewifi.assessment.forms.weighing import CriteriaForm
from socialewifi.assessment.models import Assessment
from socialewifi.assessment.plan import plan_for_outsiders
from socialewifi.assessment.subjects import initiative_to_weigh
from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.rules import coordinates
from socialewifi.people.models import Role, User

# What is most urgent; the list of initiatives has the rest.
LISTED = 50
WORKERS = (Role.Kind.GUIDE, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)


@login_required
def weigh_list(request: HttpRequest) -> HttpResponse:
    """Every weighing that goes on where this person works, and what can be weighed next."""
    user = _worker(request)
    rows = queries.weighings_of(user, clock.now())
    waiting = [row for row in rows if not row.is_ready]
    context = {
        "ready": [row for row in rows if row.is_ready][:LISTED],
        "going_on": waiting[:LISTED],
        "next": [(one, coordinates(user, one)) for one in queries.ready_to_weigh(user)[:LISTED]],
        "count": len(rows),
        "is_cut": len(rows) > LISTED,
    }
    return render_page(request, "assessment/weigh_list.html", context)


@login_required
def weigh_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One weighing: the criteria, the panel, the municipality, and what still misses."""
    user, initiative = initiative_at_work(request, key)
    assessment = initiative.assessments.order_by("-opened_at", "-pk").first()
    if assessment is None:
        context = {"initiative": initiative, "can_open": rules.can_open_assessment(user, initiative)}
        return render_page(request, "assessment/weigh_none.html", context)
    assessment.initiative = initiative
    panel = list(queries.panel_of(assessment))
    can_weigh = assessment.is_open and rules.can_weigh(user, initiative)
    by_another = can_weigh and assessment.pk in rules.left_to_another(user, [assessment])
    context = {
        **what_is_weighed(initiative),
        "assessment": assessment,
        "progress": queries.progress_of(assessment, clock.now()),
        "panel": panel,
        "recused": assessment.seats.exclude(recused_at=None).select_related("member"),
        "criteria": queries.criteria_with_scores(assessment),
        "municipality": queries.question_of(assessment),
        "because": queries.told_municipality(assessment),
        "told": queries.told(assessment) if assessment.outcome else None,
        "can_weigh": can_weigh,
        "by_another": by_another,
        "deciders": queries.others_who_conclude(assessment, user, clock.today()) if by_another else [],
        "can_score": assessment.is_open and rules.can_score(user, initiative),
        "can_open": rules.can_open_assessment(user, initiative),
        "still_to_advise": any(seat.member_id == user.pk and not hasattr(seat, "advice") for seat in panel),
        "written_down": sum(hasattr(seat, "advice") and seat.advice.written_by_id is not None for seat in panel),
        "objections": queries.objections_in(assessment) if rules.can_weigh(user, initiative) else [],
        "advices": queries.advices_without_names(assessment) if rules.can_read_advices(user, assessment) else None,
    }
    return render_page(request, "assessment/weigh_detail.html", context)


@login_required
def weigh_criteria(request: HttpRequest, key: str) -> HttpResponse:
    """Note what was found on each criterion."""
    user, assessment = open_weighing(request, key)
    return deeds.answer(
        request,
        form=CriteriaForm(request.POST or None, assessment=assessment),
        act=lambda **fields: score_criteria(assessment=assessment, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_criteria.html",
        said=_("De uitgangspunten zijn bewaard."),
        context={**what_is_weighed(assessment.initiative), "assessment": assessment},
    )


def what_is_weighed(initiative: Initiative) -> dict[str, Any]:
    """Return the initiative with its plan, as the panel reads it."""
    return {
        "initiative": initiative,
        "plan": plan_for_outsiders(initiative),
        "themes": initiative.themes.order_by("position", "pk"),
    }


def initiative_at_work(request: HttpRequest, key: str) -> tuple[User, Initiative]:
    """Return who asks and the initiative they may weigh or read along with."""
    user = cast("User", request.user)
    initiative = initiative_to_weigh(user, key)
    if initiative is None:
        raise Http404
    return user, initiative


def open_weighing(request: HttpRequest, key: str) -> tuple[User, Assessment]:
    """Return who asks and the weighing that goes on; where none does, there is nothing to do."""
    user, initiative = initiative_at_work(request, key)
    assessment = initiative.assessments.open().first()
    if assessment is None:
        raise Http404
    if not rules.can_score(user, initiative):
        raise PermissionDenied
    assessment.initiative = initiative
    return user, assessment


def _worker(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_role(*WORKERS):
        raise PermissionDenied
    return request.user


def _page(initiative: Initiative) -> str:
    return reverse("weigh-detail", args=[initiative.key])
