"""The residents' panel: one initiative at a time, in plain words (000 §2.10 step 3)."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from socialewifi.assessment import queries, rules
from socialewifi.assessment.forms.panel import AdviceForm
from socialewifi.assessment.models import PanelSeat
from socialewifi.assessment.pages import seat_to_advise_on
from socialewifi.assessment.subjects import own_seat
from socialewifi.core import clock
from socialewifi.core.htmx import render_page, see_other
from socialewifi.initiatives.impartial import waiting_claim
from socialewifi.people.signed_in import SignedInRequest, only


@require_safe
@only(rules.is_on_panel)
def panel_list(request: SignedInRequest) -> HttpResponse:
    """What waits for this member."""
    context = {"waiting": queries.waiting_for(request.user), "day": clock.today()}
    return render_page(request, "assessment/panel_list.html", context)


@require_safe
@only(rules.is_on_panel)
def panel_given(request: SignedInRequest) -> HttpResponse:
    """What this member gave advice on."""
    return render_page(request, "assessment/panel_given.html", {"given": queries.given_by(request.user)})


@require_safe
@only(rules.is_on_panel)
def panel_seat(request: SignedInRequest, seat_id: int) -> HttpResponse:
    """One initiative with the form to give advice; after that, what the others think."""
    newer = PanelSeat.objects.filter(replaces=seat_id, member=request.user).first()
    if newer is not None:
        # A mail still leads to the seat from before the objection.
        return see_other(request, reverse("panel-seat", args=[newer.pk]))
    seat = own_seat(request.user, seat_id)
    if seat is None:
        raise Http404
    claim = waiting_claim(request.user, seat.assessment.initiative) if seat.assessment.is_open else None
    if claim is not None:
        # Who may own it says so first; until then nobody judges it.
        return see_other(request, reverse("mine-claim", args=[claim.initiative.key]))
    context = seat_to_advise_on(request.user, seat)
    context["is_invited"] = context["place"] is not None and not rules.can_advise(request.user, seat)
    if context["place"] is not None and not context["is_invited"]:
        return render_page(request, "assessment/panel_seat.html", {**context, "form": AdviceForm()})
    context["others"] = queries.advices_of_others(seat)
    context["written_down"] = queries.advices_of(seat.assessment).written_down
    context["objection"] = queries.objections_in(seat.assessment).filter(advice__seat=seat).first()
    context["is_open"] = seat.assessment.is_open
    return render_page(request, "assessment/panel_done.html", context)
