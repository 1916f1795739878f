"""Accessible PDF (PDF/UA-1) by typst. What is filled in goes in as data, never into the source of a template."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).resolve().parent / "typst"
FONTS = Path(__file__).resolve().parent / "fonts" / "build"
_UNREADABLE = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# Signs that no font of ours has are replaced one kind at a time, and after this many all at once.
_PATIENCE = 30


class CannotBePrinted(Exception):
    """Raised when typst refuses a template for another reason than a sign that no font has."""


def make_pdf(template: Path, content: Mapping[str, Any]) -> bytes:
    """
    Fill in a typst template and return it as PDF/UA-1.

    Pictograms are left out, and a letter that no font here has becomes a question mark: a letter with a name in
    another script is better than no letter.
    """
    text = json.dumps(content, ensure_ascii=False)
    for _attempt in range(_PATIENCE):
        try:
            return _compile(template, text)
        except typst.TypstError as refusal:
            found = _UNREADABLE.search(str(refusal))
            if found is None:
                raise CannotBePrinted(str(refusal)) from refusal
            for sign in _ESCAPE.sub(lambda code: chr(int(code[1], 16)), found[1]):
                text = text.replace(sign, _stand_in(sign)) if ord(sign) > 127 else text
    return _compile(template, "".join(sign if ord(sign) < 0x180 else _stand_in(sign) for sign in text))


def _compile(template: Path, text: str) -> bytes:
    return bytes(
        typst.compile(
            template, root=template.parent, font_paths=_fonts(), sys_inputs={"content": text}, pdf_standards=["ua-1"]
        )
    )


def _stand_in(sign: str) -> str:
    return "?" if unicodedata.category(sign)[0] in "LN" else ""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, font_paths=[FONTS] if FONTS.exists() else [])
