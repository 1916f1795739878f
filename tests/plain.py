"""Plain words: what a resident reads on a page, and how easy it is."""

import re
from html.parser import HTMLParser

import textstat

# What belongs to the office, not to a resident's page. Each stands for the words that begin with it.
OFFICE_WORDS = (
    "melding", "route", "traject", "dossier", "casus", "casuïstiek", "aanvraag", "beschikking", "indienen", "ingediend",
    "verzoeken", "teneinde", "conform", "betreffende", "derhalve", "desgewenst", "faciliteren", "implementeren",
    "monitoren", "stakeholder", "participant", "cliënt", "zienswijze", "aanleveren", "in behandeling",
    "initiatiefnemer", "impulsfinanciering", "instemming", "knock-out", "knockout", "procesbegeleiding",
)  # fmt: skip
_OFFICE = re.compile(rf"\b(?:{'|'.join(OFFICE_WORDS)})\w*", re.IGNORECASE)
# Flesch's measure as Douma fitted it to Dutch: 60 to 70 is "standard", what someone of 13 or 14 reads with ease, and
# that is where B1 lies; 45 to 60 is "fairly difficult" (B2). We ask 70, "fairly easy", so that nothing is only just B1.
EASY_ENOUGH = 70
# A sentence of more words is one that people read twice.
LONGEST_SENTENCE = 24
_BLOCKS = {
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "dt",
    "dd",
    "label",
    "legend",
    "button",
    "summary",
    "div",
    "td",
    "th",
    "a",
}
_SILENT = {"script", "style", "template", "svg", "textarea", "option"}


class _Main(HTMLParser):
    """Collects what is inside ``main``, a line for each block."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.silent = 0
        self.lines: list[str] = [""]

    def handle_starttag(self, tag, attrs):
        self.depth += tag == "main"
        self.silent += tag in _SILENT
        if tag in _BLOCKS or tag == "br":
            self.lines.append("")

    def handle_endtag(self, tag):
        self.depth -= tag == "main"
        self.silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data):
        if self.depth and not self.silent:
            self.lines[-1] += data


def lines_of(page: str) -> list[str]:
    """Return the lines that someone reads in the main part of a page."""
    parser = _Main()
    parser.feed(page)
    return [line for line in (" ".join(line.split()) for line in parser.lines) if line]


def office_words(lines: list[str]) -> list[str]:
    return [found for line in lines for found in _OFFICE.findall(line)]


def sentences_of(lines: list[str]) -> list[str]:
    """Return the sentences: lines that end as one. Headings, names and buttons tell nothing about reading ease."""
    running = [line for line in lines if re.search(r"[.!?]['’”)]?$", line)]
    return [sentence for line in running for sentence in re.split(r"(?<=[.!?])\s+", line) if len(sentence.split()) > 2]


def ease(sentences: list[str]) -> float:
    """Return how easy these sentences read: 100 is very easy, 0 very hard."""
    textstat.set_lang("nl")
    return float(textstat.flesch_reading_ease(" ".join(sentences)))


def too_long(sentences: list[str]) -> list[str]:
    return [one for one in sentences if len(one.split()) > LONGEST_SENTENCE]
