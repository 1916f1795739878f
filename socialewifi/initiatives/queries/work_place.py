"""From the words of a place to a neighbourhood that is known."""

from django.db.models import Case, F, FloatField, Func, IntegerField, QuerySet, Value, When

from socialewifi.initiatives.models import Initiative
from socialewifi.places.models import Neighbourhood

SURE_ENOUGH = 0.6


def neighbourhoods_for(initiative: Initiative) -> QuerySet[Neighbourhood]:
    """Return every neighbourhood by municipality, those of the initiative's own municipality first."""
    here = Case(
        When(municipality=initiative.municipality_id, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    known = Neighbourhood.objects.filter(retired_at=None).select_related("municipality")
    return known.order_by(here, "municipality__name", "name")


def suggested_neighbourhood(initiative: Initiative) -> Neighbourhood | None:
    """Return the neighbourhood that the typed words most likely mean, if it is clear enough."""
    if not initiative.place_words:
        return None
    alike = neighbourhoods_for(initiative)
    if initiative.municipality_id is not None:
        alike = alike.filter(municipality=initiative.municipality_id)
    # How well the name of the neighbourhood occurs in the words, whatever else they say.
    words = Value(initiative.place_words)
    likeness = Func(F("name"), words, function="word_similarity", output_field=FloatField())
    return alike.annotate(likeness=likeness).filter(likeness__gte=SURE_ENOUGH).order_by("-likeness", "name").first()
