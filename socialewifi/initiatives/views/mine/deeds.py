"""What an initiator does with what is theirs: change the plan, say how to be reached, stop, go on, ask, leave."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from socialewifi.core import clock, deeds
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import ownership, road
from socialewifi.initiatives.actions.report import Who
from socialewifi.initiatives.forms.mine import (
    AgainForm,
    PlanForm,
    QuestionForm,
    ReachForm,
    StopForm,
    changes_of,
)
from socialewifi.initiatives.models import PLAN_FIELDS, PlanVersion
from socialewifi.initiatives.queries.mine import OwnPage
from socialewifi.initiatives.views.mine.access import own

REACH = ("name", "phone", "email", "preferred_channel", "preferred_times", "address", "language")
DEED = require_http_methods(["GET", "HEAD", "POST"])


def home_of(page: OwnPage) -> str:
    return reverse("mine-initiative", args=[page.initiative.key])


def allow(is_allowed: bool) -> None:  # noqa: FBT001
    if not is_allowed:
        raise PermissionDenied


@DEED
@own
def edit_plan(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Change the plan; what someone else changed meanwhile is shown beside what was typed, and nothing is lost."""
    initiative = page.initiative
    allow(rules.can_edit_plan(page.user, initiative))
    newest = initiative.plan_versions.select_related("by").latest("number")
    now = {name: getattr(initiative, name) for name in PLAN_FIELDS}
    form = PlanForm(request.POST or None, initial={**now, "based_on": newest.number})
    return deeds.answer(
        request,
        form=form,
        act=lambda **fields: ownership.edit_plan(initiative=initiative, by=page.user, at=clock.now(), **fields),
        done=home_of(page),
        said=_("Jullie plan is bewaard."),
        template="initiatives/mine/plan.html",
        partial="",
        context={
            "page": page,
            "initiative": initiative,
            "newest": newest,
            "changes": _meanwhile(request, page, newest),
        },
    )


def _meanwhile(request: HttpRequest, page: OwnPage, newest: PlanVersion) -> list[tuple[str, str]]:
    """Return what someone else wrote since the version this form was made from."""
    based_on = request.POST.get("based_on", "")
    old = page.initiative.plan_versions.filter(number=based_on).first() if based_on.isdecimal() else None
    return changes_of(old, newest) if old and old.number != newest.number else []


@DEED
@own
def reach(request: HttpRequest, page: OwnPage) -> HttpResponse:
    form = ReachForm(request.POST or None, initial={name: getattr(page.me, name) for name in REACH})

    def act(**fields: Any) -> None:
        session = str(request.session.session_key)
        who = Who(**fields)
        ownership.correct_reach(initiative=page.initiative, who=who, by=page.user, at=clock.now(), session=session)

    return _answer(
        request,
        page,
        form=form,
        act=act,
        title=_("Zo bereiken we je"),
        lead=_("Dit zien alleen de mensen die jullie helpen."),
        button=_("Bewaar"),
        said=_("Bewaard. Zo bereiken we je voortaan."),
    )


@DEED
@own
def stop(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    allow(rules.can_withdraw(page.user, initiative))
    return _answer(
        request,
        page,
        form=StopForm(request.POST or None),
        act=lambda reason: road.withdraw_initiative(initiative=initiative, reason=reason, by=page.user, at=clock.now()),
        title=_("Wil je stoppen?"),
        lead=_("Dat mag altijd. Het is jouw idee."),
        button=_("Ja, ik stop ermee"),
        said=_("Je bent gestopt. Dank je wel voor je idee."),
        look="danger",
        extra="initiatives/mine/stop_words.html",
    )


@DEED
@own
def go_on(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    allow(rules.can_reopen(page.user, initiative))
    return _answer(
        request,
        page,
        form=AgainForm(request.POST or None),
        act=lambda reason: road.reopen_initiative(initiative=initiative, reason=reason, by=page.user, at=clock.now()),
        title=_("Wil je weer verder?"),
        lead=_("Fijn! Alles wat je eerder vertelde, is bewaard."),
        button=_("Ga weer verder"),
        said=_("Je idee gaat weer verder."),
    )


@DEED
@own
def ask(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    allow(rules.can_ask_new_question(page.user, initiative))
    return _answer(
        request,
        page,
        form=QuestionForm(request.POST or None),
        act=lambda question: road.take_new_question(
            initiative=initiative, question=question, by=page.user, at=clock.now()
        ),
        title=_("Heb je een nieuwe vraag?"),
        lead=_("Dan helpen we weer mee. Iemand neemt contact met je op."),
        button=_("Stel mijn vraag"),
        said=_("Je vraag is verstuurd."),
    )


@DEED
@own
def leave(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    return _answer(
        request,
        page,
        form=deeds.ConfirmForm(request.POST or None),
        act=lambda: ownership.leave_initiative(initiative=initiative, by=page.user, at=clock.now()),
        done=reverse("mine-list"),
        title=_("Wil je niet meer meedoen?"),
        lead=_("De anderen gaan verder. Jij ziet deze pagina dan niet meer."),
        button=_("Ja, ik stop met meedoen"),
        said=_("Je doet niet meer mee met ‘%(title)s’.") % {"title": initiative.title},
        look="danger",
        extra="initiatives/mine/leave_words.html",
    )


def _answer(
    request: HttpRequest, page: OwnPage, *, form: Any, act: Any, said: str, done: str = "", **words: str
) -> HttpResponse:
    return deeds.answer(
        request,
        form=form,
        act=act,
        done=done or home_of(page),
        said=said,
        template="initiatives/mine/deed.html",
        partial="",
        context={"page": page, "initiative": page.initiative, "back": home_of(page), **words},
    )
