"""Initiatives that may be the same one. For people at work only: to a resident it would read as an accusation."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Greatest

from socialewifi.initiatives.models import Initiative, InitiativeQuerySet
from socialewifi.people.models import User
from socialewifi.places.models import Municipality

AT_MOST = 5
# A title is alike from here on; a rare word in common counts as much as a fair likeness.
ALIKE = 0.3
TEXT_ALIKE = 0.25
LONGEST_QUERY = 12
KEY = re.compile(r"\b[2-9a-hjkmnp-z]{8}\b")


@dataclass(frozen=True)
class Told:
    """What is compared: the title, the words and the place of an idea, also one that is still being told."""

    title: str
    idea: str
    municipality: Municipality | None = None


def possible_doubles(told: Told, *, user: User, without: Initiative | None = None) -> list[Initiative]:
    """Return the initiatives this person may see that look most like it, in the same municipality or without one."""
    seen = Initiative.objects.visible_to(user).not_joined()
    if told.municipality is not None:
        seen = seen.filter(Q(municipality=told.municipality) | Q(municipality=None))
    if without is not None:
        seen = seen.exclude(pk=without.pk)
    return list(_alike(seen, told).select_related("municipality", "contact_person")[:AT_MOST])


def _alike(seen: InitiativeQuerySet, told: Told) -> InitiativeQuerySet:
    words = SearchQuery(_any_of(f"{told.title} {told.idea}"), search_type="websearch", config="dutch")
    likeness = TrigramSimilarity("title", told.title)
    return (
        seen.filter(Q(title__trigram_similar=told.title) | Q(search=words))
        .annotate(title_likeness=likeness, text_likeness=Coalesce(SearchRank("search", words), Value(0.0)))
        .filter(Q(title_likeness__gte=ALIKE) | Q(text_likeness__gte=TEXT_ALIKE))
        .annotate(likeness=Greatest(F("title_likeness"), F("text_likeness")))
        .order_by("-likeness", "-reported_at")
    )


def _any_of(text: str) -> str:
    """Ask for any of the longest words: they say most about what it is."""
    words = sorted({word.strip(".,;:!?()\"'") for word in text.split()}, key=lambda word: (-len(word), word))
    return " or ".join(word for word in words[:LONGEST_QUERY] if len(word) > 3)


def find_joinable(typed: str, *, initiative: Initiative, by: User) -> list[Initiative]:
    """Return the initiatives on the road that a name or an address means; two at most."""
    running = Initiative.objects.visible_to(by).open().exclude(pk=initiative.pk)
    by_address = list(running.filter(key__in=KEY.findall(typed))[:2])
    return by_address or list(running.filter(title__iexact=typed.strip())[:2])
