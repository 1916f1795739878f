"""The letters that wait to be printed and posted."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from socialewifi.core import clock, idempotency
from socialewifi.core.deeds import DeedForm
from socialewifi.core.errors import DomainError
from socialewifi.core.htmx import render_page, see_other
from socialewifi.core.letters import Sender, letters_pdf
from socialewifi.initiatives import rules
from socialewifi.intake.views.entry import written_down
from socialewifi.people.signed_in import SignedInRequest, only, signed_in
from socialewifi.places.queries import the_region
from socialewifi.support.actions.letters import give_access_letter, post_letters, print_letters
from socialewifi.support.forms.letters import ChosenLettersForm, PostLettersForm
from socialewifi.support.queries import letters as lists

LIST = "support/letters/list.html"


@only(rules.can_enter_reports)
def letter_list(request: SignedInRequest) -> HttpResponse:
    """Show the letters that wait and those that went out; note which are posted."""
    form = PostLettersForm(request.POST or None, letters=lists.letters_of(request.user))
    return idempotency.answer(
        request,
        form=form,
        act=lambda letters: post_letters(letters=letters, by=request.user, at=clock.now()),
        done=reverse("letter-list"),
        said=_("Genoteerd: op de post."),
        template=LIST,
        context=_shown(request),
    )


@require_POST
@only(rules.can_enter_reports)
def print_chosen(request: SignedInRequest) -> HttpResponse:
    """Print the chosen letters in one document, with the codes in them."""
    form = ChosenLettersForm(request.POST, letters=lists.letters_of(request.user))
    return _print(request, form, name="brieven")


@only(rules.can_enter_reports)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the words of one letter, never with a code; print it with the code when that is asked for."""
    mine = lists.letters_of(request.user)
    found = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        return _print(request, ChosenLettersForm({"letters": [pk]}, letters=mine), name=f"brief-{pk}")
    found.wipe()
    return as_pdf(letters_pdf([found], sender=sender), name=f"brief-{pk}")


def _print(request: SignedInRequest, form: ChosenLettersForm, *, name: str) -> HttpResponse:
    """
    Answer with the document, or with the list that says why not.

    There is no token: paper jams, and whoever sends this twice printed twice. Each leaves its own trace.
    """
    if form.is_valid():
        idempotency.forget_rights(request)
        try:
            letters = print_letters(letters=form.cleaned_data["letters"], by=request.user, at=clock.now())
        except DomainError as refusal:
            form.add_error("letters", str(refusal))
        else:
            title = _("Brieven") if len(letters) > 1 else ""
            return as_pdf(letters_pdf(letters, sender=sender, title=title), name=name)
    again = PostLettersForm(letters=lists.letters_of(request.user))
    context = {**_shown(request), "form": again, "refused": form.errors["letters"]}
    return render_page(request, LIST, context, status=422)


def _shown(request: SignedInRequest) -> dict[str, object]:
    """
    Return what the list shows; whoever chose some of them finds these chosen still.

    Nothing is chosen beforehand: what is noted as posted cannot be taken back.
    """
    user = request.user
    waiting = list(lists.waiting_letters(user)[: lists.AT_MOST])
    posted = list(lists.posted_letters(user)[:20])
    withdrawn = list(lists.withdrawn_letters(user, at=clock.now())[: lists.AT_MOST])
    titles = lists.titles_of(waiting)
    printings, reasons = lists.printings_of(waiting), lists.reasons_of(withdrawn)
    chosen = set(request.POST.getlist("letters"))
    return {
        "waiting": [
            (one, titles.get(one.subject_id or 0), str(one.pk) in chosen, printings.get(one.pk)) for one in waiting
        ],
        "posted": posted,
        "withdrawn": [(one, reasons[one.pk]) for one in withdrawn],
        "is_more": len(waiting) == lists.AT_MOST,
    }


def sender() -> Sender:
    """Return the front desk as the sender of a letter."""
    region = the_region()
    if region is None:
        return Sender("")
    values = {"phone": region.desk_phone, "hours": region.hours, "email": region.desk_email}
    closing = _("Vragen? Bel %(phone)s (%(hours)s) of mail %(email)s.") % values
    return Sender(region.desk_name, f"{region.desk_name} · {region.name}", closing)


def as_pdf(content: bytes, *, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@signed_in
def code_letter(request: SignedInRequest, key: str, pk: int) -> HttpResponse:
    """Print a letter with a new code for this initiator's own page."""
    initiative = written_down(request.user, key)
    initiator = get_object_or_404(initiative.initiators.current().select_related("user", "initiative"), pk=pk)
    if not rules.can_give_code(request.user, initiative):
        raise PermissionDenied
    form = DeedForm(request.POST or None)
    if form.is_valid():
        try:
            letter = idempotency.carry_out(
                request,
                form.cleaned_data["token"],
                lambda: give_access_letter(initiator=initiator, by=request.user, at=clock.now()),
            )
        except idempotency.AlreadyDone:
            return see_other(request, request.path)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return as_pdf(letters_pdf([letter], sender=sender), name="code")
    context = {"initiative": initiative, "initiator": initiator, "form": form}
    return render_page(request, "support/letters/code.html", context, status=422 if form.errors else 200)
