"""The platform with a room that nobody here ever heard of, whose pages are for whoever works there."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path

from socialewifi.config.urls import urlpatterns as rooms
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


urlpatterns = [path("geld/", gifts), path("geld/een/", gift), *rooms]
