"""The texts of a region's files: ``texts/<language>/<code>.md``, with what each placeholder holds at the top."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from django.conf import settings
from pydantic import StringConstraints

from socialewifi.core import texts
from socialewifi.core.models import Text
from socialewifi.core.regionfiles import Document, Entry, Problem, RefusedRegion, parse, read_words
from socialewifi.core.regionrows import RowImport
from socialewifi.core.rooms import RegionPart

TOP = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class TopEntry(Entry):
    row = Text

    subject: Annotated[str, StringConstraints(min_length=1)]
    placeholders: dict[str, str] = {}


@dataclass(frozen=True)
class TextFile:
    code: str
    language: str
    top: Document[TopEntry]
    body: str
    body_line: int

    def problems(self) -> list[Problem]:
        """Return what is wrong with the placeholders."""
        if self.code not in texts.KINDS:
            return [Problem(self.top.file, 1, f"geen onderdeel stuurt een tekst ‘{self.code}’")]
        allowed, explained = texts.allowed(self.code), self.top.content.placeholders
        found = [
            self.top.problem(["placeholders", name], f"‘{name}’ is hier niet bekend, wel: {', '.join(sorted(allowed))}")
            for name in explained
            if name not in allowed
        ]
        subject_line = self.top.problem(["subject"], "").line
        lines = {"subject": subject_line, "body": self.body_line}
        found += [
            Problem(self.top.file, lines[field], why)
            for field, why in texts.faults(self.code, subject=self.top.content.subject, body=self.body)
        ]
        places = [(subject_line, self.top.content.subject)]
        places += list(enumerate(self.body.splitlines(), start=self.body_line))
        return found + [
            Problem(self.top.file, line, f"‘{name}’ staat niet bij de placeholders bovenaan")
            for line, words in places
            for name in texts.placeholders(words)
            if name not in explained
        ]


class Texts(RegionPart):
    """Every text in a region's folder, read and checked."""

    def __init__(self, folder: Path) -> None:
        self.files: list[TextFile] = []
        problems: list[Problem] = []
        for file in sorted((folder / "texts").glob("*/*")):
            try:
                read = _read(file)
            except RefusedRegion as refused:
                problems += refused.problems
            else:
                self.files.append(read)
                problems += read.problems()
        read_in_dutch = {file.code for file in self.files if file.language == texts.SOURCE_LANGUAGE}
        dutch = folder / "texts" / texts.SOURCE_LANGUAGE
        for code in sorted(set(texts.KINDS) - read_in_dutch - {Path(problem.file).stem for problem in problems}):
            problems.append(Problem(dutch / f"{code}.md", 1, "deze tekst ontbreekt"))
        if problems:
            raise RefusedRegion(*problems)

    def load(self, at: datetime) -> list[str]:
        rows = [
            {"code": file.code, "language": file.language, "subject": file.top.content.subject, "body": file.body}
            for file in self.files
        ]
        bringing = RowImport(
            Text.objects.all(),
            called="tekst",
            key=("code", "language"),
            is_kept=lambda row: row.is_edited,
            drop=_remove,
        )
        return bringing.import_rows(rows, at=at)


def _read(file: Path) -> TextFile:
    language = file.parent.name
    if language not in dict(settings.LANGUAGES) or file.suffix != ".md":
        raise RefusedRegion(Problem(file, 1, "een tekst staat in texts/<taal>/<code>.md"))
    words = read_words(file)
    top = TOP.match(words)
    if top is None:
        raise RefusedRegion(Problem(file, 1, "bovenaan ontbreken de regels tussen --- en ---"))
    body = words[top.end() :]
    body_line = words[: top.end()].count("\n") + 1
    document = parse(top[1], file=file, schema=TopEntry, first_line=2)
    return TextFile(file.stem, language, document, body, body_line)


def _remove(text: Text, _at: datetime) -> str:
    """Let go of a text the region no longer has; what was written with it is kept in the messages."""
    if text.is_edited:
        return f"! tekst {text}: staat niet meer in de bestanden, maar is hier gewijzigd en blijft"
    text.delete()
    return f"- tekst {text}"
