"""Writing down an idea for someone at the counter or on the phone, and giving them a code on paper."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from socialewifi.core import clock, idempotency
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Draft, Initiative
from socialewifi.initiatives.queries.doubles import Told, possible_doubles
from socialewifi.intake.actions.drafts import Answers
from socialewifi.intake.actions.entry import report_for_someone
from socialewifi.intake.forms.entry import StaffReportForm
from socialewifi.intake.queries.places import neighbourhood_words
from socialewifi.intake.queries.promise import promise_of
from socialewifi.intake.views.told import promise_in_words
from socialewifi.people.models import User
from socialewifi.people.signed_in import SignedInRequest, only, signed_in

ENTER = "intake/entry/enter.html"


@only(rules.can_enter_reports)
def enter(request: SignedInRequest) -> HttpResponse:
    """Ask everything on one page; what looks like it is shown before it is saved."""
    form = StaffReportForm(request.POST or None)
    context = {"form": form, "places": neighbourhood_words()}
    if "is_new" not in request.POST and form.is_valid() and not _was_saved(form):
        context["doubles"] = _doubles(form, request.user)
        if context["doubles"]:
            return render_page(request, ENTER, context, status=422)
    return idempotency.answer(
        request,
        form=form,
        act=lambda **fields: report_for_someone(
            token=form.cleaned_data["token"],
            told=fields,
            channel=fields["channel"],
            reason=form.reason(),
            has_consent=fields["has_consent"],
            by=request.user,
            at=clock.now(),
        ),
        done=lambda: _page_of(form),
        template=ENTER,
        context=context,
    )


@signed_in
def entered(request: SignedInRequest, key: str) -> HttpResponse:
    """Say what was promised, and offer to print a letter with a code."""
    initiative = written_down(request.user, key)
    if not rules.can_see_promise(request.user, initiative):
        raise PermissionDenied
    promise = promise_of(initiative)
    context = {
        "initiative": initiative,
        "promise": promise,
        "words": promise_in_words(promise),
        "can_see_it": Initiative.objects.visible_to(request.user).filter(pk=initiative.pk).exists(),
    }
    return render_page(request, "intake/entry/entered.html", context)


def written_down(user: User, key: str) -> Initiative:
    """Return an initiative this person sees at work, or wrote down for someone in another sub-region."""
    mine = Initiative.objects.visible_to(user) | Initiative.objects.filter(entered_by=user).without_interest_of(user)
    rows = Initiative.objects.filter(pk__in=mine.values("pk")).select_related(
        "municipality__subregion", "contact_person"
    )
    return get_object_or_404(rows, key=key)


def _doubles(form: StaffReportForm, user: User) -> list[Initiative]:
    answers = Answers(form.cleaned_data)
    told = Told(title=answers.title(), idea=answers.text("idea"), municipality=answers.where().municipality)
    return possible_doubles(told, user=user)


def _was_saved(form: StaffReportForm) -> bool:
    """Tell whether this very form was carried out before: then what looks like it is itself."""
    return Draft.objects.filter(pk=form.cleaned_data["token"], initiative__isnull=False).exists()


def _page_of(form: StaffReportForm) -> str:
    saved = Initiative.objects.get(draft=form.cleaned_data["token"])
    return reverse("work-new-done", args=[saved.key])
