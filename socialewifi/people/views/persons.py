"""The administration of people: finding them, and what is known of them; what is done with it is in ``deeds``."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, events
from socialewifi.core.htmx import render_page
from socialewifi.core.redaction import without_contact_details
from socialewifi.people import queries, rules
from socialewifi.people.forms import PeopleFilter
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest, only
from socialewifi.people.views.administration import page_of


@only(rules.can_administer)
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "rol": ""}
    found = queries.people_to_administer(search=wanted["q"], kind=wanted["rol"], day=clock.today())
    return render_page(request, "people/people.html", {"filter": form, "page": page_of(request, found)})


@only(rules.can_administer)
@require_safe
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User.objects.select_related("organisation"), public_id=public_id)
    today = clock.today()
    roles = list(
        someone.roles.select_related("subregion", "municipality", "neighbourhood__municipality").order_by("-starts_on")
    )
    context = {
        "person": someone,
        "facts": [(term, value, "") for term, value in _facts(someone)],
        "is_administered": rules.is_administered(someone),
        "waiting": [(role, queries.second_people(role, today)) for role in roles if role.waits_on(today)],
        "roles": [role for role in roles if role.confirmed_at and not role.is_over_on(today)],
        "past_roles": [role for role in roles if role.refused_at or role.is_over_on(today)],
        "today": today,
        "history": [
            {
                "at": event.at,
                "text": without_contact_details(events.label(event)),
                "by": without_contact_details(event.by.name) if event.by else _("het platform"),
            }
            for event in queries.log(user=someone)[:25]
        ],
    }
    return render_page(request, "people/person.html", context)


def _facts(someone: User) -> list[tuple[str, str]]:
    has_factor = Authenticator.objects.filter(user=someone).exists()
    keys = someone.access_keys.usable(clock.now()).count()
    return [
        (_("E-mailadres"), someone.email or _("geen")),
        (_("Telefoon"), someone.phone or _("onbekend")),
        (_("Taal van de mails"), str(dict(settings.LANGUAGES).get(someone.language, someone.language))),
        (_("Organisatie"), str(someone.organisation or _("geen"))),
        (_("Werkdagen"), someone.working_days or _("onbekend")),
        (_("Wachtwoord"), _("gekozen") if someone.has_usable_password() else _("nog niet gekozen")),
        (_("Tweede stap"), _("ingesteld") if has_factor else _("nog niet ingesteld")),
        (_("Links en codes die nog werken"), str(keys)),
    ]
