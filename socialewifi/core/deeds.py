"""
A deed is something people do: a value from which its page, its address and its place in a list are made.

It is carried out once per form, in one transaction, with refusals shown beside the field; whoever is refused keeps what
they typed (docs/adr/0007-deeds.md).
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from socialewifi.core import clock
from socialewifi.core.errors import DomainError
from socialewifi.core.htmx import is_htmx, render_page, see_other
from socialewifi.core.models import SentForm

Result = TypeVar("Result")
Text = str | Promise
NOTHING_DONE = _("Toch niet")
Words = Text | Callable[[Any], Text]


class AlreadyDone(Exception):
    """Raised when the same form was carried out before."""


class DeedForm(forms.Form):
    """
    A form whose sending is carried out at most once (R7), ``by`` someone, ``about`` something.

    ``prefilled`` names the fields that a link may fill in.
    """

    prefilled: tuple[str, ...] = ()
    # Whether it changes what is known (core.editing): then it looks once more under the lock.
    edits = False
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, about: Any = None, by: Any = None, **kwargs: Any) -> None:
        self.about, self.by = about, by
        super().__init__(*args, **kwargs)

    def require_unchanged(self, about: Any) -> None:
        """Refuse what was changed since the form was made; only a form that edits has something to look at."""


class ConfirmForm(DeedForm):
    """Only a yes: the button says what happens."""


@dataclass(frozen=True)
class Deed:
    """
    One thing people do: a verb with its own address, permission, form and action.

    :ivar name: its key everywhere, in English; its address is named after it
    :ivar path: what stands in its address, in Dutch
    :ivar done: what someone reads when it is done
    :ivar may: ``may(user, subject)``, asked for the page; the action asks again under its locks
    :ivar act: ``act(<subject>=, by=, at=, **fields of the form)``
    :ivar heading: above its page, when that is not the verb; ``heading(subject)`` when it differs
    :ivar explanation: what it comes to; ``explanation(subject)`` when it differs
    :ivar readers: who reads what is written here
    :ivar cancel: on the way back, when nothing is done
    :ivar is_rare: whether it stands behind "Meer"
    :ivar above: a template with what whoever does it should see beside the form
    :ivar context: ``context(subject)``: what that template tells, but for the subject itself
    """

    name: str
    path: str
    verb: Text
    done: Text
    may: Callable[[Any, Any], bool]
    act: Callable[..., object]
    form: type[DeedForm] = ConfirmForm
    heading: Words = ""
    explanation: Words = ""
    readers: Text = ""
    cancel: Text = NOTHING_DONE
    is_rare: bool = False
    above: str = ""
    context: Callable[[Any], Mapping[str, Any]] = lambda _subject: {}


@dataclass(frozen=True)
class Subject:
    """
    What the deeds of one list are about.

    :ivar name: how the actions call it
    :ivar find: ``find(user, **parts of the address)``: nothing when this person may not know of it; it may raise
        PermissionDenied
    :ivar title: ``title(user, subject)``, as this person reads it
    :ivar home: ``home(user, subject)``: the page that the deeds are done from, and that follows when one is done
    :ivar prefix: the first part of the name of each address
    :ivar lock: ``lock(subject)``: the subject as it is under its lock, for whoever changes what is known of it
    :ivar latest: ``latest(user, subject)``: what happened last, for whoever comes too late
    :ivar base: the template that the page is laid in
    """

    name: str
    find: Callable[..., Any | None]
    title: Callable[[Any, Any], str]
    home: Callable[[Any, Any], str]
    prefix: str
    lock: Callable[[Any], Any] = lambda subject: subject
    latest: Callable[[Any, Any], str] = lambda _user, _subject: ""
    base: str = "core/staff.html"


def offered(deeds: Iterable[Deed], user: Any, about: Any) -> list[Deed]:
    """Return what this person may do now, in the order of the list."""
    return [deed for deed in deeds if deed.may(user, about)]


def deed_urls(address: str, deeds: Sequence[Deed], subject: Subject) -> list[URLPattern]:
    """Return the page of each deed: ``address`` leads to the subject, its parts go to ``subject.find``."""
    return [path(f"{address}{deed.path}/", _page(deed, deeds, subject), name=_name(subject, deed)) for deed in deeds]


def _page(deed: Deed, deeds: Sequence[Deed], subject: Subject) -> Callable[..., HttpResponse]:
    """Return the view of one deed: found or 404, allowed or refused with what was typed, carried out once."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, **address: Any) -> HttpResponse:
        user = request.user
        about = subject.find(user, **address)
        if about is None:
            raise Http404
        initial = {name: request.GET[name] for name in deed.form.prefilled if name in request.GET}
        form = deed.form(request.POST or None, initial=initial, about=about, by=user)
        context = {
            "deed": deed,
            "subject": subject,
            "about": about,
            "title": subject.title(user, about),
            "home": subject.home(user, about),
        }
        if not deed.may(user, about):
            if _was_sent(request):
                return see_other(request, subject.home(user, about))
            instead = [one for one in offered(deeds, user, about) if not one.is_rare]
            context["instead"] = [(one.verb, reverse(_name(subject, one), kwargs=address)) for one in instead]
            return refused(request, form, {**context, "latest": subject.latest(user, about)})

        def act(**fields: Any) -> object:
            if form.edits:
                form.require_unchanged(subject.lock(about))
            return deed.act(**{subject.name: about}, by=user, at=clock.now(), **fields)

        return answer(
            request,
            form=form,
            act=act,
            done=lambda: subject.home(user, about),
            template="core/deed.html",
            context={
                **deed.context(about),
                **context,
                "heading": _words(deed.heading, about) or deed.verb,
                "explanation": _words(deed.explanation, about),
            },
            said=deed.done,
        )

    return page


