"""Looking into a PDF without a library: is it what it says, and what text does a screen reader get."""

import re
import zlib


def claims_to_be_accessible(pdf: bytes) -> bool:
    """Tell whether the document says it is PDF/UA-1 and is tagged; typst refuses to say so when it is not."""
    return b"pdfuaid:part>1<" in pdf and b"/Marked true" in _all(pdf)


def title_of(pdf: bytes) -> str:
    found = re.search(rb"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", pdf, re.DOTALL)
    return found[1].decode() if found else ""


def language_of(pdf: bytes) -> str:
    found = re.search(rb"/Lang ?\((.*?)\)", _all(pdf))
    return found[1].decode() if found else ""


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page\b", _all(pdf)))


def _all(pdf: bytes) -> bytes:
    """Return the document with its compressed parts opened."""
    opened = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            opened.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(opened)
