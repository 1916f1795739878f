"""What initiators share: who owns it, what everyone may read, and their stories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.owners.forms import InviteForm
from socialewifi.owners.queries.page import OwnPage
from socialewifi.owners.views.access import own
from socialewifi.publication.queries import Card


@require_safe
@own
def owners(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Show who owns it, with the form to ask someone to join."""
    initiative = page.initiative
    context = {
        "page": page,
        "initiative": initiative,
        "form": InviteForm() if rules.can_invite(page.user, initiative) else None,
        "waits_for_contact": rules.goes_on(initiative) and initiative.contact_person_id is None,
    }
    return render_page(request, "owners/owners.html", context)


@require_safe
@own
def preview(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Show the public page as everyone would see it."""
    context = {"row": page.initiative, "initiative": Card.of(page.initiative)}
    return render_page(request, "owners/preview.html", context)


@require_safe
@own
def story(request: HttpRequest, page: OwnPage, pk: int) -> HttpResponse:
    own_story = next((one for one in page.stories if one.story.pk == pk), None)
    if own_story is None:
        raise Http404
    context = {"page": page, "initiative": page.initiative, "own_story": own_story}
    return render_page(request, "owners/story.html", context)
