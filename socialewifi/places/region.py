"""The places of a region's files: ``region.yaml`` and ``places.yaml``."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from django.db.models import ProtectedError
from django.utils.text import slugify
from pydantic import Field, StringConstraints

from socialewifi.core.regionfiles import Code, Document, Entry, Line, Problem, RefusedRegion, read, refuse_repeated
from socialewifi.core.regionrows import RowImport
from socialewifi.core.rooms import RegionPart
from socialewifi.places.models import Municipality, Neighbourhood, Region, SubRegion

# The same words in the other languages.
Also = dict[Literal["en", "de"], Line]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}[0-9]{4}$")]


class RegionEntry(Entry):
    row = Region

    code: Code
    name: Line
    programme_name: Line
    desk_name: Line
    desk_phone: Line
    desk_email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")]
    desk_hours: Line
    desk_hours_also: Also = {}


class SubRegionEntry(Entry):
    row = SubRegion

    code: Code
    name: Line


class MunicipalityEntry(Entry):
    row = Municipality
    columns = {"neighbourhoods": (Neighbourhood, "name")}

    code: MunicipalityCode
    name: Line
    short_name: Line | Literal[""] = ""
    subregion: Code
    latitude: Annotated[Decimal, Field(ge=-90, le=90)]
    longitude: Annotated[Decimal, Field(ge=-180, le=180)]
    tile: tuple[Annotated[int, Field(ge=1, le=8)], Annotated[int, Field(ge=1, le=8)]]
    desk_place: Line | Literal[""] = ""
    desk_place_also: Also = {}
    desk_hours: Line | Literal[""] = ""
    desk_hours_also: Also = {}
    neighbourhoods: Annotated[list[Line], Field(min_length=1)]


class PlacesEntry(Entry):
    subregions: list[SubRegionEntry]
    municipalities: list[MunicipalityEntry]


class Places(RegionPart):
    """Everything of this room in a region's folder, read and checked."""

    def __init__(self, folder: Path) -> None:
        self.region = read(folder / "region.yaml", RegionEntry)
        self.places = read(folder / "places.yaml", PlacesEntry)
        _check(self.places)
        self.municipality_codes = {municipality.code for municipality in self.places.content.municipalities}

    def load(self, at: datetime) -> list[str]:
        self._refuse_names_that_are_kept()
        lines = self._load_region(at)
        subregions, told = self._load_subregions(at)
        lines += told + self._load_municipalities(subregions, at)
        # Only now, when no municipality points to it any more, a sub-region can go.
        return lines + [_remove(gone) for gone in SubRegion.objects.exclude(code__in=subregions)]

    def _refuse_names_that_are_kept(self) -> None:
        """
        Check that no municipality gets the name of one that is no longer in the file, and stays.

        :raises RefusedRegion: if one does
        """
        gone = Municipality.objects.exclude(code__in=self.municipality_codes)
        kept = {name: row.code for row in gone for name in (row.name, row.slug)}
        problems = [
            self.places.problem(
                ("municipalities", position, "name"),
                f"‘{entry.name}’ heet {kept[name]} ook, die niet meer in het bestand staat maar wel bewaard blijft",
            )
            for position, entry in enumerate(self.places.content.municipalities)
            if (name := next((one for one in (entry.name, slugify(entry.name)) if one in kept), None)) is not None
        ]
        if problems:
            raise RefusedRegion(*problems)

    def _load_region(self, at: datetime) -> list[str]:
        entry = self.region.content
        other = Region.objects.exclude(code=entry.code).first()
        if other:
            raise RefusedRegion(self.region.problem(["code"], f"deze database is al van {other.name}"))
        return RowImport(Region.objects.all(), called="regio").import_rows([entry.model_dump()], at=at)

    def _load_subregions(self, at: datetime) -> tuple[dict[str, SubRegion], list[str]]:
        entries = [
            {**entry.model_dump(), "position": position}
            for position, entry in enumerate(self.places.content.subregions, start=1)
        ]
        bringing = RowImport(SubRegion.objects.all(), called="subregio", drop=lambda _row, _at: "")
        lines = bringing.import_rows(entries, at=at)
        codes = {entry["code"] for entry in entries}
        return {code: row for (code,), row in bringing.rows.items() if code in codes}, lines

    def _load_municipalities(self, subregions: dict[str, SubRegion], at: datetime) -> list[str]:
        entries = self.places.content.municipalities
        bringing = RowImport(Municipality.objects.select_related("subregion"), called="gemeente")
        lines = bringing.import_rows([_municipality(entry, subregions) for entry in entries], at=at)
        neighbourhoods = [
            {"municipality": bringing.rows[(entry.code,)], "slug": slugify(name), "name": name}
            for entry in entries
            for name in entry.neighbourhoods
        ]
        known = Neighbourhood.objects.select_related("municipality")
        return lines + RowImport(known, called="wijk of dorp", key=("municipality", "slug")).import_rows(
            neighbourhoods, at=at
        )


def _municipality(entry: MunicipalityEntry, subregions: dict[str, SubRegion]) -> dict[str, object]:
    row, column = entry.tile
    return {
        **entry.model_dump(exclude={"subregion", "tile", "neighbourhoods"}),
        "slug": slugify(entry.name),
        "subregion": subregions[entry.subregion],
        "tile_row": row,
        "tile_column": column,
    }


def _remove(subregion: SubRegion) -> str:
    try:
        subregion.delete()
    except ProtectedError:
        return f"! subregio {subregion}: staat niet meer in het bestand, maar is in gebruik en blijft"
    return f"- subregio {subregion}"


def _check(document: Document[PlacesEntry]) -> None:
    """Check what the entries say of each other."""
    places = document.content
    refuse_repeated(document, "subregions", [entry.code for entry in places.subregions])
    refuse_repeated(document, "municipalities", [entry.code for entry in places.municipalities])
    refuse_repeated(document, "municipalities", [slugify(entry.name) for entry in places.municipalities])
    _refuse_names_without_an_address(document)
    refuse_repeated(document, "municipalities", [entry.tile for entry in places.municipalities])
    known = {entry.code for entry in places.subregions}
    problems: list[Problem] = []
    for position, entry in enumerate(places.municipalities):
        if entry.subregion not in known:
            reason = f"er is geen subregio {entry.subregion!r}"
            problems.append(document.problem(("municipalities", position, "subregion"), reason))
        slugs = [slugify(name) for name in entry.neighbourhoods]
        problems += [
            document.problem(("municipalities", position, "neighbourhoods", place), f"{slug!r} staat er twee keer")
            for place, slug in enumerate(slugs)
            if slug in slugs[:place]
        ]
    if problems:
        raise RefusedRegion(*problems)


def _refuse_names_without_an_address(document: Document[PlacesEntry]) -> None:
    """
    Check that a page can be made of each name: its address has letters or digits, and is not longer than its column.

    :raises RefusedRegion: if it cannot
    """
    names = [
        (("municipalities", position, "name"), entry.name, Municipality)
        for position, entry in enumerate(document.content.municipalities)
    ] + [
        (("municipalities", position, "neighbourhoods", place), name, Neighbourhood)
        for position, entry in enumerate(document.content.municipalities)
        for place, name in enumerate(entry.neighbourhoods)
    ]
    problems = [
        document.problem(where, f"van ‘{name}’ is geen adres van een pagina te maken")
        for where, name, table in names
        if not 0 < len(slugify(name)) <= (table._meta.get_field("slug").max_length or 0)
    ]
    if problems:
        raise RefusedRegion(*problems)
