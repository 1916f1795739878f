"""How weighings go, for those who work on them: what is still missing, and what can go on."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socialewifi.assessment.models import (
    AmbassadorQuestion,
    Assessment,
    Criterion,
    CriterionScore,
    PanelAdvice,
    PanelSeat,
)
from socialewifi.core.dates import date_in_words
from socialewifi.initiatives.impartial import who_is_partial
from socialewifi.initiatives.models import (
    PLAN_FIELDS,
    SEARCH_COLUMNS,
    WORKERS,
    Deadline,
    Exploration,
    Initiative,
    Pause,
    Step,
)
from socialewifi.initiatives.queries.today import LINE
from socialewifi.initiatives.rules import can_work_on
from socialewifi.people.models import Role, User

# What a list of weighings never shows of its initiatives.
UNREAD = [f"initiative__{name}" for name in (*SEARCH_COLUMNS, *PLAN_FIELDS) if name != "title"]
# The ambassadors of each municipality.
Asked = dict[int | None, set[int]]


@dataclass(frozen=True)
class Progress:
    """How far one weighing is, and what it still needs before there can be an outcome."""

    assessment: Assessment
    panel_size: int
    advices: int
    criteria_left: int
    question: AmbassadorQuestion | None
    # Nobody at the municipality gets the question.
    has_gap: bool
    due_on: date | None
    missing: tuple[str, ...]
    # The panel's time is over with too few advices: the coordinator may go on, with a reason (R2).
    needs_reason: bool

    @property
    def is_ready(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Reached:
    """The ambassadors of each municipality, and who cannot judge which initiative."""

    ambassadors: Asked
    partial: Mapping[int, set[int]]


@dataclass(frozen=True)
class ToScore:
    """An initiative that is weighed, of which its contact still looks at some criteria."""

    initiative: Initiative
    left: int
    due_on: date | None


def to_score(contact: User) -> list[ToScore]:
    """Return where this contact still has criteria to look at."""
    criteria = _base_criteria().count()
    rows: Any = _own_weighings(contact)
    return [ToScore(row.initiative, criteria - row.scored, row.term) for row in rows if row.scored < criteria]


def _own_weighings(contact: User) -> QuerySet[Assessment]:
    """Return the weighings that go on, with the number of criteria that were looked at and the term."""
    terms = Deadline.objects.running().filter(kind=Deadline.Kind.ASSESSMENT, initiative=OuterRef("initiative"))
    own = Assessment.objects.open().worked_on_by(contact).filter(initiative__contact_person=contact)
    lines = own.select_related("initiative__municipality", "initiative__neighbourhood").only(
        *(f"initiative__{name}" for name in LINE)
    )
    return lines.annotate(
        scored=Count("scores", filter=Q(scores__criterion__in=_base_criteria())),
        term=Subquery(terms.values("due_on")[:1]),
    )


def weighings_of(user: User, at: datetime) -> list[Progress]:
    """Return the weighings that go on where this person works; what is ready first, then what is due first."""
    going_on = Assessment.objects.open().worked_on_by(user)
    rows = [row for row in _progress(going_on, at) if can_work_on(user, row.assessment.initiative)]
    return sorted(rows, key=lambda row: (not row.is_ready, row.due_on or date.max, row.assessment.pk))


def progress_of(assessment: Assessment, at: datetime) -> Progress:
    """Return how far this weighing is."""
    return _progress(Assessment.objects.filter(pk=assessment.pk), at)[0]


def open_progress(initiative: Initiative, at: datetime) -> Progress | None:
    """Return how far the weighing that goes on is, if there is one."""
    return next(iter(_progress(initiative.assessments.open(), at)), None)


def moments_of(assessment: Assessment) -> list[datetime]:
    """Return when each advice, question and answer of this weighing came in."""
    questions = AmbassadorQuestion.objects.filter(assessment=assessment).values_list("asked_at", "answered_at")
    advices = PanelAdvice.objects.filter(seat__assessment=assessment).values_list("given_at")
    return [moment for row in (*questions, *advices) for moment in row if moment is not None]


def panel_of(assessment: Assessment) -> QuerySet[PanelSeat]:
    """Return the seats of who takes part, by name, with the advice that was given."""
    seats = assessment.seats.taking_part().select_related("advice__written_by", "advice__objection", "member")
    return seats.order_by("member__name", "pk")


def ready_to_weigh(user: User) -> QuerySet[Initiative]:
    """Return what was explored wholly and can be weighed, the longest waiting first."""
    found = Initiative.objects.worked_on_by(user).filter(step=Step.EXPLORING, joined_into=None)
    whole = Q(exploration__in=Exploration.objects.complete())
    terms = Deadline.objects.running().filter(kind=Deadline.Kind.EXPLORATION, initiative=OuterRef("pk"))
    # What stands still waits for its initiators.
    paused = Exists(Pause.objects.filter(initiative=OuterRef("pk"), ended_at=None))
    rows: QuerySet[Initiative] = found.filter(whole).exclude(paused).order_by("step_since", "pk")
    rows = rows.select_related("municipality", "neighbourhood", "contact_person", "exploration")
    return rows.annotate(term=Subquery(terms.values("due_on")[:1])).prefetch_related("interests")


def _progress(assessments: QuerySet[Assessment], at: datetime) -> list[Progress]:
    criteria = _base_criteria().count()
    day = timezone.localdate(at)
    rows = list(_with_numbers(assessments))
    asked = [row.initiative_id for row in rows if any(not one.answer for one in row.questions.all())]
    reached = Reached(_ambassadors(day), who_is_partial(asked) if asked else {})
    return [_row(assessment, criteria, reached, at) for assessment in rows]


def _ambassadors(day: date) -> Asked:
    """Return the ambassadors of each municipality, but for who works in that sub-region themselves (R15)."""
    roles = Role.objects.current(day).filter(user__is_active=True)
    at_work = roles.filter(user=OuterRef("user")).filter(
        Q(kind=Role.Kind.REGIONAL_COORDINATOR) | Q(kind__in=WORKERS, subregion=OuterRef("municipality__subregion"))
    )
    covered: Asked = defaultdict(set)
    ambassadors = roles.filter(~Exists(at_work), kind=Role.Kind.AMBASSADOR)
    for municipality, ambassador in ambassadors.values_list("municipality", "user"):
        covered[municipality].add(ambassador)
    return covered


def _base_criteria() -> QuerySet[Criterion]:
    return Criterion.objects.filter(group=Criterion.Group.BASE, retired_at=None)


def _with_numbers(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Let the database count: where much is weighed at once, the rows themselves are many thousands."""
    of_weighing = {"assessment": OuterRef("pk")}
    terms = Deadline.objects.running().filter(kind=Deadline.Kind.ASSESSMENT, initiative=OuterRef("initiative"))
    rows = assessments.select_related(
        "initiative__municipality",
        "initiative__neighbourhood",
        "initiative__contact_person",
    ).defer(*UNREAD)
    return rows.prefetch_related("initiative__interests", Prefetch("questions", _asked_now())).annotate(
        panel_size=_number(PanelSeat.objects.taking_part().filter(**of_weighing)),
        advices=_number(PanelSeat.objects.advised().filter(**of_weighing)),
        scored=_number(CriterionScore.objects.filter(**of_weighing, criterion__in=_base_criteria())),
        term=Subquery(terms.values("due_on")[:1]),
    )


