"""Telling what it brought, and deciding who may read it (R4)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import consents, stories
from socialewifi.initiatives.forms.mine import StoryForm
from socialewifi.initiatives.models import EffectStory
from socialewifi.initiatives.queries.mine import OwnPage
from socialewifi.initiatives.views.mine.access import own
from socialewifi.initiatives.views.mine.deeds import DEED, allow, home_of


@DEED
@own
def tell(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    allow(rules.can_tell_story(page.user, initiative))
    return deeds.answer(
        request,
        form=StoryForm(request.POST or None),
        act=lambda **fields: stories.tell_story(initiative=initiative, by=page.user, at=clock.now(), **fields),
        done=home_of(page),
        said=_("Dank je wel. Jullie verhaal is bewaard."),
        template="initiatives/mine/deed.html",
        partial="",
        context={
            "page": page,
            "back": home_of(page),
            "title": _("Vertel wat het bracht"),
            "lead": _("Een kort verhaal, in je eigen woorden. Anderen leren ervan. Meer vragen we niet."),
            "button": _("Bewaar ons verhaal"),
        },
    )


@require_safe
@own
def story(request: HttpRequest, page: OwnPage, pk: int) -> HttpResponse:
    own_story = next((one for one in page.stories if one.story.pk == pk), None)
    get_object_or_404(page.initiative.stories.filter(taken_back_at=None), pk=pk)
    context = {"page": page, "initiative": page.initiative, "own_story": own_story}
    return render_page(request, "initiatives/mine/story.html", context)


@DEED
@own
def agree(request: HttpRequest, page: OwnPage, pk: int) -> HttpResponse:
    told = _story(page, pk)
    return _confirm(
        request,
        page,
        told,
        act=lambda: consents.give_consent(initiative=page.initiative, story=told, by=page.user, at=clock.now()),
        title=_("Mogen anderen ‘%(title)s’ lezen?") % {"title": told.title},
        lead=_("Het staat op internet zodra jullie allemaal ja zeggen."),
        button=_("Ja, dat mag"),
        said=_("Dank je wel. Je ja is bewaard."),
    )


@DEED
@own
def hide(request: HttpRequest, page: OwnPage, pk: int) -> HttpResponse:
    told = _story(page, pk)
    return _confirm(
        request,
        page,
        told,
        act=lambda: consents.withdraw_consent(initiative=page.initiative, story=told, by=page.user, at=clock.now()),
        title=_("Wil je ‘%(title)s’ niet meer laten lezen?") % {"title": told.title},
        lead=_("Dan lezen alleen jullie het nog. Dat gaat meteen in."),
        button=_("Ja, haal het van internet"),
        said=_("Het verhaal is van internet gehaald."),
    )


@DEED
@own
def take_back(request: HttpRequest, page: OwnPage, pk: int) -> HttpResponse:
    told = _story(page, pk)
    allow(told.told_by_id in page.user.identities)
    return _confirm(
        request,
        page,
        told,
        act=lambda: stories.take_back_story(story=told, by=page.user, at=clock.now()),
        title=_("Wil je ‘%(title)s’ terugnemen?") % {"title": told.title},
        lead=_("Dan leest niemand het meer. Een nieuw verhaal vertellen kan altijd."),
        button=_("Ja, neem terug"),
        said=_("Je verhaal is teruggenomen."),
        done=home_of(page),
    )


def _story(page: OwnPage, pk: int) -> EffectStory:
    return get_object_or_404(page.initiative.stories.filter(taken_back_at=None), pk=pk)


def _confirm(
    request: HttpRequest, page: OwnPage, told: EffectStory, *, act: object, said: str, done: str = "", **words: str
) -> HttpResponse:
    here = reverse("mine-story", args=[page.initiative.key, told.pk])
    return deeds.answer(
        request,
        form=deeds.ConfirmForm(request.POST or None),
        act=act,  # type: ignore[arg-type]
        done=done or here,
        said=said,
        template="initiatives/mine/deed.html",
        partial="",
        context={"page": page, "back": here, **words},
    )
