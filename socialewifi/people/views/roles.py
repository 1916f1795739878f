"""The administration of roles, organisations and ambassadors."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.deeds import DeedForm
from socialewifi.core.htmx import render_page
from socialewifi.people import queries, rules
from socialewifi.people.actions import roles
from socialewifi.people.forms import EndRoleForm, RoleForm
from socialewifi.people.models import Organisation, Role, User
from socialewifi.people.signed_in import SignedInRequest
from socialewifi.people.views.administration import administrators_only, confirmers_only


@administrators_only
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    context = {
        "gaps": queries.municipalities_without_ambassador(clock.today()),
        "waiting": len(queries.waiting_roles(request.user, clock.today())),
        "undeliverable": queries.undeliverable_mails().count(),
        "late": queries.mails_that_wait_long(clock.now()).count(),
    }
    return render_page(request, "people/administration.html", context)


@confirmers_only
@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """Show which roles wait for a second person, to whoever may be that person."""
    found = queries.waiting_roles(request.user, clock.today())
    return render_page(request, "people/roles.html", {"waiting": found})


@confirmers_only
def confirm_role(request: SignedInRequest, pk: int) -> HttpResponse:
    role = _role_asked_about(request, pk)
    if not rules.can_confirm_role(request.user, role):
        raise PermissionDenied
    return deeds.answer(
        request,
        form=DeedForm(request.POST or None),
        act=lambda: roles.confirm_role(role=role, by=request.user, at=clock.now()),
        done=reverse("role-list"),
        said=_("De rol is bevestigd."),
        template="people/deed.html",
        context={
            "title": _("Bevestig de rol van %(name)s") % {"name": role.user.name},
            "lead": _("%(role)s, voor %(email)s. Weet je zeker dat deze persoon dat adres heeft? Vraag het eerst na.")
            % {"role": role.title, "email": role.user.email or "—"},
            "button": _("Bevestig de rol"),
            "back": reverse("role-list"),
        },
    )


@confirmers_only
def refuse_role(request: SignedInRequest, pk: int) -> HttpResponse:
    role = _role_asked_about(request, pk)
    if not rules.can_refuse_role(request.user, role):
        raise PermissionDenied
    return deeds.answer(
        request,
        form=DeedForm(request.POST or None),
        act=lambda: roles.refuse_role(role=role, by=request.user, at=clock.now()),
        done=reverse("role-list"),
        said=_("De rol geldt niet."),
        template="people/deed.html",
        context={
            "title": _("Weiger de rol van %(name)s") % {"name": role.user.name},
            "lead": _("%(role)s. De rol geldt dan niet. Geven kan later opnieuw.") % {"role": role.title},
            "button": _("Weiger de rol"),
            "danger": True,
            "back": reverse("role-list"),
        },
    )


@administrators_only
def give_role(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    page = reverse("person", args=[public_id])
    return deeds.answer(
        request,
        form=RoleForm(request.POST or None),
        act=lambda **fields: roles.give_role(user=someone, by=request.user, at=clock.now(), **fields),
        done=page,
        said=_("De rol is gegeven. Staat er ‘wacht op een tweede’ bij? Dan geldt hij pas als een ander hem bevestigt."),
        template="people/deed.html",
        context={
            "title": _("Geef %(name)s een rol") % {"name": someone.name},
            "lead": _("Een rol geldt voor een plek en een tijd. Na de laatste dag werkt hij niet meer.")
            + (
                _(" Een rol van het werk of in het panel geldt pas als een ander hem bevestigt.")
                if settings.ROLES_TAKE_TWO
                else ""
            ),
            "button": _("Geef de rol"),
            "back": page,
        },
    )


@administrators_only
def end_role(request: SignedInRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.select_related("user", "subregion", "municipality", "neighbourhood"), pk=pk)
    page = reverse("person", args=[role.user.public_id])
    return deeds.answer(
        request,
        form=EndRoleForm(request.POST or None),
        act=lambda last_day: roles.end_role(role=role, last_day=last_day, by=request.user, at=clock.now()),
        done=page,
        said=_("De rol eindigt op de dag die je koos."),
        template="people/deed.html",
        context={
            "title": _("Laat de rol van %(name)s eindigen") % {"name": role.user.name},
            "lead": role.title,
            "button": _("Laat de rol eindigen"),
            "back": page,
        },
    )


@administrators_only
@require_safe
def ambassadors(request: SignedInRequest) -> HttpResponse:
    return render_page(request, "people/ambassadors.html", {"representations": queries.ambassadors(clock.today())})


@administrators_only
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    found = Organisation.objects.prefetch_related("does_social_work_in").order_by("kind", "name")
    return render_page(request, "people/organisations.html", {"organisations": found})


def _role_asked_about(request: SignedInRequest, pk: int) -> Role:
    places = ("subregion", "municipality", "neighbourhood__municipality")
    role = get_object_or_404(Role.objects.select_related("user", *places), pk=pk)
    if not rules.is_asked_about(request.user, role):
        raise Http404
    return role
