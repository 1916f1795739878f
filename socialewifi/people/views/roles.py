"""The administration of roles, organisations and ambassadors."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.people import queries
from socialewifi.people.actions import roles
from socialewifi.people.forms import EndRoleForm, RoleForm
from socialewifi.people.models import Organisation, Role, User
from socialewifi.people.signed_in import SignedInRequest
from socialewifi.people.views.administration import administrators_only


@administrators_only
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    gaps = queries.municipalities_without_ambassador(clock.today())
    return render_page(request, "people/administration.html", {"gaps": gaps})


@administrators_only
def give_role(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    someone = get_object_or_404(User, public_id=public_id)
    page = reverse("person", args=[public_id])
    return deeds.answer(
        request,
        form=RoleForm(request.POST or None),
        act=lambda **fields: roles.give_role(user=someone, by=request.user, at=clock.now(), **fields),
        done=page,
        said=_("De rol is gegeven."),
        template="people/deed.html",
        context={
            "title": _("Geef %(name)s een rol") % {"name": someone.name},
            "lead": _("Een rol geldt voor een plek en een tijd. Daarna geeft hij niets meer."),
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
            "lead": f"{role.get_kind_display()}{f' ({role.place})' if role.place else ''}",
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
