"""
A form is carried out once, in one transaction, as what its sender is under the locks (R7).

Whoever sends it again is answered as the first time; what its action refuses stands beside the field.
"""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from socialewifi.core import clock
from socialewifi.core.errors import DomainError
from socialewifi.core.htmx import render_page, see_other
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.models import SentForm

Result = TypeVar("Result")
# What every form has, whatever it says.
OF_FORMS = {"token", "csrfmiddlewaretoken"}


class AlreadyDone(Exception):
    """Raised when the same form was carried out before; ``is_same`` if it said the same then."""

    def __init__(self, *, is_same: bool = True) -> None:
        super().__init__(is_same)
        self.is_same = is_same


def run_once(token: uuid.UUID, act: Callable[[], Result], *, content: str = "") -> Result:
    """
    Carry out ``act`` in one transaction, unless this token was used before; ``content`` tells what the form says.

    The second of two simultaneous requests waits for the first one's transaction, and then finds the deed done.

    :raises AlreadyDone: if the deed was done before
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                SentForm.objects.create(token=token, at=clock.now(), content=content)
        except IntegrityError as repeated:
            raise AlreadyDone(is_same=SentForm.objects.get(token=token).content == content) from repeated
        return act()


def was_sent(request: HttpRequest) -> bool:
    """Tell whether this very form, with this in it, was carried out: sent again, it is answered as it was then (R7)."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return False
    return SentForm.objects.filter(token=token, content=_content(request)).exists()


def forget_sent_forms(*, at: datetime) -> None:
    """Clear away the tokens of forms that were sent so long ago that nobody sends them again."""
    SentForm.objects.filter(at__lt=at - timedelta(days=SentForm.DAYS_KEPT)).delete()


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

    result = run_once(token, act_if_still_in, content=_content(request))
    if not _is_still_in(request):
        # One's own was among them: there is nothing left to keep in it.
        request.session.flush()
    return result


def _content(request: HttpRequest) -> str:
    """Return what tells this form, of this person, from another with the same token; and nothing of what it says."""
    said = sorted((name, values) for name, values in request.POST.lists() if name not in OF_FORMS)
    return sha256(f"{request.POST.get('token')} {request.path} {request.user.pk} {said}".encode()).hexdigest()


def _is_still_in(request: HttpRequest) -> bool:
    return not request.user.is_authenticated or request.session.exists(str(request.session.session_key))


def _ask_again(form: forms.Form) -> None:
    """Let who sent something else with a form that was carried out, send that too."""
    words = _("Dit formulier is al verstuurd, met iets anders erin. Wil je dit ook versturen? Druk dan nog een keer.")
    form.add_error(None, words)
    data = cast("QueryDict", form.data).copy()
    data["token"] = str(uuid.uuid4())
    form.data = data


def answer(
    request: HttpRequest,
    *,
    form: forms.Form,
    act: Callable[..., Any],
    done: str | Callable[[], str],
    template: str,
    context: dict[str, Any],
    partial: str = "deed",
    said: StrOrPromise | Callable[[], StrOrPromise] = "",
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
        except AlreadyDone as before:
            if before.is_same:
                return see_other(request, done() if callable(done) else done)
            _ask_again(form)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            words = said() if callable(said) else said
            if words:
                messages.success(request, str(words))
            return see_other(request, done() if callable(done) else done)
    return render_page(
        request, template, {**context, "form": form}, partial=partial, status=422 if form.errors else 200
    )
