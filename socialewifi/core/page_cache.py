"""
Pages that everyone sees alike are drawn once per change, not once per visitor.

Whatever alters something public raises one number when it is committed (``core.public_changes``). Who asks for such a
page reads that number with one query; under it the page is kept in the process, for a short while. So what is withdrawn
is gone from the next request on. Words and places of the region, which raise nothing, follow within
``REMEMBER_SECONDS`` as everywhere (``core.remembered``). Nothing is kept for, or shown to, who is signed in. No page
with a form to send is kept: what such a form carries is of one visitor.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from socialewifi.core.models import PublicChange

View = Callable[..., HttpResponse]
# Cookies that belong to one visitor: their session, and a message for them alone.
OF_ONE_VISITOR = (settings.SESSION_COOKIE_NAME, "messages")


def cached_until_change(view: View) -> View:
    """Keep what this view answers to visitors, for as long as nothing public changes."""

    @wraps(view)
    def answer(request: HttpRequest, *found: Any, **asked: Any) -> HttpResponse:
        if not settings.REMEMBER_SECONDS or any(name in request.COOKIES for name in OF_ONE_VISITOR):
            return view(request, *found, **asked)
        # Read before the page is drawn: what changes meanwhile is drawn again.
        number = PublicChange.objects.values_list("number", flat=True).first() or 0
        part = [request.headers.get(name, "") for name in ("HX-Request", "HX-Boosted")]
        key = sha256(f"{number} {get_language()} {part} {request.build_absolute_uri()}".encode()).hexdigest()
        kept: HttpResponse | None = caches["pages"].get(key)
        if kept is None:
            kept = view(request, *found, **asked)
            if kept.status_code == HttpResponse.status_code and not kept.cookies and not _has_form(kept):
                caches["pages"].set(key, kept, settings.REMEMBER_SECONDS)
        return kept

    return answer


def _has_form(page: HttpResponse) -> bool:
    """Tell whether it has a form that is sent, but for the language of every page, which carries nothing of anyone."""
    return page.content.count(b'method="post"') > page.content.count(f'action="{reverse("set_language")}"'.encode())
