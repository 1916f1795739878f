"""What everyone sees is drawn once per change, and what is withdrawn is gone from the next request on."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socialewifi.core.htmx import is_htmx
from socialewifi.core.models import PublicChange
from socialewifi.core.page_cache import cached_until_change
from socialewifi.initiatives.models import EffectStory, Initiative
from socialewifi.initiatives.tests.factories import EffectStoryFactory, InitiativeFactory
from socialewifi.people.tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)
# One query: how often something public changed.
KEPT = 1


@pytest.fixture(autouse=True)
def kept_for_a_while(settings):
    settings.REMEMBER_SECONDS = 30
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def garden(region):
    # What is published has its consents by the end of the transaction.
    with transaction.atomic():
        return InitiativeFactory(title="Moestuin", published=True, supporting=True)


def a_story_of(initiative):
    with transaction.atomic():
        return EffectStoryFactory(initiative=initiative, published=True)


def pages(initiative):
    return [reverse("initiative-list"), reverse("initiative-public", args=[initiative.slug])]


def raised():
    return PublicChange.objects.values_list("number", flat=True).first() or 0


def queries(client, page):
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


def test_every_visitor_begins_an_idea_of_their_own(garden):
    """The form on the home page names a draft: who had the same one read, and wrote in, what somebody else typed."""
    drafts = {Client().get(reverse("home")).context["form"]["draft"].value() for _visitor in range(3)}

    assert len(drafts) == 3


def test_no_page_with_a_form_to_send_is_kept(rf, garden):
    asked = []

    @cached_until_change
    def with_a_form(request):
        asked.append(request)
        return HttpResponse('<form method="post" action="/iets/"><input type="hidden" name="token" value="1"></form>')

    for _visitor in range(2):
        with_a_form(rf.get("/"))

    assert len(asked) == 2


def test_a_whole_page_is_never_answered_with_a_part_of_it(rf, garden):
    @cached_until_change
    def page(request):
        return HttpResponse("part" if is_htmx(request) else "whole")

    boosted = {"HX-Request": "true", "HX-Boosted": "true"}
    answers = [page(rf.get("/", headers=headers)).content for headers in ({"HX-Request": "true"}, boosted, {})]

    assert answers == [b"part", b"whole", b"whole"]


def test_a_second_visitor_is_answered_without_drawing_it_again(client, garden):
    for page in pages(garden):
        first = client.get(page)
        assert queries(client, page) == KEPT
        assert client.get(page).content == first.content


def test_what_is_no_longer_public_is_gone_from_the_next_request_on(client, garden):
    for page in pages(garden):
        client.get(page)

    Initiative.objects.filter(pk=garden.pk).update(published_at=None)

    listed, own = pages(garden)
    assert "Moestuin" not in client.get(reverse("home")).content.decode()
    assert "Moestuin" not in client.get(listed).content.decode()
    assert client.get(own).status_code == 404


def test_other_words_are_read_at_once(client, garden):
    page = reverse("initiative-public", args=[garden.slug])
    client.get(page)

    Initiative.objects.filter(pk=garden.pk).update(public_text="Nu met kippen.")

    assert "Nu met kippen." in client.get(page).content.decode()


@pytest.mark.parametrize("change", [{"published_at": None}, {"taken_back_at": NOON, "published_at": None}])
def test_a_story_that_is_withdrawn_is_gone_at_once(client, garden, change):
    story = a_story_of(garden)
    page = reverse("story-list")
    assert story.title in client.get(page).content.decode()

    EffectStory.objects.filter(pk=story.pk).update(**change)

    assert story.title not in client.get(page).content.decode()


def test_a_new_story_is_read_at_once(client, garden):
    client.get(reverse("story-list"))

    story = a_story_of(garden)

    assert story.title in client.get(reverse("story-list")).content.decode()


def test_what_is_not_public_raises_nothing(garden):
    before = raised()

    InitiativeFactory(title="Nog niet openbaar")
    Initiative.objects.filter(title="Nog niet openbaar").update(title="Nog steeds niet")

    assert raised() == before


def test_a_transaction_raises_it_once_and_not_when_it_is_undone(garden):
    before = raised()

    with transaction.atomic():
        for words in ("Een.", "Twee.", "Drie."):
            Initiative.objects.filter(pk=garden.pk).update(public_text=words)
    with transaction.atomic():
        Initiative.objects.filter(pk=garden.pk).update(public_text="Toch niet.")
        transaction.set_rollback(True)

    assert raised() == before + 1


def test_who_is_signed_in_gets_a_page_of_their_own_and_leaves_none(client, garden, guide):
    visitor, page = Client(), reverse("initiative-list")
    client.force_login(guide)
    own = client.get(page).content.decode()

    assert str(guide) in own
    assert queries(client, page) > KEPT
    assert str(guide) not in visitor.get(page).content.decode()
    assert str(guide) in client.get(page).content.decode()


def test_each_language_and_each_part_is_kept_apart(client, garden):
    page = reverse("initiative-list")
    whole, part = client.get(page), client.get(page, headers={"HX-Request": "true"})
    english = client.get(page, headers={"Accept-Language": "en"})

    assert len({answer.content for answer in (whole, part, english)}) == 3
    assert client.get(page).content == whole.content


def test_a_page_for_everyone_bears_no_mark_of_one_visitor(client, garden):
    for page in pages(garden):
        answer = client.get(page)
        assert not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()
