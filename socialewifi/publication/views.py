"""What everyone sees: the list with its map, the page of an initiative, the stories."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from socialewifi.core.htmx import render_page
from socialewifi.core.page_cache import cached_until_change
from socialewifi.initiatives.models import EffectStory, Initiative, Kind, Theme
from socialewifi.initiatives.queries.words import in_use
from socialewifi.places.queries import municipalities
from socialewifi.publication import queries as public
from socialewifi.publication.forms import LookForm

PER_PAGE = 12


@require_safe
@cached_until_change
def initiatives(request: HttpRequest) -> HttpResponse:
    places = municipalities()
    form = LookForm(request.GET).choose_from(
        municipalities=places,
        themes=in_use(Theme),
        kinds=in_use(Kind),
    )
    wish = form.wish()
    found = public.find(wish)
    paginator = Paginator(found.rows, PER_PAGE)
    paginator.count = found.total
    page = paginator.get_page(request.GET.get("page"))
    cards = [public.Card.of(row) for row in page]
    tiles = public.tiles(places, here=wish.municipality)
    context = {"look": form, "wish": wish, "found": found, "page": page, "cards": cards, "tiles": tiles}
    return render_page(request, "publication/list.html", context, partial="found")


@require_safe
@cached_until_change
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        shown = public.the_public(slug.rsplit("-", 1)[-1])
    except Initiative.DoesNotExist as hidden:
        raise Http404 from hidden
    if slug != shown.slug:
        return redirect("initiative-public", slug=shown.slug, permanent=True)
    context = {
        "initiative": public.Card.of(shown),
        "stories": public.stories().filter(initiative=shown),
        "near": [public.Card.of(row) for row in public.near(shown, 3)],
    }
    return render_page(request, "publication/page.html", context)


@require_safe
@cached_until_change
def stories(request: HttpRequest) -> HttpResponse:
    page = Paginator(public.stories(), PER_PAGE).get_page(request.GET.get("page"))
    return render_page(request, "publication/stories.html", {"page": page})


@require_safe
@cached_until_change
def story(request: HttpRequest, story_id: int, slug: str) -> HttpResponse:
    shown = get_object_or_404(public.stories(), pk=story_id)
    if slug != shown.slug:
        return redirect("story-public", story_id=shown.pk, slug=shown.slug, permanent=True)
    return render_page(request, "publication/story.html", {"story": shown, "initiative": _cards_of_story(shown)})


def _cards_of_story(story: EffectStory) -> list[public.Card]:
    """Return the card of the initiative, when its page is for everyone to see; a story may be so alone."""
    return [public.Card.of(row) for row in public.public_rows().filter(pk=story.initiative_id)]
