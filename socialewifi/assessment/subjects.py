"""What the deeds of weighing are about: an initiative to weigh, its weighing, a seat in the panel, a question."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from socialewifi.assessment import queries, rules
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.core.deeds import Subject
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.subjects import title_of
from socialewifi.people.models import Role, User

Weighed = Assessment | PanelSeat | AmbassadorQuestion


def initiative_to_weigh(user: User, key: str) -> Initiative | None:
    """
    Return the initiative that this person may weigh, or read along with.

    :raises PermissionDenied: if they may know of it, and not of its weighing
    """
    seen = Initiative.objects.visible_to(user).select_related(
        "municipality__subregion", "neighbourhood", "contact_person", "exploration"
    )
    initiative = seen.prefetch_related("interests").filter(key=key).first()
    if initiative is not None and not rules.can_see_weighing(user, initiative):
        raise PermissionDenied
    return initiative


def weighing_of(user: User, key: str) -> Assessment | None:
    """Return the last weighing of this initiative: what is over says so."""
    initiative = initiative_to_weigh(user, key)
    if initiative is None:
        return None
    assessment = initiative.assessments.order_by("-opened_at", "-pk").first()
    if assessment is not None:
        assessment.initiative = initiative
    return assessment


def _seat_in_weighing(user: User, key: str, seat_id: int) -> PanelSeat | None:
    initiative = initiative_to_weigh(user, key)
    seats = PanelSeat.objects.select_related("member", "advice__written_by", "advice__objection", "assessment")
    seat = seats.filter(assessment__initiative=initiative, pk=seat_id).first() if initiative else None
    if seat is not None and initiative is not None:
        seat.assessment.initiative = initiative
    return seat


def _question(user: User, key: str) -> AmbassadorQuestion | None:
    assessment = weighing_of(user, key)
    if assessment is None:
        return None
    question = assessment.questions.current().select_related("municipality").first()
    if question is not None:
        question.assessment = assessment
    return question


def own_seat(user: User, seat_id: int) -> PanelSeat | None:
    """
    Return this member's own seat.

    :raises PermissionDenied: if they are not on the panel
    """
    if not user.has_role(Role.Kind.PANEL_MEMBER):
        raise PermissionDenied
    return queries.seat_of(user, seat_id)


def _initiative_of(about: Weighed) -> Initiative:
    return about.initiative if isinstance(about, Assessment) else about.assessment.initiative


def _title(user: User, about: Weighed) -> str:
    return title_of(user, _initiative_of(about))


def _page(_user: User, about: Weighed) -> str:
    return reverse("weigh-detail", args=[_initiative_of(about).key])


def _title_of_seat(_user: User, seat: PanelSeat) -> str:
    return as_outsiders_read(seat).assessment.initiative.title


def _page_of_seat(user: User, seat: PanelSeat) -> str:
    """Return to the seat, or to the list when there is none any more; one that was replaced leads to the new one."""
    if queries.seat_of(user, seat.pk) or PanelSeat.objects.filter(replaces=seat, member=user).exists():
        return reverse("panel-seat", args=[seat.pk])
    return reverse("panel-list")


INITIATIVE = Subject(
    "initiative",
    initiative_to_weigh,
    title_of,
    lambda _user, initiative: reverse("weigh-detail", args=[initiative.key]),
    prefix="weigh",
)
WEIGHING = Subject("assessment", weighing_of, _title, _page, prefix="weigh")
SEAT = Subject("seat", _seat_in_weighing, _title, _page, prefix="weigh")
QUESTION = Subject("question", _question, _title, _page, prefix="weigh")
OWN_SEAT = Subject("seat", own_seat, _title_of_seat, _page_of_seat, prefix="panel", base="core/base.html")
