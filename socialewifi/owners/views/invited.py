"""Answering the question to own an initiative together, without an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from socialewifi.core import clock, idempotency
from socialewifi.core.error_pages import sentences
from socialewifi.core.htmx import render_page, see_other
from socialewifi.core.redaction import without_contact_details
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.models import Invitation
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.owners.actions import invitations
from socialewifi.owners.forms import JoinForm, RefuseForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let someone who was asked say yes, without an account."""
    asked = _asked(token)
    if asked is None:
        return _closed(request, answered=reverse("invitation-accepted"))
    return idempotency.answer(
        request,
        form=JoinForm(request.POST or None, about=asked),
        act=lambda **fields: invitations.accept_invitation(invitation=asked, at=clock.now(), **fields),
        done=lambda: _welcome(request, asked),
        template="owners/invitation.html",
        partial="",
        context={
            "invitation": asked,
            "inviter": _inviter(asked),
            "initiative": as_outsiders_read(asked.initiative),
            "token": token,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    asked = _asked(token)
    if asked is None:
        return _closed(request, answered=reverse("invitation-refused"))
    return idempotency.answer(
        request,
        form=RefuseForm(request.POST or None),
        act=lambda: invitations.refuse_invitation(invitation=asked, at=clock.now()),
        done=reverse("invitation-refused"),
        template="owners/invitation_refuse.html",
        partial="",
        context={"inviter": _inviter(asked), "token": token},
    )


@require_safe
def refused(request: HttpRequest) -> HttpResponse:
    return render_page(request, "owners/invitation_refused.html", {})


@require_safe
def joined(request: HttpRequest) -> HttpResponse:
    """Welcome someone who joined and was known here before: they come in as they always do."""
    return render_page(request, "owners/invitation_accepted.html", {})


def _closed(request: HttpRequest, *, answered: str) -> HttpResponse:
    """Say that it is over, and give back what was typed meanwhile; whoever sent the same answer again is answered."""
    if idempotency.was_sent(request):
        return see_other(request, answered)
    context = {"sentences": sentences(request)}
    return render_page(request, "owners/invitation_closed.html", context, status=404)


def _asked(token: str) -> Invitation | None:
    waiting = Invitation.objects.waiting(clock.now()).select_related("initiative__municipality", "invited_by")
    found = waiting.filter(digest=invitations.digest(token)).first()
    return found if found and rules.goes_on(found.initiative) else None


def _inviter(asked: Invitation) -> str:
    return without_contact_details(asked.invited_by.name)


def _welcome(request: HttpRequest, asked: Invitation) -> str:
    """
    Return where to go after joining.

    The link in their mail opens this one page; the owner of the mailbox who is signed in opens it as themselves.
    """
    page = reverse("mine-initiative", args=[asked.initiative.key])
    joined = asked.initiative.initiators.current().filter(email=asked.email).select_related("user").first()
    if joined is None:
        return reverse("invitation-accepted")
    if request.user.is_authenticated and request.user.email == asked.email:
        return page
    joined.initiative = asked.initiative
    return entrance.way_in(joined, at=clock.now()).removeprefix(settings.BASE_URL)
