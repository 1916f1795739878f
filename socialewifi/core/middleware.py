"""What every request must be, and what every answer tells the browser beside what Django says."""

import logging
import secrets
import time
from collections.abc import Callable
from itertools import chain
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.views.defaults import bad_request

from socialewifi.core import outage
from socialewifi.core.error_pages import sentences
from socialewifi.core.htmx import is_htmx, page_shown
from socialewifi.core.logs import request_id

logger = logging.getLogger(__name__)

# Nothing here needs the camera, the microphone or where someone is.
UNUSED = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
]
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED)

FIRST_REFUSAL, FIRST_FAULT = 400, 500

# Whatever reading what was sent can fail on: another alphabet, half a form, too much of it, a broken line.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError, LookupError)


def logged_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """
    Write a line for each request: what was asked, what became of it and how long it took, and never by whom.

    The answer bears the same ``X-Request-ID`` as its line and as all that was logged meanwhile. A watcher that is
    answered well is not written down.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        mark = request_id.set(secrets.token_hex(8))
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = request_id.get()
            if response.status_code < FIRST_FAULT and not request.path_info.startswith("/health/"):
                outage.now.end_if_it_answers()
            if response.status_code >= FIRST_REFUSAL or not request.path_info.startswith("/health/"):
                took = round((time.perf_counter() - began) * 1000, 1)
                about = {"request": request, "status_code": response.status_code, "milliseconds": took}
                logger.info("request", extra=about)
            return response
        finally:
            request_id.reset(mark)

    return middleware


def readable_requests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400, on our own page, to what cannot be read: our forms are sent in UTF-8, no address has a NUL."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_readable(request):
            return get_response(request)
        # Nobody tries to read it again: not the page that says so, and nothing that logs it.
        request.encoding = "utf-8"
        request.COOKIES = {}
        request.GET = request.POST = QueryDict()
        request._files = MultiValueDict()  # type: ignore[attr-defined]
        return bad_request(request, BadRequest())

    return middleware


def _is_readable(request: HttpRequest) -> bool:
    if request.content_params and request.content_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        return False
    try:
        asked, _sent = request.GET, request.POST
    except UNREADABLE:
        return False
    # In a form such a sign is left out (core.fields): someone pasted it, and what they typed stays.
    words = [request.path_info, *request.COOKIES.values(), *asked, *chain.from_iterable(dict(asked.lists()).values())]
    return not any("\0" in word for word in words)


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse every power of the browser that no page uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def signed_out_in_place(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Say that someone is signed out with what they typed, where htmx or the browser would only show the way in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        door = resolve_url(settings.LOGIN_URL)
        # Someone who has to come in first is told where they go on; whoever is in already is led there otherwise.
        is_sent_there = response.status_code == 302 and response.headers["Location"].startswith(f"{door}?next=")
        if not is_sent_there:
            return response
        if not is_htmx(request):
            return _signed_out(request, response)
        way_in = f"{door}?{urlencode({'next': page_shown(request)})}"
        if request.method != "POST":
            return HttpResponse(status=204, headers={"HX-Redirect": way_in})
        context = {"way_in": way_in, "sentences": sentences(request)}
        return HttpResponse(render_to_string("core/signed_out.html", context), status=422)

    return middleware


def _signed_out(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer a form whose sender is signed out: with what they typed, if that were lost on the way in."""
    typed = sentences(request)
    if not typed:
        return response
    context = {"way_in": response.headers["Location"], "sentences": typed}
    return render(request, "core/signed_out_page.html", context, status=403)


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let no browser or cache keep what someone saw while signed in: others use that computer too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
