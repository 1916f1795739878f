"""The partners of a region's files: ``organisations.yaml``."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from socialewifi.core.regionfiles import Code, Entry, Line, RefusedRegion, read, refuse_repeated
from socialewifi.core.regionrows import RowImport
from socialewifi.core.rooms import RegionPart
from socialewifi.people.models import Organisation
from socialewifi.places.models import Municipality
from socialewifi.places.region import MunicipalityCode, Places

Website = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=200)]


class OrganisationEntry(Entry):
    row = Organisation

    code: Code
    name: Line
    kind: Organisation.Kind
    website: Website | Literal[""] = ""
    explanation: str = ""
    does_social_work_in: list[MunicipalityCode] = []
    is_next_door: bool = False
    # Where it is said that they do social work there; for who reads the file.
    source: str = ""


class OrganisationsEntry(Entry):
    organisations: list[OrganisationEntry]


class Partners(RegionPart):
    """Everything of this room in a region's folder, read and checked."""

    def __init__(self, folder: Path) -> None:
        self.document = read(folder / "organisations.yaml", OrganisationsEntry)
        refuse_repeated(self.document, "organisations", [entry.code for entry in self.document.content.organisations])

    def check(self, others: Sequence[RegionPart]) -> None:
        """
        Check that social work is done in municipalities that exist.

        :raises RefusedRegion: if one does not
        """
        [known] = (part.municipality_codes for part in others if isinstance(part, Places))
        problems = [
            self.document.problem(
                ["organisations", position, "does_social_work_in", place], f"er is geen gemeente {code!r}"
            )
            for position, entry in enumerate(self.document.content.organisations)
            for place, code in enumerate(entry.does_social_work_in)
            if code not in known
        ]
        if problems:
            raise RefusedRegion(*problems)

    def load(self, at: datetime) -> list[str]:
        entries = self.document.content.organisations
        bringing = RowImport(Organisation.objects.prefetch_related("does_social_work_in"), called="organisatie")
        rows = [entry.model_dump(exclude={"does_social_work_in", "source"}) for entry in entries]
        lines = bringing.import_rows(rows, at=at)
        places = {place.code: place for place in Municipality.objects.all()}
        for entry in entries:
            wanted = {places[code] for code in entry.does_social_work_in}
            lines += _set_social_work(bringing.rows[(entry.code,)], wanted)
        return lines


def _set_social_work(organisation: Organisation, wanted: set[Municipality]) -> list[str]:
    if set(organisation.does_social_work_in.all()) == wanted:
        return []
    organisation.does_social_work_in.set(wanted)
    names = ", ".join(sorted(str(place) for place in wanted)) or "nergens"
    return [f"~ organisatie {organisation}: doet sociaal werk in {names}"]
