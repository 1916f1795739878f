"""The administration of people: finding them, adding them, what is known of them, and their access."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds, events
from socialewifi.core.deeds import DeedForm
from socialewifi.core.htmx import render_page
from socialewifi.people import queries, rules
from socialewifi.people.actions import accounts
from socialewifi.people.forms import PeopleFilter, PersonForm, ReasonForm
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest
from socialewifi.people.views.administration import administrators_only, page_of

DEED = "people/deed.html"


@administrators_only
@require_safe
def people(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "rol": ""}
    found = queries.people_to_administer(search=wanted["q"], kind=wanted["rol"], day=clock.today())
    return render_page(request, "people/people.html", {"filter": form, "page": page_of(request, found)})


@administrators_only
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
            {"at": event.at, "text": events.label(event), "by": event.by or _("het platform")}
            for event in queries.log(user=someone)[:25]
        ],
    }
    return render_page(request, "people/person.html", context)


@administrators_only
def add_person(request: SignedInRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    return deeds.answer(
        request,
        form=form,
        act=lambda **fields: accounts.add_person(by=request.user, at=clock.now(), **fields),
        done=lambda: _page_of(User.objects.get(email=form.cleaned_data["email"])),
        said=_("Toegevoegd. Geef nu een rol, en stuur dan een uitnodiging."),
        template=DEED,
        context={
            "title": _("Voeg iemand toe"),
            "lead": _("Iemand die hier werkt of in het panel zit. Daarna geef je een rol en stuur je een uitnodiging."),
            "button": _("Voeg toe"),
            "back": reverse("people-list"),
        },
    )


@administrators_only
def change_person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    initial = {name: getattr(someone, name) for name in accounts.FIELDS}
    return deeds.answer(
        request,
        form=PersonForm(request.POST or None, initial=initial),
        act=lambda **fields: accounts.change_person(user=someone, by=request.user, at=clock.now(), **fields),
        ends_sessions=someone == request.user,
        done=_page_of(someone),
        said=_("De gegevens zijn bewaard."),
        template=DEED,
        context={
            "title": _("Gegevens van %(name)s") % {"name": someone.name},
            "lead": _(
                "Met een ander e-mailadres begint deze persoon opnieuw: stuur een nieuwe uitnodiging, "
                "en laat een ander de rollen weer bevestigen. We mailen het oude en het nieuwe adres."
            ),
            "button": _("Bewaar"),
            "back": _page_of(someone),
        },
    )


@administrators_only
def invite_person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    return deeds.answer(
        request,
        form=DeedForm(request.POST or None),
        act=lambda: accounts.invite(user=someone, by=request.user, at=clock.now()),
        done=_page_of(someone),
        said=_("De uitnodiging is verstuurd."),
        template=DEED,
        context={
            "title": _("Nodig %(name)s uit") % {"name": someone.name},
            "lead": _("We sturen een e-mail naar %(email)s: hoe je binnenkomt, en wat je daarvoor kiest.")
            % {"email": someone.email or "—"},
            "button": _("Stuur de uitnodiging"),
            "back": _page_of(someone),
        },
    )


@administrators_only
def withdraw_access(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    return deeds.answer(
        request,
        form=DeedForm(request.POST or None),
        act=lambda: accounts.withdraw_access(user=someone, by=request.user, at=clock.now()),
        ends_sessions=someone == request.user,
        done=_page_of(someone),
        said=_("Overal uitgelogd. Stuur een nieuwe uitnodiging als deze persoon hier verder werkt."),
        template=DEED,
        context={
            "title": _("Log %(name)s overal uit") % {"name": someone.name},
            "lead": _(
                "Ook links, codes, het wachtwoord en de tweede stap werken dan niet meer. "
                "Werkt deze persoon hier? Stuur dan een nieuwe uitnodiging, "
                "en laat een ander de rollen weer bevestigen. Een inwoner vraagt een nieuwe code aan. "
                "Zonder e-mailadres hoort iemand dit niet vanzelf: bel dan zelf."
            ),
            "button": _("Log overal uit"),
            "back": _page_of(someone),
        },
    )


@administrators_only
def remove_second_factor(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    return deeds.answer(
        request,
        form=ReasonForm(request.POST or None),
        act=lambda reason: accounts.remove_second_factor(user=someone, reason=reason, by=request.user, at=clock.now()),
        ends_sessions=someone == request.user,
        done=_page_of(someone),
        said=_("De tweede stap is weg. Stuur nu een nieuwe uitnodiging."),
        template=DEED,
        context={
            "title": _("Haal de tweede stap van %(name)s weg") % {"name": someone.name},
            "lead": _(
                "Voor wie telefoon of sleutel kwijt is. Bel eerst terug op een bekend nummer: "
                "is het echt deze persoon? Ook het wachtwoord werkt dan niet meer. "
                "Een ander bevestigt daarna de rollen opnieuw."
            ),
            "button": _("Haal weg"),
            "danger": True,
            "back": _page_of(someone),
        },
    )


@administrators_only
def close_account(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    return deeds.answer(
        request,
        form=ReasonForm(request.POST or None),
        act=lambda reason: accounts.close_account(user=someone, reason=reason, by=request.user, at=clock.now()),
        ends_sessions=someone == request.user,
        done=_page_of(someone),
        said=_("Het account is gesloten."),
        template=DEED,
        context={
            "title": _("Sluit het account van %(name)s") % {"name": someone.name},
            "lead": _("Deze persoon komt er niet meer in. Wat al gedaan is, blijft staan."),
            "button": _("Sluit het account"),
            "danger": True,
            "back": _page_of(someone),
        },
    )


@administrators_only
def reopen_account(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    return deeds.answer(
        request,
        form=DeedForm(request.POST or None),
        act=lambda: accounts.reopen_account(user=someone, by=request.user, at=clock.now()),
        done=_page_of(someone),
        said=_("Het account is weer open."),
        template=DEED,
        context={
            "title": _("Open het account van %(name)s weer") % {"name": someone.name},
            "lead": _("Rollen die nog lopen, gelden pas als een ander ze bevestigt."),
            "button": _("Open weer"),
            "back": _page_of(someone),
        },
    )


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


def _page_of(someone: User) -> str:
    return reverse("person", args=[someone.public_id])
