"""How a deed is named that anyone can try at any moment."""

from collections.abc import Callable
from typing import Any

from tests.journeys.property.world import Try

Deed = Callable[[Try], Any]
DEEDS: dict[str, Deed] = {}
YES_OR_NO = [True, False]
YES_YES_NO = [True, True, True, False]


def deed(act: Deed) -> Deed:
    DEEDS[act.__name__] = act
    return act


def simple(act: Callable[..., Any], **fields: Any) -> None:
    """Name a deed on an initiative that needs nothing but words."""
    DEEDS[act.__name__] = lambda one: act(**one.deed, **fields)
