"""Weighing at work: what goes on, and one weighing on one page."""

from django.http import Http404, HttpResponse

from socialewifi.assessment import queries, rules
from socialewifi.assessment.models import Assessment
from socialewifi.assessment.plan import what_is_weighed
from socialewifi.assessment.subjects import initiative_to_weigh
from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.initiatives.rules import coordinates
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest, only, signed_in

# What is most urgent; the list of initiatives has the rest.
LISTED = 50


@only(rules.can_weigh_somewhere)
def weigh_list(request: SignedInRequest) -> HttpResponse:
    """Every weighing that goes on where this person works, and what can be weighed next."""
    user = request.user
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


@signed_in
def weigh_detail(request: SignedInRequest, key: str) -> HttpResponse:
    """One weighing: the criteria, the panel, the municipality, and what still misses."""
    user, initiative = request.user, initiative_to_weigh(request.user, key)
    if initiative is None:
        raise Http404
    assessment = initiative.assessments.order_by("-opened_at", "-pk").first()
    if assessment is None:
        context = {"initiative": initiative, "can_open": rules.can_open_assessment(user, initiative)}
        return render_page(request, "assessment/weigh_none.html", context)
    assessment.initiative = initiative
    panel = list(queries.panel_of(assessment))
    can_weigh = assessment.is_open and rules.can_weigh(user, initiative)
    is_to_decide = assessment.is_open and rules.is_to_be_weighed_by(user, initiative)
    by_another = is_to_decide and not rules.can_conclude(user, assessment)
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
        "objections": queries.objections_in(assessment) if rules.can_read_objections(user, assessment) else [],
        **_advices(user, assessment),
    }
    return render_page(request, "assessment/weigh_detail.html", context)


def _advices(user: User, assessment: Assessment) -> dict[str, object]:
    """Return what was advised, now and in earlier weighings without an outcome; nothing to who may not read it yet."""
    if not rules.can_read_advices(user, assessment):
        return {"advices": None, "earlier": []}
    advices = queries.advices_of(assessment)
    return {"advices": advices.counted, "earlier": advices.earlier}
