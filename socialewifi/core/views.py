"""The language of the pages, and what machines ask: health, and the two text files of a well-behaved site."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from socialewifi.core import health


@csrf_exempt
def choose_language(request: HttpRequest) -> HttpResponse:
    """
    Show the pages in another language from now on, and write to who is signed in in that language too.

    Its form bears no mark of one visitor, so that a page for everyone is the same for everyone; another site gains
    nothing by sending it, and sends no session with it.
    """
    answer = set_language(request)
    chosen = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen is not None and request.user.is_authenticated:
        get_user_model()._default_manager.filter(pk=request.user.pk).update(language=chosen.value)
    return answer


@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that this process lives, whatever else is broken."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether pages can be answered: 503 with what fails when they cannot."""
    return _health(health.failures())


@never_cache
@require_safe
def worker(_request: HttpRequest) -> JsonResponse:
    """Answer whether the worker works: 503 with what fails when it does not."""
    return _health(health.worker_failures())


def _health(failures: dict[str, str]) -> JsonResponse:
    return JsonResponse(
        {"status": "failing" if failures else "ok", "failures": failures}, status=503 if failures else 200
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "core/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell finders of a leak whom to write (RFC 9116)."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    context = {
        "contact": settings.SECURITY_CONTACT,
        "expires": settings.SECURITY_EXPIRES.isoformat(),
        "base": settings.BASE_URL,
    }
    return render(request, "core/security.txt", context, content_type="text/plain; charset=utf-8")
