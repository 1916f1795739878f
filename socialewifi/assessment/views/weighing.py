"""Weighing at work: what goes on, one weighing on one page, and the deeds that lead to its outcome."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socialewifi.assessment import queries, rules
from socialewifi.assessment.actions.advice import write_advice_for
from socialewifi.assessment.actions.municipality import ask_ambassador, write_answer_of_municipality
from socialewifi.assessment.actions.opening import add_panel_member, open_assessment
from socialewifi.assessment.actions.outcome import return_to_exploring
from socialewifi.assessment.actions.scoring import score_criteria
from socialewifi.assessment.actions.written import object_to_advice
from socialewifi.assessment.forms.panel import ObjectionForm, WrittenAdviceForm, WrittenAnswerForm
from socialewifi.assessment.forms.weighing import AskForm, CriteriaForm, OpenForm, PanelMemberForm, ReturnForm
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.assessment.plan import plan_for_outsiders
from socialewifi.core import clock, deeds
from socialewifi.core.htmx import render_page
from socialewifi.governance.queries import number
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.rules import coordinates
from socialewifi.people.models import Role, User

# What is most urgent; the list of initiatives has the rest.
LISTED = 50
WORKERS = (Role.Kind.GUIDE, Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)


@login_required
def weigh_list(request: HttpRequest) -> HttpResponse:
    """Every weighing that goes on where this person works, and what can be weighed next."""
    user = _worker(request)
    rows = queries.weighings_of(user, clock.now())
    waiting = [row for row in rows if not row.is_ready]
    context = {
        "ready": [row for row in rows if row.is_ready][:LISTED],
        "going_on": waiting[:LISTED],
        "next": [(one, coordinates(user, one)) for one in queries.ready_to_weigh(user)[:LISTED]],
        "count": len(rows),
        "is_cut": len(rows) > LISTED,
    }
    return render_page(request, "assessment/weigh_list.html", context)


@login_required
def weigh_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One weighing: the criteria, the panel, the municipality, and what still misses."""
    user, initiative = initiative_at_work(request, key)
    assessment = initiative.assessments.order_by("-opened_at", "-pk").first()
    if assessment is None:
        context = {"initiative": initiative, "can_open": rules.can_open_assessment(user, initiative)}
        return render_page(request, "assessment/weigh_none.html", context)
    assessment.initiative = initiative
    panel = list(queries.panel_of(assessment))
    can_weigh = assessment.is_open and rules.can_weigh(user, initiative)
    by_another = can_weigh and assessment.pk in rules.left_to_another(user, [assessment])
    context = {
        **what_is_weighed(initiative),
        "assessment": assessment,
        "progress": queries.progress_of(assessment, clock.now()),
        "panel": panel,
        "recused": assessment.seats.exclude(recused_at=None).select_related("member"),
        "criteria": queries.criteria_with_scores(assessment),
        "municipality": queries.question_of(assessment),
        "because": queries.told_municipality(assessment),
        "told": queries.told(assessment) if assessment.outcome else None,
        "can_weigh": can_weigh,
        "by_another": by_another,
        "deciders": queries.others_who_conclude(assessment, user, clock.today()) if by_another else [],
        "can_score": assessment.is_open and rules.can_score(user, initiative),
        "can_open": rules.can_open_assessment(user, initiative),
        "still_to_advise": any(seat.member_id == user.pk and not hasattr(seat, "advice") for seat in panel),
        "written_down": sum(hasattr(seat, "advice") and seat.advice.written_by_id is not None for seat in panel),
        "objections": queries.objections_in(assessment) if rules.can_weigh(user, initiative) else [],
        "advices": queries.advices_without_names(assessment) if rules.can_read_advices(user, assessment) else None,
    }
    return render_page(request, "assessment/weigh_detail.html", context)


