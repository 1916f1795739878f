"""What is agreed, and what is still open: to read for coordinators and steering group, to change for administrators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.governance import actions, rules
from socialewifi.governance.forms import ChangeForm
from socialewifi.governance.models import Agreed, Agreement
from socialewifi.people.signed_in import SignedInRequest, signed_in


@signed_in
@require_safe
def agreements(request: SignedInRequest) -> HttpResponse:
    if not rules.can_read_agreements(request.user):
        raise PermissionDenied
    found = Agreement.objects.filter(retired_at=None).order_by("position", "name")
    context = {
        "agreements": found,
        "open_count": sum(agreement.is_provisional for agreement in found),
        "today": clock.today(),
        "can_change": rules.can_change_agreements(request.user),
    }
    return render_page(request, "governance/agreements.html", context)


@signed_in
@require_safe
def agreement(request: SignedInRequest, code: str) -> HttpResponse:
    if not rules.can_read_agreements(request.user):
        raise PermissionDenied
    one = get_object_or_404(Agreement, code=code)
    context = {
        "agreement": one,
        "facts": [(term, value, "") for term, value in _facts(one)],
        "history": one.changes.select_related("by").order_by("-at"),
        "can_change": rules.can_change_agreements(request.user) and one.retired_at is None,
    }
    return render_page(request, "governance/agreement.html", context)


@signed_in
def change(request: SignedInRequest, code: str) -> HttpResponse:
    if not rules.can_change_agreements(request.user):
        raise PermissionDenied
    one = get_object_or_404(Agreement, code=code)
    page = reverse("agreement", args=[code])
    return deeds.answer(
        request,
        form=ChangeForm(request.POST or None, agreement=one),
        act=lambda status, owner, decide_by, reason, value=None: actions.change_agreement(
            agreement=one,
            agreed=Agreed(value, status, owner, decide_by),
            reason=reason,
            by=request.user,
            at=clock.now(),
        ),
        done=page,
        said=_("De afspraak is bijgewerkt."),
        template="governance/change.html",
        context={"agreement": one, "page": page},
    )


def _facts(one: Agreement) -> list[tuple[str, str]]:
    facts = [
        (_("Status"), str(one.get_status_display())),
        (_("Wie beslist"), one.owner),
        (_("Besluit nodig voor"), date_format(one.decide_by, "j F Y") if one.decide_by else _("niet afgesproken")),
        (_("Bron"), one.source),
    ]
    if one.value is not None:
        facts.insert(0, (_("Nu"), one.value_in_words))
    return facts
