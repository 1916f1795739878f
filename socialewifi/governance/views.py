"""What is agreed, and what is still open: to read for coordinators and steering group, to change for administrators."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.governance import rules
from socialewifi.governance.models import Agreement
from socialewifi.people.signed_in import SignedInRequest, only


@require_safe
@only(rules.can_read_agreements)
def agreements(request: SignedInRequest) -> HttpResponse:
    found = Agreement.objects.filter(retired_at=None).order_by("position", "name")
    context = {
        "agreements": found,
        "open_count": sum(agreement.is_provisional for agreement in found),
        "today": clock.today(),
        "can_change": rules.can_change_agreements(request.user),
    }
    return render_page(request, "governance/agreements.html", context)


@require_safe
@only(rules.can_read_agreements)
def agreement(request: SignedInRequest, code: str) -> HttpResponse:
    one = get_object_or_404(Agreement, code=code)
    context = {
        "agreement": one,
        "facts": [(term, value, "") for term, value in _facts(one)],
        "history": one.changes.select_related("by").order_by("-at"),
        "can_change": rules.can_change_agreement(request.user, one),
    }
    return render_page(request, "governance/agreement.html", context)


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
