"""What every request must be, and what every answer tells the browser beside what Django says."""

from collections.abc import Callable
from itertools import chain

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.cache import add_never_cache_headers
from django.utils.datastructures import MultiValueDict
from django.views.defaults import bad_request

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


# Whatever reading what was sent can fail on: another alphabet, half a form, too much of it, a broken line.
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError, UnicodeError, LookupError)


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


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let no browser or cache keep what someone saw while signed in: others use that computer too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
