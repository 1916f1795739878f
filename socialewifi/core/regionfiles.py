"""Reading a region's files: what is wrong is named with file, line and reason, all of it at once."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

Where = Sequence[str | int]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=250)]
Day = datetime.date

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
    """Something in a region's file; a field nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    try:
        words = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise RefusedRegion(Problem(file, 1, f"kan niet gelezen worden: {wrong}")) from wrong
    return parse(words, file=file, schema=schema)


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


def once(document: Document[Content], place: str, keys: Sequence[Any]) -> None:
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


def _source(words: str, file: Path, first_line: int) -> CommentedMap:
    try:
        source = YAML(typ="rt").load(words)
    except MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        line = mark.line if mark else 0
        raise RefusedRegion(Problem(file, first_line + line, f"geen goede YAML: {wrong.problem}")) from wrong
    except YAMLError as wrong:
        raise RefusedRegion(Problem(file, first_line, f"geen goede YAML: {wrong}")) from wrong
    if not isinstance(source, CommentedMap):
        raise RefusedRegion(Problem(file, first_line, "hier moeten namen met waarden staan"))
    return source


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
