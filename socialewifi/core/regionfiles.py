"""Reading a region's files: what is wrong is named with file, line and reason, all of it at once."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from django.core.exceptions import ValidationError as DoesNotFit
from django.db import models
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

Where = Sequence[str | int]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=250)]
Day = datetime.date
# The largest file of a region has some tens of kilobytes.
MOST_BYTES = 1024**2
# How deep lists and names lie in each other; more takes long to read, and is nothing we know.
DEEPEST = 30
# Signs that no text has, but for the ends of its lines and tabs.
_NO_SIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
_OPENS = re.compile(r"[\[{]")

_REASONS = {
    "missing": "‘{field}’ ontbreekt",
    "extra_forbidden": "‘{field}’ is hier niet bekend",
    "string_type": "‘{field}’ moet tekst zijn",
    "string_too_short": "‘{field}’ is leeg",
    "string_too_long": "‘{field}’ is te lang",
    "string_pattern_mismatch": "‘{field}’ heeft niet de goede vorm: {input!r}",
    "enum": "‘{field}’ kan geen {input!r} zijn, wel {ctx[expected]}",
    "literal_error": "‘{field}’ kan geen {input!r} zijn, wel {ctx[expected]}",
    "int_parsing": "‘{field}’ moet een heel getal zijn, niet {input!r}",
    "value_error": "{ctx[error]}",
}


class Entry(BaseModel):
    """
    Something in a region's file; a field nobody knows is refused, and what is longer than its column.

    ``row`` is the table it goes into; ``columns`` says of a field where it goes, if not under its own name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    row: ClassVar[type[models.Model] | None] = None
    columns: ClassVar[dict[str, tuple[type[models.Model], str]]] = {}

    @field_validator("*", mode="after")
    @classmethod
    def fits_its_column(cls, value: Any, info: ValidationInfo) -> Any:
        name = str(info.field_name)
        table, column = cls.columns.get(name, (cls.row, name))
        known = {field.name: field for field in table._meta.concrete_fields} if table is not None else {}
        if column in known:
            for one in value if isinstance(value, list) else [value]:
                _fit(known[column], one, name)
        return value


Content = TypeVar("Content", bound=Entry)


@dataclass(frozen=True)
class Problem:
    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class RefusedRegion(Exception):
    """Raised when a region's files cannot be followed; nothing of them is loaded."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Document(Generic[Content]):
    """One file of a region, checked, that still knows its lines."""

    file: Path
    content: Content
    source: CommentedMap
    first_line: int = 1

    def problem(self, where: Where, reason: str) -> Problem:
        """Say what is wrong at this place: ``("municipalities", 3, "subregion")``."""
        return Problem(self.file, _line(self.source, where, self.first_line), reason)


def read(file: Path, schema: type[Content]) -> Document[Content]:
    """
    Return the file's content.

    :raises RefusedRegion: if it is missing, is no YAML or does not fit
    """
    return parse(read_words(file), file=file, schema=schema)


def read_words(file: Path) -> str:
    """
    Return what is written in this file.

    :raises RefusedRegion: if it is missing, no file, too large or no text
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise RefusedRegion(Problem(file, 1, f"kan niet gelezen worden: {wrong.strerror}")) from wrong
    if len(content) > MOST_BYTES:
        raise RefusedRegion(Problem(file, 1, "is groter dan 1 MB: dit is geen bestand van een regio"))
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise RefusedRegion(Problem(file, line, "hier staat een teken dat geen UTF-8 is")) from wrong
    if sign := _NO_SIGN.search(words):
        line = words[: sign.start()].count("\n") + 1
        raise RefusedRegion(Problem(file, line, f"hier staat een teken dat niet kan: {sign[0]!r}"))
    return words


def parse(words: str, *, file: Path, schema: type[Content], first_line: int = 1) -> Document[Content]:
    """
    Return the content of these words, of which the first stands on ``first_line`` of the file.

    :raises RefusedRegion: if it is no YAML or does not fit
    """
    source = _source(words, file, first_line)
    try:
        return Document(file, schema.model_validate(source), source, first_line)
    except ValidationError as wrong:
        problems = [Problem(file, _line(source, error["loc"], first_line), _reason(error)) for error in wrong.errors()]
        raise RefusedRegion(*problems) from wrong


def refuse_repeated(document: Document[Content], place: str, keys: Sequence[Any]) -> None:
    """
    Check that no two entries of the list at ``place`` have the same key.

    :raises RefusedRegion: if two have
    """
    problems = [
        document.problem([place, position], f"{key!r} staat er twee keer")
        for position, key in enumerate(keys)
        if key in keys[:position]
    ]
    if problems:
        raise RefusedRegion(*problems)


def _fit(column: "models.Field[Any, Any]", value: Any, name: str) -> None:
    """
    Check that a value can be written in this column.

    :raises ValueError: if it cannot
    """
    longest = column.max_length
    if isinstance(value, str) and longest is not None and len(value) > longest:
        raise ValueError(f"‘{name}’ is te lang: hoogstens {longest} tekens")
    if isinstance(value, Decimal):
        try:
            column.run_validators(value)
        except DoesNotFit as wrong:
            raise ValueError(f"‘{name}’ past niet: {' '.join(wrong.messages)}") from wrong


def _source(words: str, file: Path, first_line: int) -> CommentedMap:
    _refuse_depth(words, file, first_line)
    try:
        source = YAML(typ="rt").load(words)
    except MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = mark.line if mark else 0
        raise RefusedRegion(Problem(file, first_line + line, f"geen goede YAML: {wrong.problem}")) from wrong
    except YAMLError as wrong:
        raise RefusedRegion(Problem(file, first_line, f"geen goede YAML: {' '.join(str(wrong).split())}")) from wrong
    except (ValueError, OverflowError, RecursionError) as wrong:
        # A day or a number that there is not; YAML does not say where it stood.
        raise RefusedRegion(Problem(file, _line_of_no_day(words) + first_line, f"dit is er niet: {wrong}")) from wrong
    if not isinstance(source, CommentedMap):
        raise RefusedRegion(Problem(file, first_line, "hier moeten namen met waarden staan"))
    return source


def _refuse_depth(words: str, file: Path, first_line: int) -> None:
    """
    Refuse what lies deeper than any of our files, before anything tries to follow it.

    :raises RefusedRegion: if it does
    """
    for number, line in enumerate(words.splitlines()):
        indent = len(line) - len(line.lstrip(" -?"))
        if indent > 2 * DEEPEST or len(_OPENS.findall(line)) > DEEPEST:
            raise RefusedRegion(Problem(file, first_line + number, "dit ligt te diep in elkaar"))


def _line_of_no_day(words: str) -> int:
    for number, line in enumerate(words.splitlines()):
        for found in _DATE.findall(line):
            try:
                datetime.date(*map(int, found.split("-")))
            except ValueError:
                return number
    return 0


def _line(source: Any, where: Where, first_line: int) -> int:
    line = 0
    for part in where:
        try:
            line = (source.lc.key(part) if isinstance(source, CommentedMap) else source.lc.item(part))[0]
            source = source[part]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
        if not isinstance(source, CommentedMap | CommentedSeq):
            break
    return line + first_line


def _reason(error: ErrorDetails) -> str:
    name = ".".join(str(part) for part in error["loc"] if not isinstance(part, int)) or "dit"
    words = _REASONS.get(error["type"], "‘{field}’: {msg}")
    return words.format(field=name, msg=error["msg"], input=error.get("input"), ctx=error.get("ctx", {}))
