"""What the deeds of weighing are about: an initiative to weigh, its weighing, a seat in the panel, a question."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock_open
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.assessment.weighed import as_asked, as_weighed
from socialewifi.core.dates import date_in_words
from socialewifi.core.deeds import Subject
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.subjects import latest_of, title_of
from socialewifi.people.models import User
from socialewifi.people.signed_in import only

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
    return queries.seat_of(user, seat_id)


def own_question(user: User, question_id: int) -> AmbassadorQuestion | None:
    """Return a question to this ambassador's municipality, answered or not."""
    questions = AmbassadorQuestion.objects.visible_to(user).select_related(
        "municipality", "answered_by", "asked_by", "assessment__initiative__contact_person__organisation"
    )
    return questions.filter(pk=question_id).first()


def _initiative_of(about: Weighed) -> Initiative:
    return about.initiative if isinstance(about, Assessment) else about.assessment.initiative


def _title(user: User, about: Weighed) -> str:
    return title_of(user, _initiative_of(about))


def _latest(user: User, about: Weighed) -> str:
    return latest_of(user, _initiative_of(about))


def _page(_user: User, key: str, **_row: int) -> str:
    return reverse("weigh-detail", args=[key])


def _title_of_seat(_user: User, seat: PanelSeat) -> str:
    return as_outsiders_read(as_weighed(seat.assessment)).title


def _page_of_seat(user: User, seat_id: int) -> str:
    """Return to the seat, or to the list when there is none any more; one that was replaced leads to the new one."""
    if queries.seat_of(user, seat_id) or PanelSeat.objects.filter(replaces=seat_id, member=user).exists():
        return reverse("panel-seat", args=[seat_id])
    return reverse("panel-list")


INITIATIVE = Subject(
    name="initiative",
    find=initiative_to_weigh,
    title=title_of,
    home=_page,
    prefix="weigh",
    latest=latest_of,
)
WEIGHING = replace(INITIATIVE, name="assessment", find=weighing_of, title=_title, latest=_latest, lock=lock_open)
SEAT = replace(WEIGHING, name="seat", find=_seat_in_weighing, lock=None)
QUESTION = replace(SEAT, name="question", find=_question)


def _what_became_of_seat(_user: User, seat: PanelSeat) -> str:
    advice = getattr(seat, "advice", None)
    if advice is None:
        return _("Er is een uitkomst.") if not seat.assessment.is_open else ""
    day = date_in_words(localtime(advice.given_at), "j F, G:i")
    return _("Jouw advies is er al: ‘%(choice)s’, van %(day)s.") % {"choice": advice.get_choice_display(), "day": day}


def _what_became_of_question(_user: User, question: AmbassadorQuestion) -> str:
    if question.ended_at:
        return _("Dit initiatief ligt nu in een andere gemeente.")
    if not question.answered_at:
        return _("Er is een uitkomst.")
    day = date_in_words(localtime(question.answered_at), "j F, G:i")
    return _("Het antwoord is er al: ‘%(answer)s’, van %(day)s.") % {
        "answer": question.get_answer_display(),
        "day": day,
    }


OWN_SEAT = Subject(
    name="seat",
    find=own_seat,
    title=_title_of_seat,
    home=_page_of_seat,
    prefix="panel",
    latest=_what_became_of_seat,
    base="core/base.html",
    guard=only(rules.is_on_panel),
)
OWN_QUESTION = Subject(
    name="question",
    find=own_question,
    title=lambda _user, question: as_outsiders_read(as_asked(question)).title,
    home=lambda _user, question_id: reverse("ambassador-question", args=[question_id]),
    prefix="ambassador",
    latest=_what_became_of_question,
    guard=only(rules.speaks_for_a_municipality),
)
