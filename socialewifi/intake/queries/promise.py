"""What someone who told an idea may count on: who contacts them, how, and before which day (R11)."""

from dataclasses import dataclass
from datetime import date

from socialewifi.core import clock
from socialewifi.initiatives.models import Deadline, Initiative, Initiator
from socialewifi.people.models import Role, User
from socialewifi.places.models import Region, SubRegion
from socialewifi.places.queries import the_region


@dataclass(frozen=True)
class Promise:
    """Who makes contact, through which channel, before when. ``person`` is known once someone took it."""

    team: str
    people: list[str]
    person: User | None
    initiator: Initiator
    due_on: date | None
    is_provisional: bool
    desk: Region | None


def promise_of(initiative: Initiative) -> Promise:
    initiator = initiative.initiators.current().order_by("joined_at", "id").select_related("user")[0]
    deadline = initiative.deadlines.filter(kind=Deadline.Kind.CONTACT).order_by("-id").first()
    subregion = initiative.municipality.subregion if initiative.municipality else None
    return Promise(
        team=subregion.name if subregion else "",
        people=_guides_of(subregion) if subregion else [],
        person=initiative.contact_person,
        initiator=initiator,
        due_on=deadline.due_on if deadline else None,
        is_provisional=bool(deadline and deadline.is_provisional),
        desk=the_region(),
    )


def _guides_of(subregion: SubRegion) -> list[str]:
    roles = Role.objects.current(clock.today()).filter(kind=Role.Kind.GUIDE, subregion=subregion, user__is_active=True)
    return sorted(set(roles.values_list("user__name", flat=True)))[:3]
