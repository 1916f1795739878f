"""What was weighed: who weighed or answered goes on reading that, and not what became of it since (R4, R8)."""

import copy
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.core.models import Event
from socialewifi.initiatives.models import PLAN_FIELDS, Initiative, PlanVersion

Row = TypeVar("Row", PanelSeat, AmbassadorQuestion)
ENDED = ("concluded_at", "returned_at")
PLACED = "initiatives.initiative.placed"


def ended_at(assessment: Assessment) -> datetime | None:
    return assessment.concluded_at or assessment.returned_at


def as_weighed(assessment: Assessment) -> Initiative:
    """Return the initiative as it was when its weighing ended; as it is while that goes on."""
    end = ended_at(assessment)
    return assessment.initiative if end is None else _as_it_was(assessment.initiative, end)


def as_asked(question: AmbassadorQuestion) -> Initiative:
    """
    Return the initiative as the municipality that was asked may read it: until its weighing ended.

    What moved to another municipality is shown as it was then, with nothing of where it went.
    """
    initiative = question.assessment.initiative
    if not has_left(question):
        return as_weighed(question.assessment)
    ends = [moment for moment in (question.ended_at, ended_at(question.assessment)) if moment]
    shown = _as_it_was(initiative, min(ends) if ends else question.asked_at)
    _leave(shown, question)
    return shown


def has_left(question: AmbassadorQuestion) -> bool:
    """Tell whether it is in another municipality than the one that was asked."""
    return question.ended_at is not None or question.assessment.initiative.municipality_id != question.municipality_id


def with_titles_of_then(rows: Iterable[Row]) -> list[Row]:
    """Let each seat or question call its initiative what it was called when it was weighed (``title_then``)."""
    found = list(rows)
    for row in found:
        initiative = row.assessment.initiative
        initiative.title = row.title_then or initiative.title  # type: ignore[attr-defined]
    return found


def title_then() -> Subquery:
    """Ask, beside a seat or a question, for the title of when its weighing ended."""
    end = Coalesce(*(OuterRef(f"assessment__{name}") for name in ENDED))
    versions = PlanVersion.objects.filter(initiative=OuterRef("assessment__initiative"), at__lte=end)
    return Subquery(versions.order_by("-number").values("title")[:1])


def _as_it_was(initiative: Initiative, end: datetime) -> Initiative:
    """Return a copy, only to look at, with the plan of then; where it was is left out when that changed since."""
    shown = copy.copy(initiative)
    shown._state = copy.copy(initiative._state)
    shown._state.fields_cache = dict(initiative._state.fields_cache)
    version = initiative.plan_versions.filter(at__lte=end).order_by("number").last()
    for name in PLAN_FIELDS if version else ():
        setattr(shown, name, getattr(version, name))
    exploration = getattr(initiative, "exploration", None)
    if exploration is not None and exploration.updated_at > end:
        shown._state.fields_cache["exploration"] = None
    if Event.objects.about(initiative).filter(kind=PLACED, at__gt=end).exists():
        shown.municipality = shown.neighbourhood = None
        shown.place_words = ""
    return shown


def _leave(shown: Initiative, question: AmbassadorQuestion) -> None:
    """Leave out where it went: the municipality is the one that was asked, and there is nobody to call."""
    shown.municipality, shown.neighbourhood, shown.place_words = question.municipality, None, ""
    shown.contact_person = None
