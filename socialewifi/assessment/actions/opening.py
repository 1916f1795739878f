"""Beginning a weighing: who is on the panel, and what else is asked (000 §2.10 step 3)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock_open, require_going_on
from socialewifi.assessment.actions.municipality import put_question
from socialewifi.assessment.models import Assessment, PanelSeat, Trigger
from socialewifi.core import events
from socialewifi.core.dates import date_in_words
from socialewifi.core.errors import DomainError, require
from socialewifi.core.notices import tell
from socialewifi.governance.queries import number
from socialewifi.initiatives.actions.road import begin_assessing
from socialewifi.initiatives.models import Deadline, Initiative
from socialewifi.people.models import User


class PanelTooSmall(DomainError):
    """Raised when fewer panel members are asked than have to give advice (R2)."""

    field = "members"


class CannotWeigh(DomainError):
    """Raised when someone would weigh who is no panel member now, is involved, or was asked before (R5)."""

    field = "members"


@transaction.atomic
def open_assessment(
    *,
    initiative: Initiative,
    members: Collection[User],
    triggers: Collection[Trigger] = (),
    question: str = "",
    is_living_environment: bool = False,
    by: User,
    at: datetime,
) -> Assessment:
    """
    Begin weighing: ask the panel, and the municipality where a trigger applies.

    The numbers in force are kept with it, so that a later change does not move the goal. What made the municipality be
    asked in an earlier weighing of this initiative holds in this one too: nobody takes it away by beginning again (R3).

    :raises StandsStill: while the initiative is paused
    :raises IllegalMove: unless the initiative is being explored
    :raises PanelTooSmall: if fewer members are asked than the quorum
    :raises CannotWeigh: if one of them may not
    :raises MunicipalityUnknown: if a trigger applies and nobody noted in which municipality it is
    """
    initiative = Initiative.objects.locked(initiative.pk)
    require(rules.can_weigh(by, initiative))
    require_going_on(initiative)
    initiative = begin_assessing(initiative=initiative, at=at)
    quorum = number("panel-quorum").value
    if len(set(members)) < quorum:
        raise PanelTooSmall(_("Kies minstens %(quorum)s panelleden.") % {"quorum": quorum})
    assessment = Assessment.objects.create(
        initiative=initiative,
        opened_at=at,
        opened_by=by,
        is_living_environment=is_living_environment,
        quorum=quorum,
        panel_closes_at=at + timedelta(days=number("panel-term").value),
    )
    _seat(assessment, members, by=by, at=at)
    events.record(
        "assessment.assessment.opened",
        on=initiative,
        by=by,
        at=at,
        members=len(members),
        due=_promised_day(initiative),
    )
    known = queries.asked_before(initiative)
    if triggers := {*triggers, *known.triggers}:
        put_question(assessment, triggers=triggers, question=question or known.question, by=by, at=at)
    return assessment


@transaction.atomic
def add_panel_member(*, assessment: Assessment, member: User, by: User, at: datetime) -> PanelSeat:
    """
    Ask one more panel member, for instance because one stepped aside.

    :raises CannotWeigh: if this person may not
    """
    assessment = lock_open(assessment)
    require(rules.can_weigh(by, assessment.initiative))
    [seat] = _seat(assessment, [member], by=by, at=at)
    events.record("assessment.panel.extended", on=assessment.initiative, by=by, at=at, member=member.name)
    return seat


def _seat(assessment: Assessment, members: Collection[User], *, by: User, at: datetime) -> list[PanelSeat]:
    free = set(queries.panel_candidates(assessment.initiative, timezone.localdate(at)).values_list("pk", flat=True))
    free -= set(assessment.seats.values_list("member", flat=True))
    seats = []
    for member in members:
        if member.pk not in free:
            raise CannotWeigh(_("%(name)s kan dit initiatief niet wegen.") % {"name": member}, field="member")
        free.remove(member.pk)
        seats.append(PanelSeat.objects.create(assessment=assessment, member=member, invited_at=at, invited_by=by))
        with translation.override(member.language):
            words = _("‘%(title)s’ wacht op jouw advies, uiterlijk %(day)s.") % {
                "title": assessment.initiative.title,
                "day": date_in_words(timezone.localtime(assessment.panel_closes_at), "j F"),
            }
        # A line in the day's one mail: nobody on the panel gets a mail for each initiative (R12).
        tell(member, words, to=("panel-seat", seats[-1].pk), at=at)
    return seats


def _promised_day(initiative: Initiative) -> date:
    return initiative.deadlines.running().get(kind=Deadline.Kind.ASSESSMENT).due_on
