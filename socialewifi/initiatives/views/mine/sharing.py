"""Who owns it together, and what everyone may see of it (R4)."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.core.redaction import without_contact_details
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import consents, doubles, entrance, invitations
from socialewifi.initiatives.actions.report import Who
from socialewifi.initiatives.forms.mine import (
    InviteForm,
    JoinAnswerForm,
    JoinForm,
    PublicTextForm,
    RefuseForm,
)
from socialewifi.initiatives.models import Invitation, JoinProposal
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.queries.joining import ended_join
from socialewifi.initiatives.queries.mine import OwnPage
from socialewifi.initiatives.queries.public import Card
from socialewifi.initiatives.queries.shown import shows_something
from socialewifi.initiatives.views.mine.access import own
from socialewifi.initiatives.views.mine.deeds import DEED, allow, home_of
from socialewifi.people.models import User


@DEED
@own
def owners(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Show who owns it, and ask someone to join."""
    initiative = page.initiative
    allow(request.method != "POST" or rules.can_edit_plan(page.user, initiative))
    return deeds.answer(
        request,
        form=InviteForm(request.POST or None),
        act=lambda **fields: invitations.invite_initiator(
            initiative=initiative, by=page.user, at=clock.now(), **fields
        ),
        done=reverse("mine-owners", args=[initiative.key]),
        said=_("Je vraag om mee te doen is onderweg."),
        template="initiatives/mine/owners.html",
        partial="",
        context={
            "page": page,
            "initiative": initiative,
            "may_invite": rules.can_invite(page.user, initiative),
            "waits_for_contact": rules.goes_on(initiative) and initiative.contact_person_id is None,
        },
    )


@DEED
@own
def revoke(request: HttpRequest, page: OwnPage, pk: int) -> HttpResponse:
    invitation = get_object_or_404(page.initiative.invitations.waiting(clock.now()), pk=pk)
    back = reverse("mine-owners", args=[page.initiative.key])
    return deeds.answer(
        request,
        form=deeds.ConfirmForm(request.POST or None),
        act=lambda: invitations.revoke_invitation(invitation=invitation, by=page.user, at=clock.now()),
        done=back,
        said=_("De vraag aan %(name)s is ingetrokken.") % {"name": invitation.name},
        template="initiatives/mine/deed.html",
        partial="",
        context={
            "page": page,
            "back": back,
            "title": _("Wil je de vraag aan %(name)s intrekken?") % {"name": invitation.name},
            "lead": _("De link in de mail werkt dan niet meer.")
            if invitation.email
            else _("We bellen diegene er dan niet meer over."),
            "button": _("Ja, trek in"),
        },
    )


