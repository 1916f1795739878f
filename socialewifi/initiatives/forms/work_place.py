"""Where it is: from what someone typed to a municipality and a neighbourhood, on one page without JavaScript."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from socialewifi.core.editing import EditForm
from socialewifi.core.fields import LineField
from socialewifi.initiatives.forms.work import WorkForm, offer
from socialewifi.initiatives.queries.work_place import neighbourhoods_for, suggested_neighbourhood
from socialewifi.places.models import Municipality, Neighbourhood


class ByMunicipality(ModelChoiceIterator):  # type: ignore[type-arg]
    """Neighbourhoods in groups, one per municipality."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for name, rows in groupby(self.queryset, key=lambda one: one.municipality.name):
            yield name, [self.choice(row) for row in rows]


class NeighbourhoodField(forms.ModelChoiceField):  # type: ignore[type-arg]
    iterator = ByMunicipality


class PlaceForm(EditForm, WorkForm):
    municipality = forms.ModelChoiceField(
        label=_("In welke gemeente?"), queryset=Municipality.objects.none(), empty_label=_("Kies een gemeente")
    )
    neighbourhood = NeighbourhoodField(
        label=_("In welke buurt of welk dorp?"),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=_("Nog niet bekend"),
    )
    words = LineField(label=_("Zoals de initiatiefnemers het zeggen"), longest=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "municipality", Municipality.objects.filter(retired_at=None).order_by("name"))
        offer(self, "neighbourhood", neighbourhoods_for(self.initiative))

    def as_it_is(self) -> dict[str, Any]:
        likely = self.initiative.neighbourhood or suggested_neighbourhood(self.initiative)
        return {
            "municipality": self.initiative.municipality_id or (likely.municipality_id if likely else None),
            "neighbourhood": likely.pk if likely else None,
            "words": self.initiative.place_words,
        }
