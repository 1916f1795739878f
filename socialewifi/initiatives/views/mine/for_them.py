"""Writing down at work what an initiator said on the phone or on paper: a yes, a story, an answer (R10)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from socialewifi.core import clock, deeds
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import consents, doubles, invitations, ownership, stories
from socialewifi.initiatives.actions.report import Who
from socialewifi.initiatives.forms.mine import (
    AnswerForm,
    ReachForm,
    RecordConsentForm,
    ToldForm,
    WrittenJoinAnswerForm,
)
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.queries.joining import joining_of
from socialewifi.initiatives.queries.shown import shows_something
from socialewifi.initiatives.views.mine.deeds import DEED, REACH
from socialewifi.people.models import User

Predicate = Callable[[User, Initiative], bool]


def at_work(may: Predicate) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Hand the view an initiative this person sees at work, if they may do this deed."""

    def with_rule(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def found(request: HttpRequest, key: str, **rest: Any) -> HttpResponse:
            by = cast("User", request.user)
            rows = Initiative.objects.visible_to(by).select_related("municipality")
            initiative = get_object_or_404(rows, key=key)
            if not may(by, initiative):
                raise PermissionDenied
            return view(request, initiative, by, **rest)

        return found

    return with_rule


@DEED
@at_work(rules.can_record_consent)
def record_consent(request: HttpRequest, initiative: Initiative, by: User) -> HttpResponse:
    return _answer(
        request,
        initiative,
        form=RecordConsentForm(request.POST or None, initiative=initiative),
        act=lambda **fields: consents.record_consent(initiative=initiative, by=by, at=clock.now(), **fields),
        title=_("Toestemming opschrijven"),
        lead=_("Voor wie het op papier, aan de telefoon of in een gesprek zegt. Je naam komt erbij te staan."),
    )


@DEED
@at_work(rules.can_write_story)
def write_story(request: HttpRequest, initiative: Initiative, by: User) -> HttpResponse:
    return _answer(
        request,
        initiative,
        form=ToldForm(request.POST or None, initiative=initiative),
        act=lambda **fields: stories.write_story(initiative=initiative, by=by, at=clock.now(), **fields),
        title=_("Verhaal opschrijven"),
        lead=_("Schrijf het op in de woorden van wie het vertelt. De initiatiefnemers lezen wat je opschrijft."),
    )


@DEED
@at_work(rules.can_work_on)
def write_reach(request: HttpRequest, initiative: Initiative, by: User, pk: int) -> HttpResponse:
    """Write down another telephone number or address of someone who calls."""
    initiator = get_object_or_404(initiative.initiators.current(), pk=pk)

    def act(**fields: Any) -> None:
        ownership.write_reach(initiator=initiator, who=Who(**fields), by=by, at=clock.now())

    return _answer(
        request,
        initiative,
        form=ReachForm(request.POST or None, initial={name: getattr(initiator, name) for name in REACH}),
        act=act,
        title=_("Gegevens van %(name)s aanpassen") % {"name": initiator.name},
        lead=_("Zoals %(name)s het zegt. De initiatiefnemers lezen dat jij het opschreef.") % {"name": initiator.name},
    )


@DEED
@at_work(rules.can_work_on)
def answer_invitation(request: HttpRequest, initiative: Initiative, by: User, pk: int) -> HttpResponse:
    """Write down what someone without e-mail answered to the question to join."""
    invitation = get_object_or_404(initiative.invitations.waiting(clock.now()).select_related("initiative"), pk=pk)
    known = {"name": invitation.name, "phone": invitation.phone, "preferred_channel": User.Channel.PHONE}

    def act(*, answer: str, through: str, agrees: bool = False, **fields: Any) -> None:
        if answer == "no":
            invitations.refuse_invitation(invitation=invitation, by=by, at=clock.now())
            return
        invitations.accept_invitation(
            invitation=invitation, who=Who(**fields), agrees=agrees, through=through, by=by, at=clock.now()
        )

    return _answer(
        request,
        initiative,
        form=AnswerForm(
            request.POST or None, initial={**known, "language": "nl"}, shows_something=shows_something(initiative)
        ),
        act=act,
        title=_("Antwoord van %(name)s opschrijven") % {"name": invitation.name},
        lead=_("%(name)s beslist zelf. Leg uit wat het is om samen de baas te zijn van een idee.")
        % {"name": invitation.name},
    )


@DEED
@at_work(rules.can_answer_for_join)
def answer_join(request: HttpRequest, initiative: Initiative, by: User) -> HttpResponse:
    """Write down what an initiator without a page of their own said to going on with another idea."""
    joining = joining_of(initiative, reader=by)
    if joining is None:
        raise Http404
    return _answer(
        request,
        initiative,
        form=WrittenJoinAnswerForm(request.POST or None, initiative=initiative),
        act=lambda **fields: doubles.write_join_answer(by=by, at=clock.now(), **fields),
        title=_("Samen verder met ‘%(title)s’?") % {"title": joining.other_title},
        lead=_("Lees voor wat er gevraagd wordt. Diegene hoort ook wat je opschrijft."),
        joining=joining,
    )


def _answer(request: HttpRequest, initiative: Initiative, *, form: Any, act: Any, **words: Any) -> HttpResponse:
    back = f"/werk/initiatieven/{initiative.key}/"
    return deeds.answer(
        request,
        form=form,
        act=act,
        done=back,
        said=_("Het is opgeschreven."),
        template="initiatives/mine/for_them.html",
        partial="",
        context={"initiative": initiative, "back": back, "button": _("Bewaar"), **words},
    )
