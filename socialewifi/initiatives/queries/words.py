"""The words of the region that someone can choose from."""

from socialewifi.core.remembered import remembered
from socialewifi.initiatives.models import RegionWord


@remembered
def in_use(model: type[RegionWord]) -> list[RegionWord]:
    """Return one list of words in its order, without what was retired."""
    return list(model._default_manager.filter(retired_at=None).order_by("position"))
