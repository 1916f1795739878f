"""The administration of roles, organisations and ambassadors."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from socialewifi.core import clock
from socialewifi.core.htmx import render_page
from socialewifi.people import queries, rules
from socialewifi.people.models import Organisation
from socialewifi.people.signed_in import SignedInRequest, only


@only(rules.can_administer)
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    context = {
        "gaps": queries.municipalities_without_ambassador(clock.today()),
        "waiting": len(queries.waiting_roles(request.user, clock.today())),
        "undeliverable": queries.undeliverable_mails().count(),
        "late": queries.mails_that_wait_long(clock.now()).count(),
    }
    return render_page(request, "people/administration.html", context)


@only(rules.can_confirm_roles)
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """Show which roles wait for a second person, to whoever may be that person."""
    found = queries.waiting_roles(request.user, clock.today())
    return render_page(request, "people/roles.html", {"waiting": found})


@only(rules.can_administer)
@require_safe
def ambassadors(request: SignedInRequest) -> HttpResponse:
    return render_page(request, "people/ambassadors.html", {"representations": queries.ambassadors(clock.today())})


@only(rules.can_administer)
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    found = Organisation.objects.prefetch_related("does_social_work_in").order_by("kind", "name")
    return render_page(request, "people/organisations.html", {"organisations": found})
