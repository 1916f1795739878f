"""The only place that knows htmx."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


def is_within(request: HttpRequest) -> bool:
    """Tell whether the answer is put within another page than its own."""
    shown = request.headers.get("HX-Current-URL", "").split("?")[0]
    return is_htmx(request) and not shown.endswith(request.path)


def page_shown(request: HttpRequest) -> str:
    """Return the path of the page that stands in the browser; the first page when that cannot be read."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
    except ValueError:
        return "/"


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """Render the page, or only its ``partial`` when htmx asks for it."""
    name = f"{template}#{partial}" if partial and is_htmx(request) else template
    response = render(request, name, context, status=status)
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def see_other(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to ``url`` after a deed: 303, or htmx's own redirect."""
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
