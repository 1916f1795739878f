"""What of weighing waits for someone at work."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from socialewifi.assessment.queries.overview import Progress, ready_to_weigh, to_score, weighings_of
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.rules import coordinates
from socialewifi.people.models import Role, User

STARTS_SHOWN = 20


@dataclass(frozen=True)
class Waiting:
    """One line of what is due: the deed as a verb, about which initiative, before when."""

    deed: str
    note: str
    initiative: Initiative
    path: str
    due_on: date | None


def due_for(user: User, at: datetime) -> list[Waiting]:
    """
    Return what weighing asks of this person, what is due first first.

    Of a coordinator: the outcome, a fuller panel, a call where nobody at the municipality gets the question, or to
    begin. Of the contact: what was found on the criteria.
    """
    if not user.has_role(Role.Kind.GUIDE, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR):
        return []
    if user.has_role(Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR):
        rows = [line for row in weighings_of(user, at) if (line := _of_weighing(user, row)) is not None]
        rows += [_of_start(one) for one in ready_to_weigh(user)[:STARTS_SHOWN] if coordinates(user, one)]
    else:
        rows = [_of_criteria(row.initiative, row.left, row.due_on) for row in to_score(user)]
    return sorted(rows, key=lambda line: (line.due_on or date.max, line.initiative.pk))


def _of_weighing(user: User, row: Progress) -> Waiting | None:
    initiative = row.assessment.initiative
    if coordinates(user, initiative):
        deed, note, path = _of_coordinator(row, f"/werk/initiatieven/{initiative.key}/wegen/")
        if deed:
            return Waiting(deed, note, initiative, path, row.due_on)
    if row.criteria_left and initiative.contact_person_id == user.pk:
        return _of_criteria(initiative, row.criteria_left, row.due_on)
    return None


def _of_criteria(initiative: Initiative, left: int, due_on: date | None) -> Waiting:
    path = f"/werk/initiatieven/{initiative.key}/wegen/uitgangspunten/"
    return Waiting(_("Uitgangspunten bekijken"), _("nog %(left)s") % {"left": left}, initiative, path, due_on)


def _of_coordinator(row: Progress, path: str) -> tuple[str, str, str]:
    assessment = row.assessment
    if row.is_ready:
        return _("Uitkomst bepalen"), _("alles is er"), f"{path}uitkomst/"
    if row.panel_size < assessment.quorum:
        return _("Panellid vragen"), _("te weinig mensen over"), f"{path}panel/"
    if row.has_gap:
        return _("Gemeente bellen"), _("er is geen ambassadeur"), path
    return "", "", path


def _of_start(initiative: Initiative) -> Waiting:
    path = f"/werk/initiatieven/{initiative.key}/wegen/openen/"
    return Waiting(_("Weging beginnen"), _("verkend"), initiative, path, None)
