"""Days in words, as people write them in each of our languages."""

import re
from datetime import date, datetime

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import get_language, override

# German has a point behind the number of the day, and a comma behind its name.
_GERMAN = (("l j", "l, j"), ("D j", "D, j"), ("j F", "j. F"), ("j N", "j. N"), ("j M", "j. M"))


def form_of(form: str) -> str:
    """Return how a form such as ``"l j F"`` is written in the language that is spoken now."""
    if get_language() == "de":
        for dutch, german in _GERMAN:
            form = form.replace(dutch, german)
    return form


def date_in_words(day: date | datetime, form: str) -> str:
    """Return this day in words."""
    return date_format(day, form_of(form))


def retold(words: str) -> str:
    """Return a day that was kept in Dutch words in the language that is spoken now; other words as they are."""
    with override("nl"):
        months = [str(name) for name in MONTHS.values()]
    found = re.fullmatch(rf"(\d{{1,2}}) ({'|'.join(months)})(?: (\d{{4}}))?", words)
    if found is None:
        return words
    number, month, year = found.groups()
    try:
        # A leap year when none was told: each day of each month is there.
        day = date(int(year or 2000), months.index(month) + 1, int(number))
    except ValueError:
        return words
    return date_in_words(day, "j F Y" if year else "j F")
