"""The letters that wait to be printed and posted."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.letters import Sender, letters_pdf
from socialewifi.core.models import Message
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions.letters import post_letters
from socialewifi.initiatives.forms.entry import PostLettersForm
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.queries import letters as lists
from socialewifi.people.signed_in import SignedInRequest, signed_in
from socialewifi.places.queries import the_region


@signed_in
def letter_list(request: SignedInRequest) -> HttpResponse:
    """Show the letters that wait and those that went out; note which are posted."""
    if not rules.can_enter_reports(request.user):
        raise PermissionDenied
    waiting, posted = lists.waiting_letters(request.user), lists.posted_letters(request.user)
    form = PostLettersForm(request.POST or None, waiting=waiting)
    shown = list(waiting[: lists.AT_MOST])
    gone = list(posted[:20])
    titles = lists.titles_of([*shown, *gone])
    return deeds.answer(
        request,
        form=form,
        act=lambda letters: post_letters(letters=letters, by=request.user, at=clock.now()),
        done=reverse("letter-list"),
        said=_("Genoteerd: op de post."),
        template="initiatives/letters/list.html",
        context={
            "waiting": [_row(letter, titles) for letter in shown],
            "posted": [_row(letter, titles) for letter in gone],
            "is_more": len(shown) == lists.AT_MOST,
        },
    )


@signed_in
@require_safe
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one letter as it is printed."""
    if not rules.can_enter_reports(request.user):
        raise PermissionDenied
    found = get_object_or_404(lists.letters_of(request.user), pk=pk)
    return as_pdf(letters_pdf([found], sender=sender), name=f"brief-{found.pk}")


@signed_in
@require_safe
def all_letters(request: SignedInRequest) -> HttpResponse:
    """Show every waiting letter in one document, to print in one go."""
    if not rules.can_enter_reports(request.user):
        raise PermissionDenied
    waiting = list(lists.waiting_letters(request.user)[: lists.AT_MOST])
    if not waiting:
        raise Http404
    return as_pdf(letters_pdf(waiting, sender=sender, title=_("Brieven")), name="brieven")


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


def _row(one: Message, initiatives: dict[int, Initiative]) -> tuple[Message, Initiative | None]:
    return one, initiatives.get(one.subject_id or 0)
