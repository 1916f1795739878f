"""What cannot be opened or sent: said kindly, and with what was typed, so that no text is ever lost."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from socialewifi.core.deeds import NotNow, answer_not_now

NEVER_SHOWN = ("password", "code")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403, for whoever may not do this, or not any more."""
    if isinstance(exception, NotNow):
        return answer_not_now(request, exception.page)
    return _answer(request, "403.html", 403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer 404, for what is not there, or not for this person."""
    return _answer(request, "404.html", 404)


def _answer(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template, {"sentences": sentences(request)}, request), status=status)


def sentences(request: HttpRequest) -> list[str]:
    """
    Return the sentences that were sent with a form: what has words with a space between them, and is no secret.

    Only of a form of our own: otherwise another site could put its words in a page of ours.
    """
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    sent = [value for name, values in request.POST.lists() if not _is_secret(name) for value in values]
    return [value for value in sent if " " in value.strip()]


def _is_secret(name: str) -> bool:
    return any(word in name for word in NEVER_SHOWN)
