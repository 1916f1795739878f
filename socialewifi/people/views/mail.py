"""The administration of mail that could not arrive."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from socialewifi.core.htmx import render_page
from socialewifi.people import queries, rules
from socialewifi.people.signed_in import SignedInRequest, only
from socialewifi.people.views.administration import page_of


@only(rules.can_administer)
@require_safe
def undeliverable(request: SignedInRequest) -> HttpResponse:
    """Show which mails could not arrive. Of a resident nothing is shown but that there is one."""
    page = page_of(request, queries.undeliverable_mails())
    return render_page(
        request, "people/mails.html", {"page": page, "mails": [queries.UndeliverableMail.of(one) for one in page]}
    )