def _words(words: Words, about: Any) -> Text:
    return words(about) if callable(words) else words


def _was_sent(request: HttpRequest) -> bool:
    """Tell whether this very form was carried out: sent again, it is answered as it was then (R7)."""
    try:
        token = uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return False
    return SentForm.objects.filter(token=token).exists()


def _name(subject: Subject, deed: Deed) -> str:
    return f"{subject.prefix}-{deed.name}"


def refused(request: HttpRequest, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    """
    Refuse what cannot be done (any more), with what was typed, what happened, and what can be done instead.

    :raises PermissionDenied: when nothing was typed yet
    """
    if request.method != "POST":
        raise PermissionDenied
    # htmx takes no page for an answer to a form but a 422.
    status = 422 if is_htmx(request) else 403
    page = {**context, "typed": typed(form)}
    return render_page(request, "core/deed_refused.html", page, partial="deed", status=status)


def typed(form: forms.Form) -> list[tuple[str, str]]:
    """Return what was filled in, as its reader knows it: the name of each field and its words."""
    found = []
    for field in form.visible_fields():
        values = field.data if isinstance(field.data, list) else [field.data]
        labels = labels_of(field.field)
        words = ", ".join(labels.get(str(value), str(value)) for value in values if value)
        if words:
            found.append((str(field.label), words))
    return found


def labels_of(field: forms.Field) -> dict[str, str]:
    """Return what each choice of this field is called, by what is sent for it; those in groups too."""
    choices: Any = getattr(field, "choices", ())
    found: dict[str, str] = {}
    for value, label in choices:
        group = label if isinstance(label, list | tuple) else [(value, label)]
        found |= {str(one): str(words) for one, words in group}
    return found


def once(token: uuid.UUID, act: Callable[[], Result]) -> Result:
    """
    Carry out ``act`` in one transaction, unless this token was used before.

    The second of two simultaneous requests waits for the first one's transaction, and then finds the deed done.

    :raises AlreadyDone: if the deed was done before
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                SentForm.objects.create(token=token, at=clock.now())
        except IntegrityError as repeated:
            raise AlreadyDone from repeated
        return act()


def forget_deeds(*, at: datetime) -> None:
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
