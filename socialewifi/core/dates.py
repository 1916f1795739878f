"""Days in words, as people write them in each of our languages."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import get_language

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
