"""What a panel member sees: their own list, and others' advice only after their own (R8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from socialewifi.assessment.models import AdviceObjection, Assessment, PanelAdvice, PanelSeat
from socialewifi.assessment.models.panel import PanelSeatQuerySet
from socialewifi.assessment.queries.told import ToldAdvice, told_advice
from socialewifi.assessment.weighed import title_then, with_titles_of_then
from socialewifi.initiatives.models import PLAN_FIELDS, SEARCH_COLUMNS, Initiative
from socialewifi.initiatives.outsiders import all_as_outsiders_read
from socialewifi.people.models import User

OF_INITIATIVE = "assessment__initiative"


def waiting_for(member: User) -> list[PanelSeat]:
    """Return what waits for this member's advice, what closes first first; without contact details."""
    return all_as_outsiders_read(_in_a_list(_waiting(PanelSeat.objects.visible_to(member))))


def keys_waiting_for(member: User) -> list[int]:
    """Return the keys of the same seats in the same order."""
    return list(_waiting(PanelSeat.objects.visible_to(member)).values_list("pk", flat=True))


def _waiting(seats: PanelSeatQuerySet) -> QuerySet[PanelSeat]:
    return seats.waiting().order_by("assessment__panel_closes_at", "pk")


def given_by(member: User) -> list[PanelSeat]:
    """Return what this member gave advice on, the newest first; without contact details."""
    seats = PanelSeat.objects.visible_to(member).filter(advice__isnull=False).annotate(title_then=title_then())
    given = _in_a_list(seats).select_related("advice").order_by("-advice__given_at", "pk")
    return all_as_outsiders_read(with_titles_of_then(given))


def _in_a_list(seats: QuerySet[PanelSeat]) -> QuerySet[PanelSeat]:
    """Fetch what a line says of its initiative; leaving numbers out of long texts that nobody reads takes time."""
    unread = [f"{OF_INITIATIVE}__{name}" for name in (*SEARCH_COLUMNS, *PLAN_FIELDS, "public_text") if name != "title"]
    places = (f"{OF_INITIATIVE}__municipality", f"{OF_INITIATIVE}__neighbourhood")
    return seats.select_related(OF_INITIATIVE, *places).defer(*unread)


def _with_initiative(seats: QuerySet[PanelSeat]) -> QuerySet[PanelSeat]:
    places = (f"{OF_INITIATIVE}__municipality", f"{OF_INITIATIVE}__neighbourhood")
    # What is searched in is only asked, never read.
    unread = [f"{OF_INITIATIVE}__{name}" for name in SEARCH_COLUMNS]
    return seats.select_related(OF_INITIATIVE, *places).defer(*unread).prefetch_related(f"{OF_INITIATIVE}__themes")


def seat_of(member: User, pk: int) -> PanelSeat | None:
    """Return this member's own seat, or nothing when it is not theirs or they are involved (R5)."""
    seats = _with_initiative(PanelSeat.objects.visible_to(member)).select_related(
        "advice__written_by", "replaces__advice__written_by", f"{OF_INITIATIVE}__exploration"
    )
    return seats.filter(pk=pk).first()


def language_of(initiative: Initiative) -> str:
    """Return the language in which whoever told it reads and writes, so that it is read aloud well."""
    told = initiative.initiators.order_by("joined_at", "pk").values_list("language", flat=True)
    return told.first() or ""


def objections_in(assessment: Assessment) -> QuerySet[AdviceObjection]:
    """Return what members said of advices written down for them, with whose, and by whom it was written."""
    objections = AdviceObjection.objects.filter(advice__seat__assessment=assessment)
    return objections.select_related("advice__seat__member", "advice__written_by", "written_by").order_by("at", "pk")


@dataclass(frozen=True)
class Place:
    """Where this one stands in the member's list: the first of three."""

    number: int
    total: int


def place_in_list(seat: PanelSeat, waiting: Sequence[int]) -> Place | None:
    """Return the place of a seat that waits, in the list of what waits."""
    return Place(waiting.index(seat.pk) + 1, len(waiting)) if seat.pk in waiting else None


def advices_of_others(seat: PanelSeat) -> list[ToldAdvice]:
    """
    Return what the others advised until now, without their names.

    Nothing as long as this member has not given advice, can still put their own in place of what someone else wrote
    down for them, or has a seat that waits in another weighing of the same initiative (R8).
    """
    advice = PanelAdvice.objects.filter(seat=seat).first()
    if advice is None or (advice.written_by_id is not None and seat.assessment.is_open):
        return []
    again = PanelSeat.objects.waiting().filter(
        member=seat.member_id, assessment__initiative=seat.assessment.initiative_id
    )
    if again.exists():
        return []
    others = PanelSeat.objects.advised().filter(assessment=seat.assessment_id).exclude(pk=seat.pk).values("pk")
    advices = PanelAdvice.objects.filter(seat__in=others).order_by("choice", "reason")
    return [told_advice(advice) for advice in advices]
