"""
The one redaction: what someone typed, as everyone reads it who may not know how to reach that person (docs/privacy.md).

Telephone numbers, e-mail addresses, account numbers and house addresses go out; dates, amounts and web links stay.
What is left out is named in its place, in the language of the reader. Rather a word too many than a number too few.
"""

import re
import unicodedata
from collections.abc import Callable

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

NUMBER = gettext_noop("[nummer weggelaten]")
MAIL = gettext_noop("[e-mailadres weggelaten]")
ADDRESS = gettext_noop("[adres weggelaten]")
# A word without digits, or a year.
_SEARCHED = re.compile(r"[^\d@]+|\D{0,2}(?:19|20)\d\d\D{0,2}")
# Where a number is looked for that is written without the sign of its country.
REGIONS = ("NL", "BE", "DE")

# Nothing is left out of words without a digit, a sign of mail or a spoken one.
_WORTH_A_LOOK = re.compile(r"[\d@＠﹫]|\bat\b|apenstaart", re.IGNORECASE)

# Every part has a longest length or gives nothing back, so that no text takes long, however it is made.
_MAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]++\s?+[@＠﹫]\s?[\w-]++(?:\.[\w-]++)*+")
_DOT = r"\s{0,2}[(\[{]?\s{0,2}(?:\.|\b(?:punt|dot|punkt)\b)\s{0,2}[)\]}]?\s{0,2}"
_MAIL_TOLD = re.compile(
    r"(?<![\w.+-])[\w.+-]++\s{0,2}(?:[(\[{]\s?(?:at|apenstaart(?:je)?)\s?[)\]}]|\b(?:at|apenstaart(?:je)?)\b)\s{0,2}"
    rf"[\w-]{{1,60}}(?:{_DOT}[\w-]{{1,60}}){{0,4}}?{_DOT}(?:nl|be|de|eu|com|net|org|info|frl|example|test)\b",
    re.IGNORECASE,
)

# What a mail program makes a link of: a scheme or www with what follows, and words with a dot between them.
_LINK = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]{1,20}:/{1,3}|(?:https?|ftp|mailto|javascript|data|whatsapp|tel|sms):"
    r"|www[.\u3002\uff0e\uff61])\S*+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S++")
_HOST = re.compile(r"\S[.\u3002\uff0e\uff61]\w")
# Signs that take no room, or only room, of other kinds than those that Unicode calls a format.
UNSEEN = frozenset(
    chr(code)
    for first, last in (
        *((0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800)),
        *((0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF)),
    )
    for code in range(first, last + 1)
)
# More marks on one letter than any language has; to bring them in order takes long.
MARKS = 8
_DOTTED = re.compile(r"(?<=[^\W_])[.\u3002\uff0e\uff61](?=[^\W\d_]{2})")

_IBAN = re.compile(
    # Also one that was cut off, or has a slip in it.
    r"\b[A-Z]{2}\d{2}[\s.-]?[A-Z]{4}(?:[\s.-]?\d){2,14}\b"
    r"|\b(?:BE|DE|FR|LU|AT|ES|IT|PL)\d{2}(?:[\s.-]?\d){6,22}\b"
    r"|(?-i:\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)",
    re.IGNORECASE,
)

# What people put between the digits of a number, seen or not. Between hours or points stands one of the first with room
# around it.
_BETWEEN = r"(?:[|=~*]|[\s\-–—./()·_\u00ad\u200b-\u200f\u2060\ufeff]{0,4})"
_DATE = re.compile(
    r"((?<!\d)(?:[0-2]?\d|3[01])[-/.](?:0?\d|1[0-2])[-/.](?:19|20)\d\d(?![-/.]?\d)"
    r"(?:(?!\s?\d)|(?=\s?\d{1,2}(?:[:.]\d\d|\s?u\b|\s?uur))))"
)
_NUMBER = re.compile(
    rf"(?<![\d,])(?:[+＋]|0)(?:{_BETWEEN}\d){{8,14}}(?!\d)"
    # A mobile number, whatever stands between its digits, but not hours from six on.
    r"|(?<![\d.,:])(?!06[:.][0-5]\d\W{1,4}[0-2]?\d[:.][0-5]\d)06(?:[\W_]{0,4}\d){8}(?!\d)"
    # A mobile number without its zero, and whatever is as long as a number and written in one.
    r"|(?<![\d.,])6(?:[ \-]?\d){8}(?!\d)"
    r"|(?<![\d.,])\d{8,15}(?!\d)"
    # The half that a cut left over.
    rf"|(?<![\d.,])(?:[+＋]|0)(?:{_BETWEEN}\d){{3,}}\s*(?=…|\.\.\.)"
    rf"|(?<![\d.,])(?:[+＋]|0)(?:{_BETWEEN}\d){{5,}}$"
)

