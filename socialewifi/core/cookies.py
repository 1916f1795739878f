"""Signed cookies of our own: no script reads them, no other site sends them, and none goes over an open line."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def set_signed_cookie(response: HttpResponse, name: str, value: str, *, max_age: int | None) -> None:
    """Let the browser keep ``value`` for ``max_age`` seconds, or until it closes; nobody but us makes another one."""
    response.set_signed_cookie(
        name,
        value,
        salt=name,
        max_age=max_age,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def signed_cookie(request: HttpRequest, name: str, *, max_age: int | None) -> str:
    """Return what ``set_signed_cookie`` kept here; empty when there is none, or it is too old or not ours."""
    return str(request.get_signed_cookie(name, default="", salt=name, max_age=max_age))
