"""
A deed is something people do: a value from which its page, its address and its place in a list are made.

It is carried out once per form, in one transaction, with refusals shown beside the field; whoever is refused keeps what
they typed (docs/adr/0007-deeds.md).
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from socialewifi.core import clock
from socialewifi.core.htmx import is_htmx, is_within, render_page, see_other
from socialewifi.core.idempotency import answer, was_sent
from socialewifi.core.lazy import StrOrPromise

NOTHING_DONE = _("Toch niet")
Words = StrOrPromise | Callable[[Any], StrOrPromise]
View = Callable[..., HttpResponse]
Fields = Mapping[str, Any]


class NotNow(PermissionDenied):
    """Raised when someone opens what cannot be done (any more); ``page`` tells what happened, and the way on."""

    def __init__(self, page: Mapping[str, Any]) -> None:
        super().__init__()
        self.page = page


class DeedForm(forms.Form):
    """
    A form whose sending is carried out at most once (R7), ``by`` someone, ``about`` something.

    ``latest()`` is what happened to that last, for whoever finds it changed.

    ``prefilled`` names the fields that a link may fill in, ``looks`` the buttons that only show what it would come to.
    """

    prefilled: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    # Whether it changes what is known (core.editing): then it looks once more under the lock.
    edits = False
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, about: Any = None, by: Any = None, latest: Callable[[], str] = str, **kwargs: Any
    ) -> None:
        self.about, self.by, self.latest = about, by, latest
        super().__init__(*args, **kwargs)
        for name, value in self.as_it_is().items():
            self.fields[name].initial = value

    def as_it_is(self) -> dict[str, Any]:
        """Return what the fields start with: what is known now."""
        return {}

    def require_unchanged(self, about: Any) -> None:
        """Refuse what was changed since the form was made; only a form that edits has something to look at."""


class ConfirmForm(DeedForm):
    """Only a yes: the button says what happens."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """
    One thing people do: a verb with its own address, permission, form and action.

    :ivar name: its key everywhere, in English; its address is named after it
    :ivar path: what stands in its address, in Dutch
    :ivar done: what someone reads when it is done; ``done(subject, fields)`` when it differs
    :ivar may: ``may(user, subject)``, asked for the page; the action asks again under its locks
    :ivar act: ``act(<subject>=, by=, at=, **fields of the form)``
    :ivar heading: above its page, when that is not the verb; ``heading(subject)`` when it differs
    :ivar explanation: what it comes to; ``explanation(subject)`` when it differs
    :ivar button: on the button, when that is not the verb
    :ivar readers: who reads what is written here
    :ivar cancel: on the way back, when nothing is done
    :ivar is_rare: whether it stands behind "Meer"
    :ivar is_drastic: whether its button warns
    :ivar ends_access: whether it may end the session of whoever does it to themselves
    :ivar leads: ``leads(subject, fields)``: the page that follows, when that is not the home of the subject
    :ivar template: its page, when it is another than that of every deed
    :ivar above: a template with what whoever does it should see beside the form
    :ivar context: ``context(user, subject)``: what that template tells, but for the subject itself
    :ivar takes_session: whether the action is told in which ``session`` it is done, to leave that one open
    """

    name: str
    path: str
    verb: StrOrPromise
    done: StrOrPromise | Callable[[Any, Fields], StrOrPromise]
    may: Callable[[Any, Any], bool]
    act: Callable[..., object]
    form: type[DeedForm] = ConfirmForm
    heading: Words = ""
    explanation: Words = ""
    button: StrOrPromise = ""
    readers: StrOrPromise = ""
    cancel: StrOrPromise = NOTHING_DONE
    is_rare: bool = False
    is_drastic: bool = False
    ends_access: bool = False
    leads: Callable[[Any, Fields], str] | None = None
    template: str = "core/deed.html"
    above: str = ""
    context: Callable[[Any, Any], Mapping[str, Any]] = lambda _user, _subject: {}
    takes_session: bool = False


@dataclass(frozen=True, kw_only=True)
class Subject:
    """
    What the deeds of one list are about.

    :ivar name: how the actions call it; without a name they are told of none
    :ivar find: ``find(user, **parts of the address)``: nothing when this person may not know of it; it may raise
        PermissionDenied
    :ivar title: ``title(user, subject)``, as this person reads it
    :ivar home: ``home(user, **parts of the address)``: the page that the deeds are done from, and that follows when one
        is done, also by one that ended the subject
    :ivar prefix: the first part of the name of each address
    :ivar lock: ``lock(subject)``: the subject as it is under its lock, for whoever changes what is known of it
    :ivar latest: ``latest(user, subject)``: what happened last, by whom and when, for whoever comes too late;
        ``untold`` when that is not theirs to read
    :ivar base: the template that the page is laid in
    :ivar below: a template that stands below each of its deeds
    :ivar context: ``context(user, subject)``: what those templates tell
    :ivar guard: a decorator of the page: who comes as far as asking
    """

    name: str
    find: Callable[..., Any | None]
    title: Callable[[Any, Any], str]
    home: Callable[..., str]
    prefix: str
    lock: Callable[[Any], Any] | None = None
    latest: Callable[[Any, Any], str]
    base: str = "core/staff.html"
    below: str = ""
    context: Callable[[Any, Any], Mapping[str, Any]] = lambda _user, _subject: {}
    guard: Callable[[View], View] = login_required


def untold(_user: Any, _subject: Any) -> str:
    """Say nothing of what happened last."""
    return ""


def offered(deeds: Iterable[Deed], user: Any, about: Any) -> list[Deed]:
    """Return what this person may do now, in the order of the list."""
    return [deed for deed in deeds if deed.may(user, about)]


def deed_urls(address: str, deeds: Sequence[Deed], subject: Subject) -> list[URLPattern]:
    """
    Return the page of each deed: ``address`` leads to the subject, its parts go to ``subject.find``.

    :raises ImproperlyConfigured: if one of them edits a subject that is never held
    """
    if subject.lock is None and (edits := [deed.name for deed in deeds if deed.form.edits]):
        raise ImproperlyConfigured(f"{', '.join(edits)}: whoever edits looks under a lock; the subject has none.")
    return [path(f"{address}{deed.path}/", _page(deed, deeds, subject), name=_name(subject, deed)) for deed in deeds]


def _page(deed: Deed, deeds: Sequence[Deed], subject: Subject) -> View:
    """Return the view of one deed: found or 404, allowed or refused with what was typed, carried out once."""

    @subject.guard
    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: HttpRequest, **address: Any) -> HttpResponse:
        user = request.user
        about = subject.find(user, **address)

        def home() -> str:
            return subject.home(user, **address)

        if about is None and was_sent(request):
            return see_other(request, home())
        if about is None:
            raise Http404
        initial = {name: request.GET[name] for name in deed.form.prefilled if name in request.GET}
        form = deed.form(
            request.POST or None, initial=initial, about=about, by=user, latest=lambda: subject.latest(user, about)
        )
        context = {
            **subject.context(user, about),
            "deed": deed,
            "subject": subject,
            "about": about,
            "title": subject.title(user, about),
            "home": home(),
            "is_within": is_within(request),
        }
        if deed.may(user, about):
            return _ask_or_carry_out(request, deed, subject, form, context=context, home=home)
        if was_sent(request):
            return see_other(request, home())
        instead = [one for one in offered(deeds, user, about) if not one.is_rare]
        context["instead"] = [(one.verb, reverse(_name(subject, one), kwargs=address)) for one in instead]
        return _refused(request, form, {**context, "latest": form.latest()})

    return page


def _ask_or_carry_out(
    request: HttpRequest,
    deed: Deed,
    subject: Subject,
    form: DeedForm,
    *,
    context: dict[str, Any],
    home: Callable[[], str],
) -> HttpResponse:
    user, about = form.by, form.about

    def act(**fields: Any) -> object:
        if subject.lock is not None and form.edits:
            form.require_unchanged(subject.lock(about))
        known = {subject.name: about} if subject.name else {}
        if deed.takes_session:
            known["session"] = str(request.session.session_key)
        return deed.act(**known, by=user, at=clock.now(), **fields)

    def done() -> str:
        return deed.leads(about, form.cleaned_data) if deed.leads else home()

    context |= {
        **deed.context(user, about),
        "heading": _words(deed.heading, about) or deed.verb,
        "explanation": _words(deed.explanation, about),
    }
    if any(button in request.POST for button in form.looks):
        status = 422 if form.errors else 200
        return render_page(request, deed.template, {**context, "form": form}, partial="deed", status=status)
    return answer(
        request,
        form=form,
        act=act,
        done=done,
        template=deed.template,
        context=context,
        said=lambda: deed.done(about, form.cleaned_data) if callable(deed.done) else deed.done,
        ends_sessions=deed.ends_access and about == user,
    )


def _words(words: Words, about: Any) -> StrOrPromise:
    return words(about) if callable(words) else words


def _name(subject: Subject, deed: Deed) -> str:
    return f"{subject.prefix}-{deed.name}"


def _refused(request: HttpRequest, form: forms.Form, page: dict[str, Any]) -> HttpResponse:
    """
    Refuse what cannot be done (any more), with what was typed, what happened, and what can be done instead.

    :raises NotNow: when nothing was typed yet; whoever has a second step to pass is sent there first
    """
    if request.method != "POST":
        raise NotNow(page)
    return answer_not_now(request, {**page, "typed": typed(form)})


def answer_not_now(request: HttpRequest, page: Mapping[str, Any]) -> HttpResponse:
    """Show that this cannot be done now, what happened, and what can be done instead."""
    # htmx takes no page for an answer but a 422.
    status = 422 if is_htmx(request) else 403
    return render_page(request, "core/deed_refused.html", dict(page), partial="deed", status=status)


def typed(form: forms.Form) -> list[tuple[str, str]]:
    """
    Return what was filled in, as its reader knows it: the name of each field and its words.

    Rows that were chosen are left out: whoever sends a number here need not know whose it is.
    """
    found = []
    for field in form.visible_fields():
        if isinstance(field.field, forms.ModelChoiceField):
            continue
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
