"""Where someone is signed in and with what they can come in, to end any of it; and the picture of a second factor."""

import re

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from socialewifi.core import clock
from socialewifi.core.htmx import render_page, see_other
from socialewifi.people.actions import accounts, keys
from socialewifi.people.models import AccessKey, User
from socialewifi.people.second_step import has_second_step
from socialewifi.people.signed_in import SignedInRequest, signed_in

BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
NAMES = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")


@signed_in
@require_safe
def sessions(request: SignedInRequest) -> HttpResponse:
    found = [
        {"session": one, "device": _device(one.user_agent), "current": one.session_key == request.session.session_key}
        for known in User.objects.filter(pk__in=request.user.identities).order_by("pk")
        for one in UserSession.objects.purge_and_list(known)
    ]
    usable = AccessKey.objects.usable(clock.now()).filter(user__in=request.user.identities).order_by("-created_at")
    return render_page(request, "people/sessions.html", {"sessions": found, "keys": usable})


@signed_in
@require_POST
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user__in=request.user.identities)
    accounts.end_session(session=session, by=request.user, at=clock.now())
    return see_other(request, reverse("usersessions_list"))


@signed_in
@require_POST
def end_key(request: SignedInRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(AccessKey, pk=pk, user__in=request.user.identities)
    keys.revoke_key(key=key, by=request.user, at=clock.now())
    return see_other(request, reverse("usersessions_list"))


def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Ask the password once more; whoever has a second step passes that one: a password is less than what it guards."""
    if request.user.is_authenticated and has_second_step(request.user):
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{request.GET.urlencode()}")
    answer: HttpResponse = account.reauthenticate(request)
    return answer


@signed_in
@never_cache
@require_safe
def totp_image(request: SignedInRequest) -> HttpResponse:
    """Draw what an authenticator app scans, for the secret this session is setting up."""
    secret = request.session.get("mfa.totp.secret")
    if not secret:
        raise Http404
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(drawing, content_type="image/svg+xml")


def _device(user_agent: str) -> str:
    browser = next((name for name in BROWSERS if f"{name}/" in user_agent), "")
    system = next((name for name in SYSTEMS if re.search(rf"\b{name}\b", user_agent)), "")
    words = [NAMES.get(browser, browser), system.replace("Mac OS X", "Mac")]
    return _(" op ").join(word for word in words if word) or _("Onbekend apparaat")
