"""The people of the sample year, with the roles they hold in it."""

from datetime import date, datetime, time

from django.utils.text import slugify

from socialewifi.people.models import Organisation, Role, User
from socialewifi.places.models import Municipality, SubRegion
from socialewifi.site.demo.script import CastEntry, WorkerEntry

# Their addresses are of a domain that can never exist.
DOMAIN = "voorbeeld.example"


def address_of(name: str) -> str:
    return f"{slugify(name)}@{DOMAIN}"


class Cast:
    """Everyone who works, weighs or answers in the sample year, found by key; ambassadors by municipality."""

    def __init__(self, script: CastEntry, *, since: date, until: datetime) -> None:
        self.since = since
        self.until = until
        self.subregions = {subregion.code: subregion for subregion in SubRegion.objects.all()}
        self.organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
        self.workers = {entry.key: self._worker(entry) for entry in [*script.guides, *script.others]}
        self.panel = {entry.key: self._person(entry.name, Role.Kind.PANEL_MEMBER) for entry in script.panel}
        places = {place.slug: place for place in Municipality.objects.all()}
        municipalities = {
            organisation.code: organisation
            for organisation in self.organisations.values()
            if organisation.kind == Organisation.Kind.MUNICIPALITY
        }
        self.ambassadors = {
            entry.municipality: self._person(
                entry.name,
                Role.Kind.AMBASSADOR,
                organisation=municipalities.get(f"gemeente-{entry.municipality}"),
                municipality=places[entry.municipality],
            )
            for entry in script.ambassadors
        }

    def coordinator(self, subregion: SubRegion) -> User:
        """Return the coordinator of this sub-region."""
        role = Role.objects.select_related("user").get(kind=Role.Kind.COORDINATOR, subregion=subregion)
        return role.user

    def _worker(self, entry: WorkerEntry) -> User:
        return self._person(
            entry.name,
            entry.role,
            organisation=self.organisations[entry.organisation] if entry.organisation else None,
            subregion=self.subregions[entry.subregion] if entry.subregion else None,
            days=entry.days,
        )

    def _person(
        self,
        name: str,
        role: Role.Kind,
        *,
        organisation: Organisation | None = None,
        subregion: SubRegion | None = None,
        municipality: Municipality | None = None,
        days: str = "",
    ) -> User:
        number = User.objects.count() + 1
        user = User.objects.create_user(
            email=address_of(name),
            name=name,
            phone=f"045 - 000 {number:02d} {number:02d}",
            organisation=organisation,
            working_days=days,
            joined_at=datetime.combine(self.since, time(), self.until.tzinfo),
        )
        Role.objects.create(
            user=user,
            kind=role,
            subregion=subregion,
            municipality=municipality,
            starts_on=self.since,
            given_at=user.joined_at,
            confirmed_at=user.joined_at,
        )
        return user
