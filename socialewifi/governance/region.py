"""The agreements of a region's files: ``agreements.yaml``."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from socialewifi.core.numbers import NUMBERS, Unit, number_of
from socialewifi.core.regionfiles import Code, Day, Entry, Line, Problem, RefusedRegion, read, refuse_repeated
from socialewifi.core.regionrows import RowImport
from socialewifi.core.rooms import RegionPart
from socialewifi.governance.models import Agreement, Status


class AgreementEntry(Entry):
    row = Agreement

    code: Code
    name: Annotated[str, StringConstraints(min_length=1)]
    explanation: str = ""
    value: int | None = None
    unit: Unit
    status: Status
    owner: Annotated[str, StringConstraints(min_length=1)]
    decide_by: Day | None = None
    source: Line

    @model_validator(mode="after")
    def is_a_number_or_words(self) -> Self:
        if (self.unit == Unit.NONE) != (self.value is None):
            raise ValueError(f"‘{self.code}’ heeft een getal met een eenheid, of geen van beide (unit: none)")
        return self

    @model_validator(mode="after")
    def is_within_bounds(self) -> Self:
        number = number_of(self.code)
        if self.value is not None and not number.least <= self.value <= number.most:
            raise ValueError(f"‘{self.code}’ is minstens {number.least} en hoogstens {number.most}")
        return self


class AgreementsEntry(Entry):
    agreements: list[AgreementEntry]


class Agreements(RegionPart):
    """Everything of this room in a region's folder, read and checked."""

    def __init__(self, folder: Path) -> None:
        self.document = read(folder / "agreements.yaml", AgreementsEntry)
        entries = self.document.content.agreements
        refuse_repeated(self.document, "agreements", [entry.code for entry in entries])
        units = {entry.code: entry.unit for entry in entries}
        problems: list[Problem] = [
            self.document.problem([], f"het getal ‘{code}’ ontbreekt, in {number.unit.label}")
            for code, number in NUMBERS.items()
            if units.get(code) != number.unit
        ]
        if problems:
            raise RefusedRegion(*problems)

    def load(self, at: datetime) -> list[str]:
        rows = []
        for position, entry in enumerate(self.document.content.agreements, start=1):
            bounds = {"least": number_of(entry.code).least, "most": number_of(entry.code).most}
            rows.append({**entry.model_dump(), "position": position, **bounds})
            # A number that was changed here does not follow the file; its bounds are those of the room all the same.
            Agreement.objects.filter(code=entry.code).exclude(changed_at=None).update(**bounds)
        kept = RowImport(Agreement.objects.all(), called="afspraak", is_kept=lambda row: row.changed_at is not None)
        return kept.import_rows(rows, at=at)
