"""The outcome in the lines of a mail or letter, made from the reasons; each line in the language of its reader."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from socialewifi.assessment.queries import Told


def values(told: Told) -> dict[str, Any]:
    """Return what the region's text ``outcome`` fills in; the lines take the language in which they are read."""
    return {
        "outcome": told.name,
        "reason": told.reason,
        "parts": lazy(part_lines, str)(told),
        "alternative": told.alternative,
        "advices": lazy(advice_lines, str)(told),
        "municipality": lazy(municipality_line, str)(told),
    }


def part_lines(told: Told) -> str:
    """Return one line for each part: what it is, and why."""
    lines = []
    for part in told.parts:
        what = ", ".join(str(word) for word in (money(part.amount), part.what) if word)
        name = _("%(name)s (%(what)s)") % {"name": part.name, "what": what} if what else str(part.name)
        lines.append(f"- {name}: {part.reason}")
    return "\n".join(lines)


def advice_lines(told: Told) -> str:
    """Return what the residents advised, without their names; disagreement stays as it is (R8)."""
    return "\n".join(f"- {advice.choice}: {advice.reason}" for advice in told.advices)


def municipality_line(told: Told) -> str:
    """Return what the municipality answered, or that it did not."""
    asked = told.municipality
    if asked is None:
        return ""
    if not asked.answer:
        return _("De gemeente %(name)s gaf op tijd geen antwoord.") % {"name": asked.name}
    return " ".join([_("De gemeente %(name)s antwoordt: %(answer)s.") % vars(asked), asked.words]).strip()


def money(amount: Decimal | None) -> str:
    """Write an amount as people do: € 1.850, or € 12,50."""
    if amount is None:
        return ""
    places = 0 if amount == amount.to_integral() else 2
    return f"€ {number_format(amount, places, use_l10n=True, force_grouping=True)}"
