"""Weighing an initiative: criteria, the residents' panel, the ambassador's answer and the route (000 §2.10 step 3)."""

from socialewifi.assessment.models.municipality import AmbassadorQuestion
from socialewifi.assessment.models.panel import AdviceObjection, PanelAdvice, PanelSeat
from socialewifi.assessment.models.weighing import (
    AskedBecause,
    Assessment,
    Criterion,
    CriterionScore,
    Outcome,
    RoutePart,
    Trigger,
    WithoutOutcome,
)

__all__ = [
    "AdviceObjection",
    "AmbassadorQuestion",
    "AskedBecause",
    "Assessment",
    "Criterion",
    "CriterionScore",
    "Outcome",
    "PanelAdvice",
    "PanelSeat",
    "RoutePart",
    "Trigger",
    "WithoutOutcome",
]