# Two letters behind a year or an amount are a word, not the end of a postcode.
_WORDS = (
    "aan|af|al|am|an|as|at|be|bo|by|cm|da|de|do|du|el|em|en|er|es|et|eu|ga|go|ha|he|if|ik|im|in|is|it|ja|je|kg|km|la"
    "|le|me|ml|mm|my|na|no|nu|of|om|on|op|or|os|si|so|st|te|to|tu|uw|we|wo|za|ze|zo|zu"
)
_POSTCODE = rf"[1-9]\d{{3}}(?:\s?(?-i:[A-Z]{{2}})|(?!\s?(?:{_WORDS})\b)\s?[a-z]{{2}})(?![^\W\d])"
_HOUSE = (
    r",?\s{0,2}(?:nr\.?|no\.?|(?:huis)?nummer|hausnummer)?\s{0,2}\d{1,4}(?:\s?[a-z]\b)?(?:\s?[-–/]\s?\d{1,4}\b)?"
    r"(?![\d]|\s?(?:%|€|euro))"
)
_CAPITAL = r"(?-i:[A-Z\u00c0-\u00de])"
# The ends of names of streets: hardly ever anything else, and those that take a capital to be one.
_STREETS = r"straat|straatje|straot|laan|steeg|gracht|singel|dreef|straße|strasse|gasse|(?:str|stw)(?:\.|(?=\s?\d))"
_PLACES = (
    "weg|plein|pad|kade|hof|ring|plantsoen|park|dijk|wal|markt|berg|baan|boulevard|allee|hoek|veld|heide|kamp|poort"
    "|platz|ufer|damm|steenweg|brug|haven|akker|donk|rade|vaart"
)
_ADDRESS = re.compile(
    rf"(?:\b{_CAPITAL}[\w'’.-]{{0,40}}(?:\s[\w'’.-]{{1,40}}){{0,3}}?{_HOUSE},?\s{{0,2}})?\b{_POSTCODE}(?:\s?\d{{1,4}}(?!\d))?"
    rf"|\b[\w'’.-]{{0,40}}(?:{_STREETS}){_HOUSE}"
    rf"|\b{_CAPITAL}[\w'’.-]{{0,40}}(?:{_PLACES}){_HOUSE}"
    rf"|\b(?-i:Weg|Plein|Markt|Hof|Ring|Kade|Dijk|Wal|Berg|Baan|Brink|Laan|Dreef|Singel){_HOUSE}"
    rf"|\b(?:rue|avenue|chaussée|chemin|allée)\s(?:[\w'’.-]{{1,40}}\s){{0,4}}?{_HOUSE}"
    r"|\b\d{1,4}\s?[a-z]?,?\s(?:rue|avenue|chaussée|chemin|allée)\s[\w'’.-]{1,40}(?:\s[\w'’.-]{1,40}){0,3}"
    r"|\b\d{1,4}\s?[a-z]?\s(?:(?-i:[A-Z])\w{1,40}\s){1,3}(?-i:Street|Road|Lane|Avenue|Square)\b",
    re.IGNORECASE,
)


def without_contact_details(text: str) -> str:
    """Return the text as an outsider reads it, with a word for each number or address that was left out."""
    return _cleared(text, _)


def without_a_trace(text: str) -> str:
    """Return the text without contact details and without a word for them: for names, addresses of pages, searches."""
    cleared = _cleared(text, lambda _word: " ")
    return text if cleared == text else " ".join(cleared.split()).strip(" ,;:-–")


def without_links(text: str) -> str:
    """
    Return a name without anything that a mail program makes a link of, and without signs that nobody sees.

    Names and titles go into mails to people who may not know us: what there is to press in a mail comes from us.
    """
    text = _as_seen(text)
    shown = _DOTTED.sub(". ", _WORD.sub(_without_path, _LINK.sub("…", text)))
    return text if shown == text else " ".join(shown.split())


def name_for_mail(text: str) -> str:
    """Return a name or title as a mail to anyone has it: with nothing to press, to call or to write to."""
    return without_links(without_a_trace(_as_seen(text))) or ("…" if text.strip() else "")


def words_to_search(text: str) -> str:
    """Return what an outsider may search for: a number that is found tells whose it is. A year may be."""
    return " ".join(word for word in without_a_trace(text).split() if _SEARCHED.fullmatch(word))


def has_contact_details(text: str) -> bool:
    return _cleared(text, lambda _word: "") != text


def _as_seen(text: str) -> str:
    """Return what a reader sees: without invisible signs, and each letter with its accent as one sign."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        kind = unicodedata.category(sign)
        # No digit has a mark in our languages, and some marks are not seen.
        is_mark_of_digit = kind.startswith("M") and bool(kept) and kept[-1].isdigit()
        if marks <= MARKS and sign not in UNSEEN and kind != "Cf" and not is_mark_of_digit:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def _without_path(word: re.Match[str]) -> str:
    """Leave out a word that begins as the name of a machine and goes on as the path of a page."""
    host = _HOST.search(word[0])
    return "…" if host and "/" in word[0][host.end() :] else word[0]


def _cleared(text: str, told: Callable[[str], str]) -> str:
    """Return the text without contact details; one without any stays as it was typed."""
    if not _WORTH_A_LOOK.search(text):
        return text
    seen = _as_seen(text)
    cleared = _left_out(seen, told)
    return text if cleared == seen else cleared


def _left_out(text: str, told: Callable[[str], str]) -> str:
    for pattern in (_MAIL, _MAIL_TOLD):
        text = pattern.sub(told(MAIL), text)
    text = _IBAN.sub(told(NUMBER), text)
    # Dates stand between the parts in which a number can be.
    parts = _DATE.split(text)
    parts[::2] = [_without_numbers(part, told(NUMBER)) for part in parts[::2]]
    return _ADDRESS.sub(told(ADDRESS), "".join(parts))


def _without_numbers(text: str, word: str) -> str:
    for region in REGIONS:
        for found in reversed(list(phonenumbers.PhoneNumberMatcher(text, region))):
            text = text[: found.start] + word + text[found.end :]
    return _NUMBER.sub(word, text)
