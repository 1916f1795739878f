"""Reading the region this platform serves, and its places."""

from socialewifi.core.remembered import remembered
from socialewifi.places.models import Municipality, Neighbourhood, Region


@remembered
def the_region() -> Region | None:
    """Return the region; none as long as no region's files were loaded."""
    return Region.objects.order_by("pk").first()


@remembered
def municipalities() -> list[Municipality]:
    """Return the municipalities of today, by name."""
    return list(Municipality.objects.filter(retired_at=None).order_by("name"))


@remembered
def names(model: type[Municipality] | type[Neighbourhood]) -> list[tuple[int, str]]:
    """Return the key and the name of every place of this kind."""
    return list(model._default_manager.order_by("pk").values_list("pk", "name"))
