"""Reading the region this platform serves."""

from socialewifi.places.models import Region


def the_region() -> Region | None:
    """Return the region; none as long as no region's files were loaded."""
    return Region.objects.order_by("pk").first()
