"""A room that nobody here ever heard of: gifts, whose pages are for whoever keeps the money. ``ROOM`` announces it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path, reverse

from socialewifi.core.rooms import MenuEntry, Room
from socialewifi.initiatives.models import Deadline
from socialewifi.initiatives.panels import DeedLink, Panel
from socialewifi.initiatives.waiting import Line, Waiting
from socialewifi.people.models import Role
from socialewifi.people.signed_in import signed_in


@signed_in
def gifts(request):
    if not request.user.has_role(Role.Kind.TREASURER):
        raise PermissionDenied
    return HttpResponse("Wat er te betalen is")


@signed_in
def gift(request):
    if not request.user.has_role(Role.Kind.TREASURER):
        raise Http404
    return HttpResponse("Eén schenking")


def waiting(user, at, until):
    for deadline in Deadline.objects.filter(initiative__contact_person=user, kind=Deadline.Kind.CHECK_IN):
        yield Waiting(deadline.initiative_id, until, in_words, instead_of=deadline.kind)


def in_words(initiative):
    return Line(f"Vraag wat ‘{initiative.title}’ kostte", "", "Vragen", reverse("gift-list"))


def panel(user, initiative):
    if initiative.contact_person != user:
        return None
    return Panel(deeds=(DeedLink("Schenking beloven", reverse("gift"), "promise-gift"),))


urlpatterns = [path("geld/", gifts, name="gift-list"), path("geld/een/", gift, name="gift")]
ROOM = Room(
    name="gifts",
    urls=__name__,
    menu=(MenuEntry("Schenkingen", "gift-list", place=55, kinds=(Role.Kind.TREASURER,)),),
    waiting=waiting,
    panel=panel,
)
