"""What someone else wrote down for a panel member or a municipality: they hear at once, and can object (R10)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.locking import lock
from socialewifi.assessment.models import AdviceObjection, AmbassadorQuestion, PanelAdvice, PanelSeat
from socialewifi.core import events
from socialewifi.core.actions import send_mail
from socialewifi.core.errors import DomainError, require
from socialewifi.core.notices import tell
from socialewifi.initiatives.actions.calls import close_calls_to
from socialewifi.initiatives.actions.inform import ask_to_call
from socialewifi.initiatives.impartial import is_impartial
from socialewifi.initiatives.models import CallEnds
from socialewifi.initiatives.rules import has_part_in
from socialewifi.people.models import User


class AlreadyObjected(DomainError):
    """Raised when a member objects twice to the same advice."""


@transaction.atomic
def object_to_advice(*, seat: PanelSeat, words: str = "", by: User, at: datetime) -> AdviceObjection:
    """
    Say that the advice that someone else wrote down is not one's own; for who has no e-mail a coordinator notes it.

    The advice stays, and the objection stands beside it. As long as there is no outcome the advice counts no longer,
    and the member gets a new seat to give their own.

    :raises AlreadyObjected: if the member objected before
    """
    assessment = lock(seat.assessment)
    seat = PanelSeat.objects.select_related("member", "advice").get(pk=seat.pk)
    seat.assessment = assessment
    require(PanelAdvice.objects.filter(seat=seat).exists())
    is_own = rules.can_object(by, seat, seat.advice)
    require(is_own or rules.can_object_for(by, seat, seat.advice))
    if AdviceObjection.objects.filter(advice=seat.advice).exists():
        raise AlreadyObjected(_("Hier is al bezwaar tegen gemaakt."))
    objection = AdviceObjection.objects.create(
        advice=seat.advice, words=words.strip(), at=at, written_by=None if is_own else by
    )
    events.record(
        "assessment.advice.objected",
        on=assessment.initiative,
        by=by,
        at=at,
        on_behalf_of="" if is_own else seat.member.name,
        member=seat.member.name,
    )
    close_calls_to(seat.member, assessment.initiative, because=CallEnds.OBJECTED, at=at)
    if assessment.is_open:
        _count_no_longer(seat, by=by, at=at)
    _tell_coordinators(seat, at=at)
    if not is_own:
        _ask_whether_they_object(seat, by=by, at=at)
    return objection


def tell_member(advice: PanelAdvice, *, by: User, at: datetime) -> None:
    """Tell a member at once what was written down as their advice, and how to object; who has no e-mail is called."""
    seat = advice.seat
    member, initiative = seat.member, seat.assessment.initiative
    if member.email:
        send_mail(
            code="advice-written",
            name=member.name,
            email=member.email,
            language=member.language,
            at=at,
            recipient_id=member.pk,
            about=initiative,
            title=initiative.title_for_all,
            writer=by.name,
            choice=PanelAdvice.Choice(advice.choice).label,
            reason=advice.reason,
            page=reverse("panel-seat", args=[seat.pk]),
        )
        return
    page = f"{settings.BASE_URL}{reverse('weigh-write-objection', args=[initiative.key, seat.pk])}"
    with translation.override("nl"):
        # Not the advice itself: a guide reads the call list too, and no advice before the outcome (R9). Nor a number:
        # the page has the one of the day on which the call is made.
        words = gettext(
            "%(writer)s schreef een advies op voor %(name)s. Lees voor wat er staat, en vraag of het klopt. Het "
            "nummer en het advies staan op %(page)s"
        )
        named = {"writer": by.name, "name": member.name, "page": page}
        subject = gettext("er is een advies voor je opgeschreven")
    _call(seat, subject=subject, words=words % named, by=by, at=at)


def tell_municipality(question: AmbassadorQuestion, *, by: User, at: datetime) -> None:
    """Tell every ambassador at once what was written down as the answer of their municipality, and by whom."""
    initiative = question.assessment.initiative
    for ambassador in queries.ambassadors_of(question.municipality, initiative, timezone.localdate(at)):
        if ambassador.email:
            send_mail(
                code="municipality-answer-written",
                name=ambassador.name,
                email=ambassador.email,
                language=ambassador.language,
                at=at,
                recipient_id=ambassador.pk,
                about=initiative,
                title=initiative.title_for_all,
                writer=by.name,
                colleague=by,
                speaker=question.spoken_by,
                answer=AmbassadorQuestion.Answer(question.answer).label,
                words=question.words,
                page=reverse("ambassador-question", args=[question.pk]),
            )


def _count_no_longer(seat: PanelSeat, *, by: User, at: datetime) -> None:
    """Give the member a new seat; whose it may be by now, or who works on it, gives no advice any more (R5, R15)."""
    initiative = seat.assessment.initiative
    if has_part_in(seat.member, initiative) or not is_impartial(seat.member, initiative):
        seat.recused_at = at
        seat.save(update_fields=["recused_at"])
        return
    PanelSeat.objects.create(
        assessment=seat.assessment, member=seat.member, invited_at=at, invited_by=by, replaces=seat
    )


def _ask_whether_they_object(seat: PanelSeat, *, by: User, at: datetime) -> None:
    """Let another coordinator ask the member whether they did object: their advice counts no longer (R10)."""
    with translation.override("nl"):
        words = gettext(
            "%(writer)s schreef op dat %(name)s bezwaar maakt tegen het advies dat was opgeschreven. Vraag of het "
            "klopt. Klopt het niet? Dan geeft %(name)s het advies opnieuw. Het nummer staat op %(page)s"
        )
        page = f"{settings.BASE_URL}{reverse('weigh-detail', args=[seat.assessment.initiative.key])}"
        named = {"writer": by.name, "name": seat.member.name, "page": page}
        subject = gettext("er is een bezwaar voor je opgeschreven")
    _call(seat, subject=subject, words=words % named, by=by, at=at)


def ask_whether_they_step_aside(seat: PanelSeat, *, by: User, at: datetime) -> None:
    """Let another coordinator ask the member whether they did step aside: they see the idea no more (R5, R10)."""
    with translation.override("nl"):
        words = gettext(
            "%(writer)s schreef op dat %(name)s betrokken is en opzij stapt. Vraag of het klopt. Klopt het niet? Vraag "
            "dan iemand anders erbij, en schrijf op wat er misging."
        )
        subject = gettext("er is opgeschreven dat je opzij stapt")
    _call(seat, subject=subject, words=words % {"writer": by.name, "name": seat.member.name}, by=by, at=at)


def _call(seat: PanelSeat, *, subject: str, words: str, by: User, at: datetime) -> None:
    """Put the call on the list of another coordinator than who wrote it, if there is one."""
    caller = next((one for one in _coordinators(seat, at=at) if one != by), None)
    ask_to_call(
        initiative=seat.assessment.initiative,
        name=seat.member.name,
        subject=subject,
        words=words,
        at=at,
        assignee=caller,
        written_by=by,
        asks={"person_to_call": seat.member},
    )


def _coordinators(seat: PanelSeat, *, at: datetime) -> list[User]:
    return list(queries.deciders_of(seat.assessment.initiative, timezone.localdate(at)))


def _tell_coordinators(seat: PanelSeat, *, at: datetime) -> None:
    initiative = seat.assessment.initiative
    for coordinator in _coordinators(seat, at=at):
        with translation.override(coordinator.language):
            words = _("%(member)s maakt bezwaar: het opgeschreven advies bij ‘%(title)s’ klopt niet.") % {
                "member": seat.member.name,
                "title": initiative.title_for_all,
            }
        tell(coordinator, words, to=("weigh-detail", initiative.key), at=at)