def _asked_now() -> QuerySet[AmbassadorQuestion]:
    return AmbassadorQuestion.objects.current().select_related("municipality")


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("assessment").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def _row(assessment: Any, criteria: int, reached: Reached, at: datetime) -> Progress:
    advices, left = assessment.advices, criteria - assessment.scored
    question = next(iter(assessment.questions.all()), None)
    is_late = at > assessment.panel_closes_at
    return Progress(
        assessment=assessment,
        panel_size=assessment.panel_size,
        advices=advices,
        criteria_left=left,
        question=question,
        has_gap=question is not None and not question.answer and not _can_be_asked(question, assessment, reached),
        due_on=assessment.term,
        missing=tuple(_missing(assessment, advices, left, question, at)),
        needs_reason=is_late and 0 < advices < assessment.quorum,
    )


def _can_be_asked(question: AmbassadorQuestion, assessment: Assessment, reached: Reached) -> bool:
    """Tell whether an ambassador is left who can judge it, and is not the contact (R5, R15)."""
    partial = reached.partial.get(assessment.initiative_id, set())
    there = reached.ambassadors.get(question.municipality_id, set())
    return bool(there - partial - {assessment.initiative.contact_person_id})


def _missing(
    assessment: Assessment, advices: int, left: int, question: AmbassadorQuestion | None, at: datetime
) -> list[str]:
    missing = []
    if left:
        missing.append(ngettext("nog %(left)s uitgangspunt", "nog %(left)s uitgangspunten", left) % {"left": left})
    wanted = assessment.quorum if at <= assessment.panel_closes_at else 1
    if advices < wanted:
        count = {"left": wanted - advices}
        missing.append(ngettext("nog %(left)s advies", "nog %(left)s adviezen", wanted - advices) % count)
    if question is not None and question.blocks_outcome(timezone.localdate(at)):
        until = {"municipality": question.municipality, "day": date_in_words(question.due_on, "j F")}
        missing.append(_("antwoord van de gemeente %(municipality)s, tot en met %(day)s") % until)
    return missing