@login_required
def weigh_open(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a weighing."""
    user, initiative = initiative_at_work(request, key)
    if not rules.can_open_assessment(user, initiative):
        raise PermissionDenied
    quorum = number("panel-quorum")
    context = {"initiative": initiative, "quorum": quorum, "panel_term": number("panel-term")}
    return deeds.answer(
        request,
        form=OpenForm(request.POST or None, initiative=initiative, quorum=quorum.value),
        act=lambda **fields: open_assessment(initiative=initiative, by=user, at=clock.now(), **fields),
        done=_page(initiative),
        template="assessment/weigh_open.html",
        said=_("De weging is begonnen. Wie meekijkt, krijgt bericht."),
        context=context,
    )


@login_required
def weigh_panel(request: HttpRequest, key: str) -> HttpResponse:
    """Ask one more panel member."""
    user, assessment = open_weighing(request, key)
    if not rules.can_weigh(user, assessment.initiative):
        raise PermissionDenied
    return deeds.answer(
        request,
        form=PanelMemberForm(request.POST or None, assessment=assessment),
        act=lambda **fields: add_panel_member(assessment=assessment, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_panel.html",
        said=_("Het panellid is erbij gevraagd."),
        context={"initiative": assessment.initiative, "assessment": assessment},
    )


@login_required
def weigh_advice(request: HttpRequest, key: str, seat_id: int) -> HttpResponse:
    """Write down the advice that a member gave on the phone or on paper."""
    user, assessment = open_weighing(request, key)
    seat = get_object_or_404(assessment.seats.taking_part().filter(advice=None).select_related("member"), pk=seat_id)
    seat.assessment = assessment
    if not rules.can_write_advice(user, seat):
        raise PermissionDenied
    return deeds.answer(
        request,
        form=WrittenAdviceForm(request.POST or None),
        act=lambda **fields: write_advice_for(seat=seat, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_advice.html",
        said=_("Het advies is opgeschreven."),
        context={"initiative": assessment.initiative, "seat": seat},
    )


@login_required
def weigh_objection(request: HttpRequest, key: str, seat_id: int) -> HttpResponse:
    """Read to a member without e-mail what was written down as their advice, and note their objection."""
    user, initiative = initiative_at_work(request, key)
    seats = PanelSeat.objects.select_related("member", "advice__written_by", "assessment")
    seat = get_object_or_404(seats.filter(assessment__initiative=initiative, advice__objection=None), pk=seat_id)
    seat.assessment.initiative = initiative
    if not hasattr(seat, "advice") or not rules.can_object_for(user, seat, seat.advice):
        raise PermissionDenied
    return deeds.answer(
        request,
        form=ObjectionForm(request.POST or None),
        act=lambda **fields: object_to_advice(seat=seat, by=user, at=clock.now(), **fields),
        done=_page(initiative),
        template="assessment/weigh_objection.html",
        said=_("Het bezwaar is opgeschreven."),
        context={"initiative": initiative, "seat": seat},
    )


@login_required
def weigh_criteria(request: HttpRequest, key: str) -> HttpResponse:
    """Note what was found on each criterion."""
    user, assessment = open_weighing(request, key)
    return deeds.answer(
        request,
        form=CriteriaForm(request.POST or None, assessment=assessment),
        act=lambda **fields: score_criteria(assessment=assessment, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_criteria.html",
        said=_("De uitgangspunten zijn bewaard."),
        context={**what_is_weighed(assessment.initiative), "assessment": assessment},
    )


@login_required
def weigh_municipality(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the municipality, now that something shows that it must be asked."""
    user, assessment = open_weighing(request, key)
    return deeds.answer(
        request,
        form=AskForm(request.POST or None),
        act=lambda **fields: ask_ambassador(assessment=assessment, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_municipality.html",
        said=_("De vraag staat klaar voor de gemeente."),
        context={"initiative": assessment.initiative, "term": number("ambassador-term")},
    )


@login_required
def weigh_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what the municipality answered by telephone, in a talk or on paper."""
    user, assessment = open_weighing(request, key)
    if not rules.can_weigh(user, assessment.initiative):
        raise PermissionDenied
    waiting = AmbassadorQuestion.objects.current().filter(answered_at=None).select_related("municipality")
    question = get_object_or_404(waiting, assessment=assessment)
    question.assessment = assessment
    return deeds.answer(
        request,
        form=WrittenAnswerForm(request.POST or None, asked=question),
        act=lambda **fields: write_answer_of_municipality(question=question, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_answer.html",
        said=_("Het antwoord van de gemeente is opgeschreven."),
        context={
            "initiative": assessment.initiative,
            "question": question,
            "because": queries.told_municipality(assessment),
        },
    )


@login_required
def weigh_return(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to exploring, because something has to be found out first."""
    user, assessment = open_weighing(request, key)
    if not rules.can_weigh(user, assessment.initiative):
        raise PermissionDenied
    return deeds.answer(
        request,
        form=ReturnForm(request.POST or None),
        act=lambda **fields: return_to_exploring(assessment=assessment, by=user, at=clock.now(), **fields),
        done=_page(assessment.initiative),
        template="assessment/weigh_return.html",
        said=_("Het initiatief is terug bij verkennen."),
        context={"initiative": assessment.initiative},
    )


def what_is_weighed(initiative: Initiative) -> dict[str, Any]:
    """Return the initiative with its plan, as the panel reads it."""
    return {
        "initiative": initiative,
        "plan": plan_for_outsiders(initiative),
        "themes": initiative.themes.order_by("position", "pk"),
    }


def initiative_at_work(request: HttpRequest, key: str) -> tuple[User, Initiative]:
    """Return who asks and the initiative they may weigh or read along with."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    seen = Initiative.objects.visible_to(user).select_related(
        "municipality__subregion", "neighbourhood", "contact_person", "exploration"
    )
    initiative = get_object_or_404(seen.prefetch_related("interests"), key=key)
    if not rules.can_see_weighing(user, initiative):
        raise PermissionDenied
    return user, initiative


def open_weighing(request: HttpRequest, key: str) -> tuple[User, Assessment]:
    """Return who asks and the weighing that goes on; where none does, there is nothing to do."""
    user, initiative = initiative_at_work(request, key)
    assessment = initiative.assessments.open().first()
    if assessment is None:
        raise Http404
    if not rules.can_score(user, initiative):
        raise PermissionDenied
    assessment.initiative = initiative
    return user, assessment


def _worker(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_role(*WORKERS):
        raise PermissionDenied
    return request.user


def _page(initiative: Initiative) -> str:
    return reverse("weigh-detail", args=[initiative.key])
