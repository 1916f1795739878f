"""Words that a region brings in more than one language."""

from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language


def _in_this_language(also: Mapping[str, str], words: str) -> str:
    return also.get((get_language() or "")[:2], words)


# The words in the language in which they are read, and not in which they are asked; Dutch where there are no others.
in_the_language_of_now = lazy(_in_this_language, str)
