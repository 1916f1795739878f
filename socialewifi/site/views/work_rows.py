"""The lines of the list at work, put in words once, so that the page of fifty stays quick."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from socialewifi.initiatives.models import Deadline, Initiative, Step


@dataclass(frozen=True)
class Row:
    """One initiative in the list."""

    url: str
    title: str
    about: str
    step: str
    since: str
    contact: str
    deadline: Deadline | None
    term: str
    is_paused: bool
    reported: str
    channel: str


def as_rows(found: list[Initiative]) -> list[Row]:
    steps = {step.value: str(step.label) for step in Step}
    terms = {kind.value: str(kind.label) for kind in Deadline.Kind}
    nobody, paused, since, joined = _("Nog niemand"), _("staat stil"), _("sinds %s"), _("samengevoegd")
    rows = []
    for one in found:
        running = getattr(one, "running_deadlines", [])
        first = running[0] if running else None
        is_paused = bool(getattr(one, "is_paused", False))
        about = [one.place, str(one.kind or ""), joined if one.joined_into_id else ""]
        rows.append(
            Row(
                url=reverse("work-initiative", args=[one.key]),
                title=one.title,
                about=" · ".join(part for part in about if part),
                step=f"{steps[one.step]} ({paused})" if is_paused else steps[one.step],
                since=since % in_short(timezone.localdate(one.step_since)),
                contact=str(one.contact_person or nobody),
                deadline=first,
                term=terms[first.kind] if first else "",
                is_paused=is_paused,
                reported=in_short(timezone.localdate(one.reported_at)),
                channel=str(one.channel),
            )
        )
    return rows


def in_short(day: date) -> str:
    """Return the day as 3 nov 2026, in the language of the page."""
    return _in_short(day, get_language() or "")


@lru_cache(maxsize=4_000)
def _in_short(day: date, _language: str) -> str:
    return date_format(day, "j N Y")
