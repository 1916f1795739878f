"""The residents' panel: one initiative at a time, in plain words (000 §2.10 step 3)."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from socialewifi.assessment import queries
from socialewifi.assessment.actions.advice import give_advice
from socialewifi.assessment.forms.panel import AdviceForm
from socialewifi.assessment.models import PanelSeat
from socialewifi.assessment.plan import plan_for_outsiders
from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page, see_other
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.people.models import Role, User


@login_required
def panel_list(request: HttpRequest) -> HttpResponse:
    """What waits for this member."""
    member = _member(request)
    context = {"waiting": queries.waiting_for(member), "day": clock.today()}
    return render_page(request, "assessment/panel_list.html", context)


@login_required
def panel_given(request: HttpRequest) -> HttpResponse:
    """What this member gave advice on."""
    member = _member(request)
    context = {"given": queries.given_by(member)}
    return render_page(request, "assessment/panel_given.html", context)


@login_required
def panel_seat(request: HttpRequest, seat_id: int) -> HttpResponse:
    """One initiative: give advice; after that, read what the others think."""
    newer = PanelSeat.objects.filter(replaces=seat_id, member=_member(request)).first()
    if newer is not None:
        # A mail still leads to the seat from before the objection.
        return see_other(request, reverse("panel-seat", args=[newer.pk]))
    member, seat = _seat(request, seat_id)
    waiting = queries.keys_waiting_for(member)
    shown = as_outsiders_read(seat)
    context = {
        "seat": shown,
        "initiative": shown.assessment.initiative,
        "told_in": queries.language_of(seat.assessment.initiative),
        "day": clock.today(),
        "plan": plan_for_outsiders(seat.assessment.initiative),
        "place": queries.place_in_list(seat, waiting),
        "next": next((key for key in waiting if key != seat.pk), None),
    }
    # What is sent when it is too late is refused by the deed, and what was typed stays (R16).
    if context["place"] is None and request.method != "POST":
        context["others"] = queries.advices_of_others(seat)
        context["written_down"] = queries.written_down(seat.assessment)
        context["objection"] = queries.objections_in(seat.assessment).filter(advice__seat=seat).first()
        context["is_open"] = seat.assessment.is_open
        return render_page(request, "assessment/panel_done.html", context)
    return deeds.answer(
        request,
        form=AdviceForm(request.POST or None),
        act=lambda **fields: give_advice(seat=seat, by=member, at=clock.now(), **fields),
        done=reverse("panel-seat", args=[seat.pk]),
        template="assessment/panel_seat.html",
        context=context,
    )


def _member(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_role(Role.Kind.PANEL_MEMBER):
        raise PermissionDenied
    return request.user


def _seat(request: HttpRequest, pk: int) -> tuple[User, PanelSeat]:
    member = _member(request)
    seat = queries.seat_of(member, pk)
    if seat is None:
        raise Http404
    return member, seat
