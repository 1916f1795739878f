"""What the initiators tell, and what is searched of it: whole by who works on it, by others as outsiders read it."""

from typing import Any, ClassVar

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from socialewifi.core.personal import Kept, said
from socialewifi.core.redaction import without_a_trace

TITLE_LENGTH = 120


class Plan(models.Model):
    """What the initiators tell about their idea. Nothing of it is required but the idea."""

    title = models.CharField(_("Naam"), max_length=TITLE_LENGTH)
    idea = models.TextField(_("Het idee"))
    participants = models.TextField(_("Wie doen er mee"), blank=True)
    audience = models.TextField(_("Voor wie is het"), blank=True)
    existing = models.TextField(_("Wat is er al"), blank=True)
    effect = models.TextField(_("Wat moet het brengen"), blank=True)
    needs = models.TextField(_("Wat is er nodig"), blank=True)
    asked_before = models.TextField(_("Wat is al gevraagd, en waar"), blank=True)
    amount_asked = models.DecimalField(_("Gevraagd bedrag"), max_digits=9, decimal_places=2, null=True, blank=True)
    personal: ClassVar = {
        "title": said(Kept.IDEA),
        "idea": said(Kept.IDEA),
        "participants": said(Kept.IDEA),
        "audience": said(Kept.IDEA),
        "existing": said(Kept.IDEA),
        "effect": said(Kept.IDEA),
        "needs": said(Kept.IDEA),
        "asked_before": said(Kept.IDEA),
    }

    class Meta:
        abstract = True


PLAN_FIELDS = tuple(field.name for field in Plan._meta.local_fields)


# Of the plan this is searched, and of that what an outsider reads.
SEARCHED = ("title", "idea", "audience", "needs")
OUTSIDE = ("outside_title", "outside_words")
SEARCH_COLUMNS = ("search", "public_search", "outside_search", *OUTSIDE)


class Searched(Plan):
    """
    A plan with what is searched of it: nobody finds by words that they may not read (R15).

    What outsiders read is kept beside the plan, as only we know how to leave out a number; saving the plan saves that.
    Rows that are written without ``save`` bring it themselves (``as_outsiders_search``).
    """

    outside_title = models.CharField(max_length=TITLE_LENGTH, default="", editable=False)
    outside_words = models.TextField(default="", editable=False)

    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="dutch")
        + SearchVector("idea", "audience", "needs", "place_words", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    # What an ambassador may search in: without contact details, and without the place as it was typed.
    outside_search = models.GeneratedField(
        expression=SearchVector("outside_title", weight="A", config="dutch")
        + SearchVector("outside_words", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    # What neighbours may search in: never the words of the plan, which stay the initiators' own (R4, R9).
    public_search = models.GeneratedField(
        expression=SearchVector("outside_title", weight="A", config="dutch")
        + SearchVector("public_text", weight="B", config="dutch"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    personal: ClassVar = {
        "outside_title": said(Kept.IDEA),
        "outside_words": said(Kept.IDEA),
    }

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        asked = kwargs.get("update_fields")
        if asked is None or not set(SEARCHED).isdisjoint(asked):
            told = {name: getattr(self, name) for name in SEARCHED}
            self.outside_title, self.outside_words = as_outsiders_search(**told)
            if asked is not None:
                kwargs["update_fields"] = [*asked, *OUTSIDE]
        super().save(*args, **kwargs)


def as_outsiders_search(*, title: str, idea: str, audience: str, needs: str) -> tuple[str, str]:
    """Return the title and the words of a plan in which someone searches who reads no contact details."""
    # Signs that are written as two take more room than what was typed.
    return without_a_trace(title)[:TITLE_LENGTH], "\n".join(without_a_trace(words) for words in (idea, audience, needs))
