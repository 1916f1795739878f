"""The components that need more than an include; the others are small templates in ``ui/``."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from socialewifi.core import clock
from socialewifi.core.amounts import euros
from socialewifi.core.dates import date_in_words

register = template.Library()


@register.simple_block_tag
def card(content: str, title: str = "", tones: str = "", *, level: int = 2, element: str = "section") -> SafeString:
    """Wrap in a white card; ``tones`` are words such as ``"now roomy"``."""
    context = {"content": content, "title": title, "tones": tones.split(), "level": level, "element": element}
    return render_to_string("ui/card.html", context)


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", *, level: int = 2, role: str = "") -> SafeString:
    """Wrap in a note that is ``info``, ``ok``, ``warning`` or ``error``."""
    context = {"content": content, "tone": tone, "title": title, "level": level, "role": role}
    return render_to_string("ui/alert.html", context)


@register.simple_tag
def due(day: date, *, today: date | None = None) -> SafeString:
    """Show before when something must happen, in the words people use."""
    state, words = _due_words(day, today or clock.today())
    # No template of its own: a list has fifty of these, and rendering one costs twenty times as much as this line.
    return format_html('<time class="due due--{}" datetime="{}">{}</time>', state, day.isoformat(), words)


def _due_words(day: date, today: date) -> tuple[str, str]:
    days = (day - today).days
    if days < -1:
        return "late", date_in_words(day, "j F")
    near = {-1: ("late", _("gisteren")), 0: ("today", _("vandaag")), 1: ("soon", _("morgen"))}
    if days in near:
        return near[days]
    if days < 7:
        return "soon", date_in_words(day, "l j F")
    return "later", date_in_words(day, "j F" if day < today + timedelta(days=300) else "j F Y")


@register.simple_tag
def drawn(component: str, **values: Any) -> SafeString:
    """
    Show a component that depends on nothing but these values and the language; the same values are drawn once.

    The values are plain, or frozen dataclasses of plain ones, so that equal values look equal; never rows of a table.
    """
    return _drawn(component, get_language(), **values)


@lru_cache(maxsize=2_000, typed=True)
def _drawn(component: str, _language: str, **values: Any) -> SafeString:
    return render_to_string(component, values)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Page[Any]) -> dict[str, Any]:
    """Link to the other pages of a list, keeping its filters."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}


register.filter("euros", euros)


@register.filter
def stones(total: int, step: int) -> list[str]:
    """Say of each of ``total`` stones whether it is done, now or ahead at this ``step``."""
    return ["done" if stone < step else "now" if stone == step else "ahead" for stone in range(1, total + 1)]


@register.filter
def tel(phone: str) -> str:
    """Turn a phone number as people read it into what a phone can dial."""
    digits = re.sub(r"[^+\d]", "", phone)
    return f"tel:{digits}" if digits else ""
