"""Initiatives that may be the same one. For people at work only: to a resident it would read as an accusation."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db.models import Q, QuerySet

from socialewifi.initiatives.models import Initiative, Step
from socialewifi.people.models import User
from socialewifi.places.models import Municipality

AT_MOST = 5
# One word in common says too little.
FEWEST_WORDS = 2
LONGEST_QUERY = 12
PUNCTUATION = ".,;:!?()\"'‘’“”"
KEY = re.compile(r"\b[2-9a-hjkmnp-z]{8}\b")


@dataclass(frozen=True)
class Told:
    """What is compared: the title, the words and the place of an idea, also one that is still being told."""

    title: str
    idea: str
    municipality: Municipality | None = None


def may_have_doubles(initiative: Initiative) -> bool:
    """Test if going on together with another idea is still the thing to do."""
    return initiative.joined_into_id is None and initiative.step in {Step.REPORTED, Step.EXPLORING}


def possible_doubles(told: Told, *, user: User, without: Initiative | None = None) -> list[Initiative]:
    """Return what looks most like it where this person works, in the same municipality or without one."""
    seen = Initiative.objects.detailed_for(user).not_joined()
    if without is not None:
        seen = seen.exclude(pk=without.pk)
    alike = seen.filter(pk__in=_candidates(told)).annotate(likeness=TrigramSimilarity("title", told.title))
    return list(alike.select_related("municipality", "contact_person").order_by("-likeness", "-reported_at")[:AT_MOST])


def _candidates(told: Told) -> QuerySet[Initiative, Any]:
    """Find a title that looks like it, or a text with all long words of the title; each by its own index."""
    near = Initiative.objects.filter(Q(municipality=told.municipality) | Q(municipality=None))
    alike = near.filter(title__trigram_similar=told.title).values("pk")
    if len(_long(told.title)) < FEWEST_WORDS:
        return alike
    return alike.union(near.filter(search=_words_of(told.title)).values("pk"))


def _words_of(text: str) -> SearchQuery:
    return SearchQuery(" ".join(_long(text)), search_type="websearch", config="dutch")


def _long(text: str) -> list[str]:
    """Return the longest words: they say most about what it is."""
    words = {word.strip(PUNCTUATION) for word in text.split()}
    return sorted((word for word in words if len(word) > 3), key=lambda word: (-len(word), word))[:LONGEST_QUERY]


def find_joinable(typed: str, *, initiative: Initiative, by: User) -> list[Initiative]:
    """Return the initiatives on the road that a name or an address means; two at most."""
    running = Initiative.objects.worked_on_by(by).open().exclude(pk=initiative.pk)
    by_address = list(running.filter(key__in=KEY.findall(typed))[:2])
    return by_address or list(running.filter(title__iexact=typed.strip())[:2])
