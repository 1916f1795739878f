"""A plan as the panel and the municipality read it: all of it, but not how to reach who told it (docs/privacy.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from socialewifi.core.lazy import StrOrPromise
from socialewifi.initiatives.models import PLAN_FIELDS, Exploration, Initiative, PlanVersion
from socialewifi.initiatives.outsiders import as_outsiders_read

_FOUND_OUT = {
    "what_it_is": _("Wat het is"),
    "question": _("Wat de vraag is"),
    "asked_where": _("Waar al iets is gevraagd"),
    "what_exists": _("Wat er al is in de buurt"),
    "fitting_support_words": _("Waarom die hulp past"),
}
# These stand at the head of the page.
_SHOWN_APART = {"title", "idea", "amount_asked"}

# A label, the words, and no address to change them.
Line = tuple[StrOrPromise, str, str]


@dataclass(frozen=True)
class PlainPlan:
    """The idea, the rest of the plan, and what was found out together; empty lines are left out."""

    idea: str
    told: list[Line]
    found_out: list[Line]


def what_is_weighed(initiative: Initiative) -> dict[str, Any]:
    """Return the initiative with its plan, as the panel reads it: what the pages of a weighing show beside it."""
    return {
        "initiative": initiative,
        "plan": plan_for_outsiders(initiative),
        "themes": initiative.themes.order_by("position", "pk"),
    }


def plan_for_outsiders(initiative: Initiative) -> PlainPlan:
    """Return the plan without contact details."""
    # Fetched before it is copied, so that it is cleared with it.
    exploration = getattr(initiative, "exploration", None)
    initiative, exploration = as_outsiders_read(initiative), as_outsiders_read(exploration) if exploration else None
    labels = {field.name: field.verbose_name for field in PlanVersion._meta.local_fields}
    told = {name: labels[name] for name in PLAN_FIELDS if name not in _SHOWN_APART}
    return PlainPlan(
        idea=initiative.idea,
        told=_lines(initiative, told),
        found_out=[*_fitting_support(exploration), *_lines(exploration, _FOUND_OUT)] if exploration else [],
    )


def _fitting_support(exploration: Exploration) -> list[Line]:
    kinds = ", ".join(str(kind.label) for kind in exploration.fitting_support.all())
    return [(_("Welke hulp past"), kinds, "")] if kinds else []


def _lines(row: Initiative | Exploration, labels: Mapping[str, StrOrPromise]) -> list[Line]:
    lines = [(label, getattr(row, name)) for name, label in labels.items()]
    return [(label, words, "") for label, words in lines if words]