@DEED
@own
def join(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Say yes or no to going on with another idea, and read what became of it; nothing where nothing was asked."""
    if page.joining is None:
        return _join_that_ended(request, page)
    proposal, said_yes = page.joining.proposal, not page.waits_for_my_answer
    form = JoinAnswerForm(request.POST or None, initial={"agrees": "yes"} if said_yes else None)
    return deeds.answer(
        request,
        form=form,
        act=lambda agrees: doubles.answer_join(initiative=page.initiative, agrees=agrees, by=page.user, at=clock.now()),
        done=home_of(page),
        said=lazy(lambda: _what_now(proposal, agrees=form.cleaned_data["agrees"]), str)(),
        template="initiatives/mine/deed.html",
        partial="",
        context={
            "page": page,
            "joining": page.joining,
            "back": home_of(page),
            "title": _("Samen verder met ‘%(title)s’?") % {"title": page.joining.other.title_for_all},
            "lead": _("Jij zei ja. Zolang nog niet iedereen antwoordde, kun je dat veranderen.")
            if said_yes
            else _("Het gaat alleen door als iedereen ja zegt."),
            "button": _("Verander mijn antwoord") if said_yes else _("Geef antwoord"),
            "extra": "initiatives/mine/join_words.html",
        },
    )


def _join_that_ended(request: HttpRequest, page: OwnPage) -> HttpResponse:
    proposal = ended_join(page.initiative) if page.me else None
    if proposal is None:
        raise Http404
    title = _("Samen verder met ‘%(title)s’?") % {"title": proposal.other_than(page.initiative).title_for_all}
    context = {"page": page, "proposal": proposal, "title": title, "back": home_of(page)}
    return render_page(request, "initiatives/mine/join_ended.html", context)


def _what_now(proposal: JoinProposal, *, agrees: bool) -> str:
    """Say what an answer brought, and what happens next."""
    if not agrees:
        return _("Je zei nee. Jullie gaan niet samen: alles blijft zoals het was. De anderen lezen niet wie nee zei.")
    proposal = JoinProposal.objects.get(pk=proposal.pk)
    if proposal.accepted_at:
        return _("Je zei ja, en nu zei iedereen ja. Jullie gaan samen verder.")
    if proposal.is_waiting:
        return _("Je zei ja. Zodra iedereen heeft geantwoord, hoor je hoe het verdergaat. Tot dan verandert er niets.")
    return _("Je zei ja. Maar de ideeën kunnen nu niet samengaan: de vraag is ingetrokken. Alles blijft zoals het was.")


@DEED
@own
def public_page(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Write what everyone may read, and agree to showing it."""
    initiative = page.initiative
    allow(rules.can_edit_plan(page.user, initiative))
    act = consents.edit_public_text if page.page_consent.is_mine else consents.publish_page
    form = PublicTextForm(request.POST or None, initial={"public_text": initiative.public_text or initiative.idea})
    return deeds.answer(
        request,
        form=form,
        act=lambda public_text: act(initiative=initiative, public_text=public_text, by=page.user, at=clock.now()),
        done=reverse("mine-public", args=[initiative.key]),
        said=_("Bewaard."),
        template="initiatives/mine/public.html",
        partial="",
        context={"page": page, "initiative": initiative, "agreement": page.page_consent},
    )


@DEED
@own
def hide_page(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    return deeds.answer(
        request,
        form=deeds.ConfirmForm(request.POST or None),
        act=lambda: consents.withdraw_consent(initiative=initiative, by=page.user, at=clock.now()),
        done=home_of(page),
        said=_("De pagina is van internet gehaald."),
        template="initiatives/mine/deed.html",
        partial="",
        context={
            "page": page,
            "back": reverse("mine-public", args=[initiative.key]),
            "title": _("Wil je de pagina niet meer laten zien?"),
            "lead": _("Dan zien alleen jullie hem nog. Dat gaat meteen in. Later weer laten zien kan altijd."),
            "button": _("Ja, haal hem van internet"),
        },
    )


@require_safe
@own
def preview(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Show the public page as everyone would see it."""
    context = {"row": page.initiative, "initiative": Card.of(page.initiative)}
    return render_page(request, "initiatives/mine/preview.html", context)


@never_cache
@DEED
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let someone who was asked say yes, without an account."""
    asked = _asked(token)
    if asked is None:
        return render_page(request, "initiatives/mine/invitation_closed.html", {}, status=404)
    known = {"name": asked.name, "phone": asked.phone, "preferred_channel": User.Channel.EMAIL}
    form = JoinForm(
        request.POST or None,
        initial={**known, "language": request.LANGUAGE_CODE},
        shows_something=shows_something(asked.initiative),
    )

    def act(*, agrees: bool = False, **fields: Any) -> None:
        who = Who(email=asked.email, **fields)
        invitations.accept_invitation(invitation=asked, who=who, agrees=agrees, at=clock.now())

    return deeds.answer(
        request,
        form=form,
        act=act,
        done=lambda: _welcome(request, asked),
        template="initiatives/mine/invitation.html",
        partial="",
        context={
            "invitation": asked,
            "inviter": _inviter(asked),
            "initiative": as_outsiders_read(asked.initiative),
            "token": token,
        },
    )


@never_cache
@DEED
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    asked = _asked(token)
    if asked is None:
        return render_page(request, "initiatives/mine/invitation_closed.html", {}, status=404)
    return deeds.answer(
        request,
        form=RefuseForm(request.POST or None),
        act=lambda: invitations.refuse_invitation(invitation=asked, at=clock.now()),
        done=reverse("invitation-refused"),
        template="initiatives/mine/deed.html",
        partial="",
        context={
            "back": reverse("invitation", args=[token]),
            "title": _("Doe je liever niet mee?"),
            "lead": _("Dat is prima. %(name)s leest dat je nu niet meedoet.") % {"name": _inviter(asked)},
            "button": _("Nee, liever niet"),
        },
    )


@require_safe
def refused(request: HttpRequest) -> HttpResponse:
    return render_page(request, "initiatives/mine/invitation_refused.html", {})


@require_safe
def joined(request: HttpRequest) -> HttpResponse:
    """Welcome someone who joined and was known here before: they come in as they always do."""
    return render_page(request, "initiatives/mine/invitation_accepted.html", {})


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
