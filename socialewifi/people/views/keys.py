"""Opening one idea without an account: the link in a mail, and the code on a letter (R14)."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from socialewifi.core import clock
from socialewifi.core.addresses import masked
from socialewifi.core.htmx import render_page
from socialewifi.people import limits
from socialewifi.people.actions import keys
from socialewifi.people.forms import LetterCodeForm
from socialewifi.people.models import AccessKey
from socialewifi.people.queries import find_key
from socialewifi.people.views.codes import ask_code

# The session remembers that an address was shown masked, so that the next page does not give it away.
MASKED = "masked_address"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_key(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button: whatever scans mail for dangers follows links, but presses nothing."""
    key = find_key(AccessKey.Kind.LINK, token)
    context = {"key": key, "token": token, "next": _next(request)}
    if key is None or not key.is_usable(clock.now()) or not keys.is_let_in(key.user):
        return render_page(request, "people/key_closed.html", context, status=404 if key is None else 410)
    if request.method == "POST":
        try:
            return _come_in(request, AccessKey.Kind.LINK, token)
        except keys.KeyDoesNotOpen:
            return render_page(request, "people/key_closed.html", context, status=410)
    if request.user == key.user or _is_owner_of_mailbox(request, key):
        return HttpResponseRedirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    return render_page(request, "people/key_open.html", context)


@never_cache
@require_POST
def send_code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a short-lived code to where a link went that no longer opens anything."""
    key = find_key(AccessKey.Kind.LINK, token)
    if key is None or not key.sent_to:
        raise Http404
    asked = QueryDict(mutable=True)
    asked.update({"email": key.sent_to, "next": _next(request)})
    logout(request)
    request.POST = asked  # type: ignore[assignment]
    request.session[MASKED] = {"email": key.sent_to, "shown": masked(key.sent_to)}
    response: HttpResponse = ask_code(request)
    if response.status_code == 302:
        return response
    return render_page(request, "people/key_closed.html", {"key": key, "token": token, "too_often": True}, status=429)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Let in whoever has a code on a letter."""
    form = LetterCodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if not limits.may_try_letter_code(request):
            return render_page(request, "people/code.html", {"form": form, "too_often": True}, status=429)
        try:
            return _come_in(request, AccessKey.Kind.LETTER, typed)
        except keys.KeyDoesNotOpen as refusal:
            limits.count_wrong_letter_code(request)
            form.add_error("code", str(refusal))
    if form.errors:
        status = 422
    return render_page(request, "people/code.html", {"form": form}, status=status)


@transaction.atomic
def _come_in(request: HttpRequest, kind: str, typed: str) -> HttpResponse:
    """
    Let in whoever has this link or code.

    The key is held until the session is there: whoever ends the key meanwhile ends that session with it.

    :raises KeyDoesNotOpen: if it opens nothing (any more)
    """
    user = keys.open_with_key(kind=kind, typed=typed, at=clock.now())
    response: HttpResponse = perform_login(request, user, redirect_url=_next(request) or None)
    return response


def _is_owner_of_mailbox(request: HttpRequest, key: AccessKey) -> bool:
    """Tell whether the account whose mailbox this link went to is signed in: it opens the page as itself."""
    return request.user.is_authenticated and request.user.is_account and request.user.email == key.sent_to


def _next(request: HttpRequest) -> str:
    """Return where to go on to, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""
