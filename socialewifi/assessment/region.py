"""What initiatives are weighed by, from a region's files: ``weighing.yaml``."""

from datetime import datetime
from pathlib import Path

from socialewifi.assessment.models import Criterion, Trigger
from socialewifi.core.regionfiles import Entry, read, refuse_repeated
from socialewifi.core.rooms import RegionPart
from socialewifi.initiatives.region import WordEntry, import_words


class CriterionEntry(WordEntry):
    group: Criterion.Group
    is_knock_out: bool = False


class WeighingEntry(Entry):
    criteria: list[CriterionEntry]
    triggers: list[WordEntry]


class Weighing(RegionPart):
    """Everything of this room in a region's folder, read and checked."""

    def __init__(self, folder: Path) -> None:
        self.document = read(folder / "weighing.yaml", WeighingEntry)
        refuse_repeated(self.document, "criteria", [entry.code for entry in self.document.content.criteria])
        refuse_repeated(self.document, "triggers", [entry.code for entry in self.document.content.triggers])

    def load(self, at: datetime) -> list[str]:
        weighing = self.document.content
        lines = import_words(Criterion, weighing.criteria, called="criterium", at=at)
        return lines + import_words(Trigger, weighing.triggers, called="reden om de gemeente te vragen", at=at)
