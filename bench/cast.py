"""Who works in the bench's region: guides, coordinators, ambassadors and a residents' panel, all invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from bench.copying import copy_in, go_on_counting
from bench.words import Words
from socialewifi.people.models import Organisation, Role, User
from socialewifi.places.models import Municipality, SubRegion

# More initiatives are more guides and panel members, not more work for each of them.
INITIATIVES_PER_GUIDE = 450
INITIATIVES_PER_PANEL_MEMBER = 500
FEWEST_PANEL_MEMBERS = 6
# Nobody signs in with it: the bench makes its sessions itself.
NO_PASSWORD = "!"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    name: str
    organisation: str = ""


@dataclass
class Cast:
    """Everyone at work, by where they work."""

    guides: dict[int, list[Person]] = field(default_factory=dict)
    coordinators: dict[int, Person] = field(default_factory=dict)
    ambassadors: dict[int, Person] = field(default_factory=dict)
    panel: list[Person] = field(default_factory=list)
    whole_region: list[Person] = field(default_factory=list)

    @property
    def next_pk(self) -> int:
        groups = [*self.guides.values(), [*self.coordinators.values(), *self.ambassadors.values()]]
        return 1 + max(one.pk for group in [*groups, self.panel, self.whole_region] for one in group)


class Engaging:
    """Hires the cast: gives each a name and a role."""

    def __init__(self, words: Words, since: date) -> None:
        self.words = words
        self.since = since
        self.roles: list[tuple[int, str, int | None, int | None, date, datetime, datetime]] = []
        self.users: list[tuple[object, ...]] = []
        self.organisations = list(Organisation.objects.filter(kind="social_work").order_by("pk"))

    def hire(self, kind: str, *, subregion: int | None = None, municipality: int | None = None) -> Person:
        pk = len(self.users) + 1
        name, works_for = self.words.name(), self.organisations[pk % len(self.organisations)]
        is_at_work = kind != Role.Kind.PANEL_MEMBER
        joined_at = datetime.combine(self.since, datetime.min.time()).astimezone()
        self.users.append(
            (pk, f"{kind}{pk}@werk.test", name, NO_PASSWORD, works_for.pk if is_at_work else None, joined_at)
        )
        self.roles.append((pk, kind, subregion, municipality, self.since, joined_at, joined_at))
        return Person(pk, name, works_for.name)


def engage(words: Words, *, initiatives: int, since: date) -> Cast:
    """Write the people at work and their roles, as many as these initiatives need."""
    guides = max(2, round(initiatives / INITIATIVES_PER_GUIDE / SubRegion.objects.count()))
    members = max(FEWEST_PANEL_MEMBERS, round(initiatives / INITIATIVES_PER_PANEL_MEMBER))
    engaging = Engaging(words, since)
    cast = Cast()
    for subregion in SubRegion.objects.order_by("pk"):
        cast.guides[subregion.pk] = [engaging.hire(Role.Kind.GUIDE, subregion=subregion.pk) for _n in range(guides)]
        cast.coordinators[subregion.pk] = engaging.hire(Role.Kind.COORDINATOR, subregion=subregion.pk)
    for municipality in Municipality.objects.order_by("pk"):
        cast.ambassadors[municipality.pk] = engaging.hire(Role.Kind.AMBASSADOR, municipality=municipality.pk)
    cast.panel = [engaging.hire(Role.Kind.PANEL_MEMBER) for _n in range(members)]
    cast.whole_region = [engaging.hire(Role.Kind.REGIONAL_COORDINATOR)]
    copy_in(User, ["id", "email", "name", "password", "organisation", "joined_at"], engaging.users)
    held = ["user", "kind", "subregion", "municipality", "starts_on", "given_at", "confirmed_at"]
    copy_in(Role, held, engaging.roles)
    go_on_counting(User)
    return cast


@dataclass(frozen=True, slots=True)
class Owner:
    """A resident who owns an initiative."""

    pk: int
    user: int
    name: str
    email: str
    phone: str
    is_known: bool


class Residents:
    """Gives initiatives their owners; now and then someone who has one already."""

    def __init__(self, words: Words, first_pk: int) -> None:
        self.words = words
        self.next_user = first_pk
        self.next_owner = 1
        self.known: list[Owner] = []

    def owners(self) -> list[Owner]:
        chance = self.words.chance
        count = chance.choices([1, 2, 3], [70, 22, 8])[0]
        met: dict[int, Owner] = {}
        for _n in range(count):
            owner = self._owner(chance.choice(self.known)) if self.known and chance.random() < 0.05 else self._owner()
            met.setdefault(owner.user, owner)
        return list(met.values())

    def _owner(self, known: Owner | None = None) -> Owner:
        pk, self.next_owner = self.next_owner, self.next_owner + 1
        if known is not None:
            return Owner(pk, known.user, known.name, known.email, known.phone, is_known=True)
        user, self.next_user = self.next_user, self.next_user + 1
        email = f"inwoner{user}@voorbeeld.test" if self.words.chance.random() < 0.7 else ""
        owner = Owner(pk, user, self.words.name(), email, "" if email else f"06 00 {user:06}", is_known=False)
        if user % 20 == 0:
            self.known.append(owner)
        return owner


def write_residents(owners: Iterator[Owner], *, joined_at: datetime) -> int:
    rows = (
        (owner.user, owner.email or None, owner.name, NO_PASSWORD, owner.phone, joined_at)
        for owner in owners
        if not owner.is_known
    )
    count = copy_in(User, ["id", "email", "name", "password", "phone", "joined_at"], rows)
    go_on_counting(User)
    return count
