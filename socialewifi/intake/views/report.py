"""
Telling an idea: one question per page, kept from the first sentence on, sent once.

These pages need no cookie and no account: the draft's token in the address is the key to what was typed, so a lost or
refused cookie loses nobody's words. Hence ``csrf_exempt``; what another site sends is refused. Once an idea was sent
the address tells nothing of its owner: only the browser that sent it does, by a cookie, for an hour.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from socialewifi.core import clock
from socialewifi.core.cookies import set_signed_cookie, signed_cookie
from socialewifi.core.errors import DomainError
from socialewifi.core.htmx import render_page, see_other
from socialewifi.core.redaction import has_contact_details
from socialewifi.governance.queries import number
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Draft, Initiative
from socialewifi.intake.actions import drafts
from socialewifi.intake.forms.report import ADDRESS, QUESTIONS, Question, QuestionForm, SendForm, StartForm
from socialewifi.intake.queries.known import known_of
from socialewifi.intake.queries.places import neighbourhood_words
from socialewifi.intake.queries.promise import Promise, promise_of
from socialewifi.intake.views.limits import too_many_ideas
from socialewifi.intake.views.told import promise_in_words, road_ahead, told_pages
from socialewifi.people.models import User

View = Callable[..., HttpResponse]
BY_SLUG = {question.slug: question for question in (*QUESTIONS, ADDRESS)}
BY_FIELD = {name: question for question in BY_SLUG.values() for name in question.fields}
SUMMARY = "controle"
# Who sent it reads, for a while, how they are reached and the code; whoever has the address of the page does not.
SENT, SENT_FOR = "sent_idea", 3600
# Which drafts this browser began: what is known of someone is filled in there only, as others have its address too.
BEGUN, BEGUN_KEPT = "begun_ideas", 5


def for_whoever_has_the_address(view: View) -> View:
    """Keep a draft's page out of search engines and shared caches; the browser asks anew when someone goes back."""

    @csrf_exempt
    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _comes_from_elsewhere(request):
            # Another site could else choose the draft in which someone writes, and read along.
            return see_other(request, reverse("report-start"))
        try:
            response = view(request, *args, **kwargs)
        except Draft.DoesNotExist:
            response = render_page(
                request, "intake/report/expired.html", {"start": reverse("report-start")}, status=404
            )
        patch_cache_control(response, private=True, no_cache=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return private


def _signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _owns(request: HttpRequest, initiative: Initiative) -> bool:
    user = _signed_in(request)
    return user is not None and rules.owns(user, initiative)


def _comes_from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether another site sent this form; a browser that does not say so by itself tells its origin."""
    if request.method != "POST":
        return False
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site in {"cross-site", "same-site"}
    return origin is not None and origin.partition("://")[2] != request.get_host()


def _began_here(request: HttpRequest, token: uuid.UUID) -> bool:
    return _begun_as(request, token) in _begun(request)


def _begun_as(request: HttpRequest, token: uuid.UUID) -> str:
    """Name a draft with who was signed in when it began: who comes after them in this browser is somebody else."""
    return f"{token}:{request.user.pk or ''}"


def _begun(request: HttpRequest) -> list[str]:
    return signed_cookie(request, BEGUN, max_age=None).split(",")


@for_whoever_has_the_address
def start(request: HttpRequest) -> HttpResponse:
    """Ask the first question, or keep its answer from here or from the home page."""
    form = StartForm(request.POST or None)
    if form.is_valid():
        draft = drafts.begin_draft(
            token=form.cleaned_data["draft"] or uuid.uuid4(),
            page=QUESTIONS[0].slug,
            answers={"idea": form.cleaned_data["idea"]},
            language=get_language() or "nl",
            at=clock.now(),
        )
        response = see_other(request, _page(draft.token, QUESTIONS[1]))
        begun = [*_begun(request), _begun_as(request, draft.token)][-BEGUN_KEPT:]
        set_signed_cookie(response, BEGUN, ",".join(begun), max_age=None)
        return response
    return _ask(request, QUESTIONS[0], form)


@for_whoever_has_the_address
def resume(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Go on where someone stopped: at the first page without an answer."""
    draft = Draft.objects.get(pk=token)
    answered = draft.answers.get("pages", [])
    ahead = [question for question in QUESTIONS if question.slug not in answered]
    return see_other(request, _page(token, ahead[0]) if ahead else reverse("report-check", args=[token]))


@for_whoever_has_the_address
def question(request: HttpRequest, token: uuid.UUID, slug: str) -> HttpResponse:
    """Ask one question; keep its answer and go on."""
    asked = _question_at(slug)
    draft = Draft.objects.filter(pk=token).first()
    if request.method != "POST":
        if draft is None:
            raise Draft.DoesNotExist
        if draft.initiative_id is not None:
            return see_other(request, reverse("report-done", args=[token]))
    answers = draft.answers if draft else {}
    form = asked.form(request.POST if request.method == "POST" else None, answers=answers)
    if slug not in answers.get("pages", []) and _began_here(request, token):
        # Not answered yet: what we know of who is signed in stands there, to be changed.
        form.initial = {**known_of(request.user), **form.initial}
    if form.is_valid():
        try:
            draft = _keep(token, asked, form.cleaned_data)
        except drafts.AlreadySent:
            return _too_late(request, token, form)
        return see_other(request, _next_page(request, draft, asked))
    return _ask(request, asked, form, token=token)


@for_whoever_has_the_address
def check(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Show every answer, and send the idea."""
    draft = Draft.objects.select_related("initiative").get(pk=token)
    if draft.initiative is not None:
        return see_other(request, reverse("report-done", args=[token]))
    answers = drafts.Answers(draft.answers)
    if missing := answers.missing_field():
        return see_other(request, _page(token, BY_FIELD[missing]))
    form = SendForm(request.POST or None, now=draft.fingerprint)
    sender = _signed_in(request) if _began_here(request, token) else None
    if form.is_valid():
        try:
            seen, doubt = form.cleaned_data["seen"], too_many_ideas(request)
            sent = drafts.send_draft(token=token, doubt=doubt, at=clock.now(), sender=sender, seen=seen)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            response = see_other(request, reverse("report-done", args=[token]))
            mark = _mark(token, promise_of(sent))
            set_signed_cookie(response, SENT, mark, max_age=SENT_FOR)
            return response
    context = {
        "form": form,
        "token": token,
        "back": _page(token, QUESTIONS[-1]),
        "pages": told_pages(draft.answers, lambda asked: _to_change(token, asked)),
        "where": answers.where(),
        "is_theirs": sender is not None and answers.text("email") == known_of(sender).get("email"),
        "began_elsewhere": not _began_here(request, token),
        "leaves_out": has_contact_details(f"{answers.title()}\n{answers.text('idea')}"),
    }
    return render_page(request, "intake/report/check.html", context, status=422 if form.errors else 200)


@for_whoever_has_the_address
def discard(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Ask whether to throw away what was typed, for who shares a computer; and do so."""
    context = {"token": token, "start": reverse("report-start")}
    if request.method == "POST":
        try:
            drafts.discard_draft(token=token)
        except drafts.AlreadySent:
            return see_other(request, reverse("report-done", args=[token]))
        return see_other(request, reverse("report-discard", args=[token]))
    draft = Draft.objects.filter(pk=token).first()
    if draft is not None and draft.initiative_id is not None:
        return see_other(request, reverse("report-done", args=[token]))
    return render_page(request, "intake/report/discard.html", {**context, "draft": draft})


@for_whoever_has_the_address
@require_safe
def done(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Say what was promised: who makes contact, how, and before when."""
    draft = Draft.objects.select_related(
        "initiative__municipality__subregion", "initiative__contact_person__organisation"
    ).get(pk=token)
    if draft.initiative is None:
        return see_other(request, reverse("report-check", args=[token]))
    promise = promise_of(draft.initiative)
    is_sender = _is_sender(request, token, promise)
    context = {
        "initiative": draft.initiative,
        "promise": promise,
        "is_sender": is_sender,
        "is_theirs": is_sender and _owns(request, draft.initiative),
        "words": promise_in_words(promise, is_sender=is_sender),
        "road": road_ahead(),
        "code_address": f"{settings.BASE_URL.partition('://')[2]}/code/",
        "code": drafts.code_to_show(draft, at=clock.now()) if is_sender else "",
        "draft": draft,
    }
    return render_page(request, "intake/report/done.html", context)


@for_whoever_has_the_address
@require_POST
def code_noted(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Take the code off the page once it was written down: for whoever it is shown to, and nobody else."""
    draft = Draft.objects.select_related("initiative").get(pk=token)
    if draft.initiative is not None and _is_sender(request, token, promise_of(draft.initiative)):
        drafts.forget_code(token=token)
    return see_other(request, reverse("report-done", args=[token]))


def _is_sender(request: HttpRequest, token: uuid.UUID, promise: Promise) -> bool:
    return signed_cookie(request, SENT, max_age=SENT_FOR) == _mark(token, promise)


def _mark(token: uuid.UUID, promise: Promise) -> str:
    """Name what was sent and how its owner was reached then: once that changes, it is theirs alone to know."""
    reach = promise.initiator
    typed = (reach.preferred_channel, reach.phone, reach.email, reach.address)
    return f"{token} {salted_hmac(SENT, repr(typed)).hexdigest()}"


def _question_at(slug: str) -> Question:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _page(token: uuid.UUID, asked: Question) -> str:
    return reverse("report-question", args=[token, asked.slug])


def _to_change(token: uuid.UUID, asked: Question) -> str:
    """Return the address of a question that leads back to the summary."""
    return f"{_page(token, asked)}?terug={SUMMARY}"


def _is_changing(request: HttpRequest) -> bool:
    return request.GET.get("terug") == SUMMARY


def _keep(token: uuid.UUID, asked: Question, answers: dict[str, Any]) -> Draft:
    return drafts.keep_answers(
        token=token, page=asked.slug, answers=answers, language=get_language() or "nl", at=clock.now()
    )


def _next_page(request: HttpRequest, draft: Draft, asked: Question) -> str:
    """Return the question after this one; from the summary, the summary again, which asks what is still missing."""
    is_last = asked not in QUESTIONS[:-1]
    if _is_changing(request) or is_last:
        return reverse("report-check", args=[draft.token])
    return _page(draft.token, QUESTIONS[QUESTIONS.index(asked) + 1])


def _page_before(request: HttpRequest, token: uuid.UUID, asked: Question) -> str:
    if _is_changing(request):
        return reverse("report-check", args=[token])
    if asked == QUESTIONS[0]:
        return reverse("home")
    return _page(token, QUESTIONS[QUESTIONS.index(asked) - 1] if asked in QUESTIONS else QUESTIONS[-1])


def _ask(request: HttpRequest, asked: Question, form: QuestionForm, *, token: uuid.UUID | None = None) -> HttpResponse:
    step = QUESTIONS.index(asked) if asked in QUESTIONS else len(QUESTIONS) - 1
    context = {
        "question": asked,
        "form": form,
        "token": token,
        "began_elsewhere": token is not None and not _began_here(request, token),
        "back": _page_before(request, token, asked) if token else reverse("home"),
        "step": step + 1,
        "steps": len(QUESTIONS),
        "days": number("draft-retention"),
        "address": request.build_absolute_uri(reverse("report-resume", args=[token])) if token else "",
        "places": neighbourhood_words() if "place" in form.fields else [],
        "suggestion": drafts.suggest_title(form.answers.get("idea", "")) if "title" in form.fields else "",
    }
    return render_page(request, "intake/report/question.html", context, status=422 if form.errors else 200)


def _too_late(request: HttpRequest, token: uuid.UUID, form: QuestionForm) -> HttpResponse:
    """Give back what was typed in another tab after the idea was sent."""
    typed = [(form.fields[name].label, answer, "") for name, answer in form.cleaned_data.items() if answer]
    context = {"typed": typed, "done": reverse("report-done", args=[token])}
    return render_page(request, "intake/report/too_late.html", context, status=409)
