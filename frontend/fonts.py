"""Makes the fonts of letters: whole TTF files for typst from the web's parts of Atkinson Hyperlegible Next."""

import logging
import sys
from pathlib import Path

from fontTools import merge
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
PARTS = HERE / "node_modules" / "@fontsource" / "atkinson-hyperlegible-next" / "files"
OUT = HERE.parent / "socialewifi" / "core" / "fonts" / "build"
FAMILY = "Atkinson Hyperlegible Next"
WEIGHTS = {400: "Regular", 700: "Bold"}


def unpack(weight: int, part: str) -> Path:
    font = TTFont(PARTS / f"atkinson-hyperlegible-next-{part}-{weight}-normal.woff2")
    font.flavor = None
    # Both parts carry the same layout rules; the first one's are enough, and merging them twice is refused.
    for table in ("GDEF", "GPOS", "GSUB", "STAT", "MVAR") if part != "latin" else ("STAT", "MVAR"):
        if table in font:
            del font[table]
    path = OUT / f"{part}-{weight}.ttf"
    font.save(path)
    return path


def make(weight: int, style: str) -> Path:
    parts = [unpack(weight, part) for part in ("latin", "latin-ext")]
    font = merge.Merger().merge([str(part) for part in parts])
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"AtkinsonHyperlegibleNext-{style}", 16: FAMILY, 17: style}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    path = OUT / f"AtkinsonHyperlegibleNext-{style}.ttf"
    font.save(path)
    for part in parts:
        part.unlink()
    return path


if __name__ == "__main__":
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    OUT.mkdir(parents=True, exist_ok=True)
    for weight, style in WEIGHTS.items():
        sys.stdout.write(f"  {make(weight, style).name}\n")
