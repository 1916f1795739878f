"""Where an initiative is: from the words someone typed to a municipality and a neighbourhood."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from socialewifi.core import events
from socialewifi.core.errors import DomainError, require
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.signals import initiative_placed
from socialewifi.people.models import User
from socialewifi.places.models import Municipality, Neighbourhood


class ElsewhereNeighbourhood(DomainError):
    """Raised when the neighbourhood lies in another municipality."""

    field = "neighbourhood"


@transaction.atomic
def place_initiative(
    *,
    initiative: Initiative,
    municipality: Municipality,
    neighbourhood: Neighbourhood | None,
    words: str,
    by: User,
    at: datetime,
) -> Initiative:
    """
    Say where it is. In another sub-region the contact stays until someone there takes it over (R1).

    While it is weighed, the municipality where it is now is asked instead of the former one (R3).

    :raises ElsewhereNeighbourhood: if the neighbourhood is not in that municipality
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_work_on(by, initiative))
    if neighbourhood is not None and neighbourhood.municipality_id != municipality.pk:
        raise ElsewhereNeighbourhood(
            _("%(place)s ligt niet in %(municipality)s.") % {"place": neighbourhood, "municipality": municipality}
        )
    initiative.municipality, initiative.neighbourhood, initiative.place_words = municipality, neighbourhood, words
    initiative.save(update_fields=["municipality", "neighbourhood", "place_words"])
    events.record("initiatives.initiative.placed", on=initiative, by=by, at=at, name=by.name, place=initiative.place)
    initiative_placed.send(sender=Initiative, initiative=initiative, by=by, at=at)
    return initiative
