"""The reading mode of administrators, and the log of access."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from socialewifi.core import clock, events
from socialewifi.core.htmx import render_page, see_other
from socialewifi.core.redaction import without_contact_details
from socialewifi.people import queries, rules
from socialewifi.people.actions import reading
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest, only
from socialewifi.people.views.administration import page_of

GROUPS = {
    "user": gettext_lazy("Accounts en inloggen"),
    "role": gettext_lazy("Rollen"),
    "key": gettext_lazy("Links en codes"),
    "access": gettext_lazy("Overal uitgelogd"),
    "second_factor": gettext_lazy("Tweede stap"),
    "reading": gettext_lazy("Meelezen"),
}


@only(rules.can_administer)
@require_POST
def end_reading(request: SignedInRequest) -> HttpResponse:
    reading.end_reading_mode(by=request.user, at=clock.now())
    return see_other(request, reverse("admin-home"))


@only(rules.can_administer)
@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    someone = _person(request.GET.get("persoon", ""))
    group = request.GET.get("soort", "")
    page = page_of(request, queries.log(user=someone, group=group if group in GROUPS else ""))
    names = dict(User.objects.filter(pk__in=[event.subject_id for event in page]).values_list("pk", "name"))
    entries = [
        {
            "event": event,
            "label": without_contact_details(events.label(event)),
            "about": without_contact_details(names.get(event.subject_id, "")),
            "by": without_contact_details(event.by.name) if event.by else "",
        }
        for event in page
    ]
    context = {"page": page, "entries": entries, "groups": GROUPS.items(), "group": group, "person": someone}
    return render_page(request, "people/log.html", context)


def _person(public_id: str) -> User | None:
    try:
        return User.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None
