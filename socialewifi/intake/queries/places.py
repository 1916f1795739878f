"""Finding the place someone typed."""

from dataclasses import dataclass

from django.utils.text import slugify

from socialewifi.places.models import Municipality, Neighbourhood


@dataclass(frozen=True)
class FoundPlace:
    """What is known of a place: ``elsewhere`` is a neighbourhood that lies in another municipality than was chosen."""

    municipality: Municipality | None = None
    neighbourhood: Neighbourhood | None = None
    elsewhere: Neighbourhood | None = None


def municipality_choices() -> list[tuple[str, str]]:
    return list(Municipality.objects.filter(retired_at=None).order_by("name").values_list("slug", "name"))


def neighbourhood_words() -> list[str]:
    """Return every neighbourhood as it can be chosen: ``Daalhof, Maastricht``."""
    names = Neighbourhood.objects.filter(retired_at=None, municipality__retired_at=None).order_by("name")
    return [f"{name}, {place}" for name, place in names.values_list("name", "municipality__name")]


def find_place(*, municipality: str, words: str) -> FoundPlace:
    """
    Find the municipality with this slug and the neighbourhood that was typed.

    A municipality that was only typed is found too; a neighbourhood whose name occurs twice is left to a person.
    """
    chosen = Municipality.objects.filter(retired_at=None, slug=municipality).first() if municipality else None
    name, _comma, where = (part.strip() for part in words.partition(","))
    town = _municipality_named(where or name)
    found = [one for one in _neighbourhoods_named(name) if not where or one.municipality == town]
    if chosen:
        here = [one for one in found if one.municipality == chosen]
        return FoundPlace(chosen, here[0] if here else None, found[0] if where and found and not here else None)
    if len(found) == 1 and (where or not town):
        return FoundPlace(found[0].municipality, found[0])
    return FoundPlace(town)


def _municipality_named(words: str) -> Municipality | None:
    return Municipality.objects.filter(retired_at=None, slug=slugify(words)).first() if words else None


def _neighbourhoods_named(words: str) -> list[Neighbourhood]:
    named = Neighbourhood.objects.filter(retired_at=None, slug=slugify(words)).select_related("municipality")
    return list(named.order_by("id")[:10])
