"""What of weighing waits for someone at work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from socialewifi.assessment.queries.asking import others_who_conclude
from socialewifi.assessment.queries.overview import Progress, ready_to_weigh, to_score, weighings_of
from socialewifi.assessment.rules import left_to_another
from socialewifi.initiatives.impartial import who_is_partial
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.rules import coordinates
from socialewifi.people.models import Role, User

STARTS_SHOWN = 20


@dataclass(frozen=True)
class ToWeigh:
    """One line of what is due: the deed as a verb, about which initiative, before when."""

    deed: str
    note: str
    initiative: Initiative
    path: str
    due_on: date | None


def due_for(user: User, at: datetime) -> list[ToWeigh]:
    """
    Return what weighing asks of this person, what is due first first.

    Of a coordinator: the outcome, a fuller panel, a call where nobody at the municipality gets the question, or to
    begin. Of the contact: what was found on the criteria.
    """
    if not user.has_role(Role.Kind.GUIDE, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR):
        return []
    if user.has_role(Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR):
        weighings = weighings_of(user, at)
        ready = [row.assessment for row in weighings if row.is_ready]
        starts = [one for one in ready_to_weigh(user)[:STARTS_SHOWN] if coordinates(user, one)]
        partial = _partial(user, [*(row.assessment.initiative_id for row in weighings), *(one.pk for one in starts)])
        theirs_not = left_to_another(user, ready) if ready else set()
        theirs_not |= {row.assessment.pk for row in weighings if row.assessment.initiative_id in partial}
        rows = [line for row in weighings if (line := _of_weighing(user, row, theirs_not, at)) is not None]
        rows += [_of_start(one) for one in starts if one.pk not in partial]
    else:
        own = to_score(user)
        partial = _partial(user, [row.initiative.pk for row in own])
        rows = [_of_criteria(row.initiative, row.left, row.due_on) for row in own if row.initiative.pk not in partial]
    return sorted(rows, key=lambda line: (line.due_on or date.max, line.initiative.pk))


def _partial(user: User, initiatives: Collection[int]) -> set[int]:
    """Return which of these this person cannot judge (R5)."""
    found = who_is_partial(initiatives) if initiatives else {}
    return {one for one, people in found.items() if user.pk in people}


def _of_weighing(user: User, row: Progress, theirs_not: set[int], at: datetime) -> ToWeigh | None:
    """Say what this weighing asks; an outcome they may not set themselves, to have it set by who can (R2, R15)."""
    initiative = row.assessment.initiative
    if coordinates(user, initiative) and row.assessment.pk in theirs_not:
        return _of_another(user, row, at)
    if coordinates(user, initiative):
        deed, note, path = _of_coordinator(row, reverse("weigh-detail", args=[initiative.key]), timezone.localdate(at))
        if deed:
            return ToWeigh(deed, note, initiative, path, row.due_on)
    if row.criteria_left and initiative.contact_person_id == user.pk:
        return _of_criteria(initiative, row.criteria_left, row.due_on)
    return None


def _of_criteria(initiative: Initiative, left: int, due_on: date | None) -> ToWeigh:
    path = reverse("weigh-criteria", args=[initiative.key])
    return ToWeigh(_("Uitgangspunten bekijken"), _("nog %(left)s") % {"left": left}, initiative, path, due_on)


def _of_coordinator(row: Progress, path: str, day: date) -> tuple[str, str, str]:
    assessment = row.assessment
    if row.is_ready:
        return _("Uitkomst bepalen"), _what_there_is(row), reverse("weigh-outcome", args=[assessment.initiative.key])
    if row.panel_size < assessment.quorum:
        return (
            _("Panellid vragen"),
            _("te weinig mensen over"),
            reverse("weigh-add-member", args=[assessment.initiative.key]),
        )
    if row.has_gap:
        return _("Gemeente bellen"), _("er is geen ambassadeur"), path
    if row.due_on is not None and row.due_on <= day:
        return _("Uitkomst"), ", ".join(row.missing), path
    return "", "", path


def _what_there_is(row: Progress) -> str:
    """Say that all is there, or that the time of the panel is over and the coordinator may go on with fewer advices."""
    if not row.needs_reason:
        return _("alles is er")
    there = {"advices": row.advices, "quorum": row.assessment.quorum}
    return _("de tijd is om, met %(advices)s van %(quorum)s adviezen") % there


def _of_another(user: User, row: Progress, at: datetime) -> ToWeigh:
    initiative = row.assessment.initiative
    others = others_who_conclude(row.assessment, user, timezone.localdate(at))
    names = ", ".join(one.name for one in others)
    note = (
        _("jij kunt dit niet, wel: %(names)s") % {"names": names}
        if names
        else _("jij kunt dit niet, en niemand anders")
    )
    path = reverse("weigh-detail", args=[initiative.key])
    return ToWeigh(_("Uitkomst vragen aan een ander"), note, initiative, path, row.due_on)


def _of_start(initiative: Initiative) -> ToWeigh:
    path = reverse("weigh-open", args=[initiative.key])
    return ToWeigh(_("Weging beginnen"), _("verkend"), initiative, path, initiative.term)  # type: ignore[attr-defined]
