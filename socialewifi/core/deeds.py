"""Carrying out a deed from a form: once per form, in one transaction, with refusals shown beside the field."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from socialewifi.core import clock
from socialewifi.core.errors import DomainError
from socialewifi.core.htmx import render_page, see_other
from socialewifi.core.models import Deed

Result = TypeVar("Result")


class AlreadyDone(Exception):
    """Raised when the same form was carried out before."""


class DeedForm(forms.Form):
    """A form whose sending is carried out at most once (R7)."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def once(token: uuid.UUID, act: Callable[[], Result]) -> Result:
    """
    Carry out ``act`` in one transaction, unless this token was used before.

    The second of two simultaneous requests waits for the first one's transaction, and then finds the deed done.

    :raises AlreadyDone: if the deed was done before
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                Deed.objects.create(token=token, at=clock.now())
        except IntegrityError as repeated:
            raise AlreadyDone from repeated
        return act()


def forget_deeds(*, at: datetime) -> None:
    """Clear away the tokens of forms that were sent so long ago that nobody sends them again."""
    Deed.objects.filter(at__lt=at - timedelta(days=Deed.DAYS_KEPT)).delete()


def forget_rights(request: HttpRequest) -> None:
    """Let the deed ask under its lock what this person may, not the page that was looked at before it."""
    if request.user.is_authenticated:
        request.user.forget_rights()


def carry_out(
    request: HttpRequest, token: uuid.UUID, act: Callable[[], Result], *, ends_sessions: bool = False
) -> Result:
    """
    Carry out ``act`` once for whoever sent this form, as what they are under its locks.

    A deed that waited for its turn while its session was ended is undone: who lost their way in does nothing more. Of
    what ``ends_sessions`` of one's own that is not asked.

    :raises AlreadyDone: if the deed was done before
    :raises PermissionDenied: if the session is no longer there
    """
    forget_rights(request)

    def act_if_still_in() -> Result:
        result = act()
        if not ends_sessions and not _is_still_in(request):
            raise PermissionDenied
        return result

    result = once(token, act_if_still_in)
    if not _is_still_in(request):
        # One's own was among them: there is nothing left to keep in it.
        request.session.flush()
    return result


def _is_still_in(request: HttpRequest) -> bool:
    return not request.user.is_authenticated or request.session.exists(str(request.session.session_key))


def answer(
    request: HttpRequest,
    *,
    form: forms.Form,
    act: Callable[..., Any],
    done: str | Callable[[], str],
    template: str,
    context: dict[str, Any],
    partial: str = "deed",
    said: str | Promise = "",
    ends_sessions: bool = False,
) -> HttpResponse:
    """
    Show the form, or carry out its deed and go on to ``done``.

    ``act`` receives the form's cleaned fields. What it refuses stands beside the field, and what was typed stays.
    ``said`` tells on the next page that it was done. ``partial`` is the part of the page with the form, if any.
    """
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        token = fields.pop("token")
        try:
            carry_out(request, token, lambda: act(**fields), ends_sessions=ends_sessions)
        except AlreadyDone:
            return see_other(request, done() if callable(done) else done)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            if said:
                messages.success(request, str(said))
            return see_other(request, done() if callable(done) else done)
    return render_page(
        request, template, {**context, "form": form}, partial=partial, status=422 if form.errors else 200
    )
