"""The world of the property test: a small region, its people, and what each of them can try."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from socialewifi.assessment.models import Criterion, Trigger
from socialewifi.assessment.tests.factories import CriterionFactory, TriggerFactory
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Channel, Initiative, Initiator, SupportKind
from socialewifi.initiatives.tests.factories import ChannelFactory, SupportKindFactory
from socialewifi.people.models import Organisation, User
from socialewifi.people.tests.factories import NOON, OrganisationFactory, RoleFactory, UserFactory
from socialewifi.places.models import Municipality
from socialewifi.places.tests.factories import MunicipalityFactory, RegionFactory, SubRegionFactory

# Every reason of an advice begins with this, so that it can be looked for wherever it must not be.
SECRET = "GEHEIM"


@dataclass
class Cast:
    """Everyone who plays, made once; what they do is undone after each story."""

    people: list[User]
    municipalities: list[Municipality]
    channel: Channel
    support_kind: SupportKind
    criteria: list[Criterion]
    trigger: Trigger
    fund: Organisation


def gather_cast() -> Cast:
    """Make two sub-regions with guides and coordinators, a panel of five, an ambassador, and residents."""
    RegionFactory()
    here, there = SubRegionFactory(), SubRegionFactory()
    places = [MunicipalityFactory(subregion=here), MunicipalityFactory(subregion=there)]
    people = [
        UserFactory(name="Gids Hier", roles=["guide"], roles__subregion=here),
        UserFactory(name="Tweede Gids", roles=["guide"], roles__subregion=here),
        UserFactory(name="Gids Daar", roles=["guide"], roles__subregion=there),
        UserFactory(name="Coordinator Hier", roles=["coordinator"], roles__subregion=here),
        UserFactory(name="Regio", roles=["regional_coordinator"]),
        UserFactory(name="Ambassadeur", roles=["ambassador"], roles__municipality=places[0]),
        UserFactory(name="Kassier", roles=["treasurer"]),
        UserFactory(name="Inwoner Roos"),
        UserFactory(name="Inwoner Olaf", offline=True),
        *[UserFactory(name=f"Panellid {number}", roles=["panel_member"]) for number in range(4)],
        # Who is called: everything they say is written down.
        UserFactory(name="Panellid 4", roles=["panel_member"], offline=True),
    ]
    # One who does everything: a guide who is on the panel too.
    RoleFactory(user=people[1], kind="panel_member")
    return Cast(
        people=people,
        municipalities=places,
        channel=ChannelFactory(),
        support_kind=SupportKindFactory(),
        criteria=[CriterionFactory(code="gedragen"), CriterionFactory(code="geen-vast-geld", knock_out=True)],
        trigger=TriggerFactory(),
        fund=OrganisationFactory(is_next_door=True),
    )


@dataclass
class World:
    """One story: who plays, what time it is, and what was done last."""

    cast: Cast
    at: datetime = NOON
    done: list[str] = field(default_factory=list)

    def everyone(self) -> list[User]:
        """Return the cast and whoever else became known; each time anew, as for a new request."""
        return list(User.objects.order_by("pk"))

    def initiatives(self) -> list[Initiative]:
        return list(Initiative.objects.order_by("pk"))


@dataclass
class Try:
    """Someone trying something with one initiative at one moment, with choices made by the test."""

    world: World
    initiative: Initiative
    by: User
    choose: Any

    @property
    def at(self) -> datetime:
        return self.world.at

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    @property
    def deed(self) -> dict[str, Any]:
        """What every deed on an initiative gets."""
        return {"initiative": self.initiative, **self.who}

    def one_of(self, rows: Any) -> Any:
        """Choose one of these rows; ``Skip`` when there are none."""
        found = list(rows)
        if not found:
            raise Skip
        return self.choose(found)


class Skip(Exception):
    """Raised when there is nothing to try it on."""


def after_five(initiator: Initiator) -> Who:
    """Return how someone is reached, at another time."""
    known = {one.name: getattr(initiator, one.name) for one in fields(Who)}
    return Who(**{**known, "preferred_times": "na vijf uur"})
