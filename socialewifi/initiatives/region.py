"""The words of a region's files: ``words.yaml``."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from socialewifi.core.regionfiles import Code, Entry, RefusedRegion, read, refuse_repeated
from socialewifi.core.regionrows import RowImport
from socialewifi.core.rooms import RegionPart
from socialewifi.initiatives.models import Channel, Kind, RegionWord, SupportKind, TargetGroup, Theme
from socialewifi.initiatives.models.words import WEBSITE


class WordEntry(Entry):
    row = Kind

    code: Code
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    also: dict[Literal["en", "de"], Annotated[str, StringConstraints(min_length=1, max_length=120)]] = {}
    explanation: str = ""


class ThemeEntry(WordEntry):
    colour: Literal["leaf", "sun", "sky", "rose"]


class WordsEntry(Entry):
    channels: list[WordEntry]
    kinds: list[WordEntry]
    themes: list[ThemeEntry]
    target_groups: list[WordEntry]
    support_kinds: list[WordEntry]


class Words(RegionPart):
    """Everything of this room in a region's folder, read and checked."""

    KINDS: tuple[tuple[str, type[RegionWord], str], ...] = (
        ("channels", Channel, "ingang"),
        ("kinds", Kind, "soort"),
        ("themes", Theme, "thema"),
        ("target_groups", TargetGroup, "doelgroep"),
        ("support_kinds", SupportKind, "soort hulp"),
    )

    def __init__(self, folder: Path) -> None:
        self.document = read(folder / "words.yaml", WordsEntry)
        for place, _model, _called in self.KINDS:
            refuse_repeated(self.document, place, [entry.code for entry in getattr(self.document.content, place)])
        if WEBSITE not in {entry.code for entry in self.document.content.channels}:
            words = f"de ingang ‘{WEBSITE}’ ontbreekt: zo komt binnen wat iemand hier zelf vertelt"
            raise RefusedRegion(self.document.problem(["channels"], words))

    def load(self, at: datetime) -> list[str]:
        lines: list[str] = []
        for place, model, called in self.KINDS:
            lines += import_words(model, getattr(self.document.content, place), called=called, at=at)
        return lines


def import_words(model: type[RegionWord], entries: Sequence[WordEntry], *, called: str, at: datetime) -> list[str]:
    """Bring a list of choices in, in the order of the file."""
    rows = [{**entry.model_dump(), "position": position} for position, entry in enumerate(entries, start=1)]
    return RowImport(model._default_manager.all(), called=called).import_rows(rows, at=at)
