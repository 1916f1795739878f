"""What initiatives are weighed by, from a region's files: ``weighing.yaml``."""

from datetime import datetime
from pathlib import Path

from socialewifi.assessment.models import Criterion, Trigger
from socialewifi.core.regionfiles import Entry, once, read
from socialewifi.initiatives.region import WordEntry, bring_words


class CriterionEntry(WordEntry):
    group: Criterion.Group
    is_knock_out: bool = False


class WeighingEntry(Entry):
    criteria: list[CriterionEntry]
    triggers: list[WordEntry]


class Weighing:
    """Everything of this room in a region's folder, read and checked."""

    def __init__(self, folder: Path) -> None:
        self.document = read(folder / "weighing.yaml", WeighingEntry)
        once(self.document, "criteria", [entry.code for entry in self.document.content.criteria])
        once(self.document, "triggers", [entry.code for entry in self.document.content.triggers])

    def load(self, at: datetime) -> list[str]:
        weighing = self.document.content
        lines = bring_words(Criterion, weighing.criteria, called="criterium", at=at)
        return lines + bring_words(Trigger, weighing.triggers, called="reden om de gemeente te vragen", at=at)
