"""One initiative on one page."""

from decimal import Decimal
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from socialewifi.core import clock
from socialewifi.core.amounts import euros
from socialewifi.core.deeds import offered
from socialewifi.initiatives import rules
from socialewifi.initiatives.deeds import FURTHER, TO_EXPLORE
from socialewifi.initiatives.models import PLAN_FIELDS, ROAD, Deadline, Initiative, PlanVersion, Step
from socialewifi.initiatives.outsiders import as_outsiders_read
from socialewifi.initiatives.panels import DeedLink, Panel
from socialewifi.initiatives.queries.doubles import may_have_doubles
from socialewifi.initiatives.queries.joining import joining_of, tasks_without_titles, titles_out_of_sight
from socialewifi.people.models import User
from socialewifi.site import rooms
from socialewifi.site.queries import work_page as pages
from socialewifi.support.deeds import OF_INITIATIVE

_MET_BY_TALKING = {Deadline.Kind.CONTACT, Deadline.Kind.CHECK_IN}
EXPLORED = {
    "what_it_is": _("Wat is het?"),
    "question": _("Wat is de vraag?"),
    "asked_where": _("Waar is al om hulp gevraagd, en wat kwam eruit?"),
    "what_exists": _("Wat is er al in de buurt?"),
    "fitting_support_words": _("Waarom past die hulp?"),
}

# What an initiator says on the phone or on paper and someone writes down; their pages stand beside those of residents.
TOLD = [
    (_("Antwoord over samengaan opschrijven"), "work-join-answer", rules.can_answer_for_join),
    (_("Toestemming opschrijven"), "work-consent", rules.can_record_consent),
    (_("Verhaal opschrijven"), "work-story", rules.can_write_story),
]


@login_required
def work_initiative(request: HttpRequest, key: str) -> HttpResponse:
    user = cast("User", request.user)
    initiative = pages.initiative_for_page(user, key)
    if initiative is None:
        raise Http404
    return render(request, "site/work/page.html", _context(user, initiative))


def _context(user: User, initiative: Initiative) -> dict[str, Any]:
    at_work = rules.can_see_contact_details(user, initiative)
    around = pages.around(initiative, at=clock.now()) if at_work else pages.open_part(initiative)
    if not at_work:
        initiative = as_outsiders_read(initiative)
    out_of_sight = titles_out_of_sight(user, beside=initiative) if around.tasks else []
    goes_on_in, joined = pages.goes_on_with(user, initiative)
    panels = [panel for room in rooms.ROOMS if room.panel and (panel := room.panel(user, initiative))]
    links = _links(user, initiative, panels)
    first = _first(initiative, links, around)
    return {
        "initiative": initiative,
        "plan": plan_in_words(initiative, without=("title", "idea")),
        "explored": explored_in_words(initiative),
        "around": around,
        "goes_on_in": goes_on_in,
        "joined": joined,
        "has_versions": initiative.plan_versions.filter(number__gt=1).exists(),
        "tasks": [
            (task, rules.can_finish_task(user, task)) for task in tasks_without_titles(around.tasks, out_of_sight)
        ],
        "road": _road(initiative),
        "panels": panels,
        "first": [first] if first else [],
        "often": [link for link in links if link is not first and not link.is_rare],
        "rare": [link for link in links if link is not first and link.is_rare],
        "deadlines": [deadline for deadline in initiative.deadlines.all() if deadline.is_running],
        "owners": [one for one in initiative.initiators.all() if one.left_at is None],
        "handover": rules.waiting_handover(initiative),
        "joining": joining_of(initiative, reader=user) if at_work else None,
        "paused": next((pause for pause in initiative.pauses.all() if pause.ended_at is None), None),
        "waits_for_weighing": initiative.step == Step.EXPLORING and _is_explored(initiative),
        "may_have_doubles": at_work and may_have_doubles(initiative),
        "at_work": at_work,
        "may": _may(user, initiative),
    }


def plan_in_words(plan: Initiative | PlanVersion, without: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    """Return what was told, question by question, without what nobody filled in."""
    told = [(name, getattr(plan, name)) for name in PLAN_FIELDS if name not in without]
    return [(str(_label(Initiative, name)), _in_words(value), "") for name, value in told if value]


def explored_in_words(initiative: Initiative) -> list[tuple[str, str, str]]:
    """Return questions and answers of the exploration; a question without an answer is shown too, once it began."""
    known = getattr(initiative, "exploration", None)
    if known is None:
        return []
    answers = [(str(words), getattr(known, name) or "–", "") for name, words in EXPLORED.items()]
    support = ", ".join(str(kind) for kind in known.fitting_support.all())
    return [*answers, (str(_("Welke hulp past erbij?")), support or "–", "")]


def _label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _in_words(value: str | Decimal) -> str:
    return euros(value) if isinstance(value, Decimal) else value


def _may(user: User, initiative: Initiative) -> dict[str, bool]:
    """Answer for the templates what may be done with the rows on the page."""
    return {
        "work": rules.works_on(user, initiative),
        "support": rules.can_work_on(user, initiative),
    }


def _links(user: User, initiative: Initiative, panels: list[Panel]) -> list[DeedLink]:
    told = [
        DeedLink(str(verb), reverse(name, args=[initiative.key]), name, is_rare=True)
        for verb, name, may in TOLD
        if may(user, initiative)
    ]
    own = [
        DeedLink(
            str(deed.verb),
            reverse(f"work-{deed.name}", args=[initiative.key]),
            deed.name,
            is_rare=deed.is_rare,
            opens_here=True,
        )
        for deed in offered((*TO_EXPLORE, *OF_INITIATIVE, *FURTHER), user, initiative)
    ]
    return [*(deed for panel in panels for deed in panel.deeds), *own, *told]


def _first(initiative: Initiative, links: list[DeedLink], around: pages.Around) -> DeedLink | None:
    """Return what the initiative waits for now."""
    by_name = {link.name: link for link in links if link.name}
    wanted = [by_name.get("accept-handover"), next((link for link in links if link.is_next), None)]
    wanted += [by_name.get(name) for name in _waits_for(initiative, around)]
    return next((link for link in wanted if link), None)


def _waits_for(initiative: Initiative, around: pages.Around) -> list[str]:
    """Return the deeds that bring it further, the most urgent first."""
    waits = ["resume", "take-contact", "confirm-redirect"]
    if any(deadline.is_running and deadline.kind in _MET_BY_TALKING for deadline in initiative.deadlines.all()):
        waits.append("log-contact")
    if any(post.is_from_initiators and post.read_at is None for post in around.posts):
        waits.append("write-message")
    if initiative.step == Step.EXPLORING and not _is_explored(initiative):
        waits.append("record-exploration")
    if initiative.step == Step.SUPPORTING:
        has_help_to_come = any(promise.is_open for promise in around.promises)
        waits.append("sustain" if around.promises and not has_help_to_come else "promise-support")
    return [*waits, "log-contact", "reopen"]


def _is_explored(initiative: Initiative) -> bool:
    return hasattr(initiative, "exploration") and initiative.exploration.is_complete


def _road(initiative: Initiative) -> list[dict[str, str]]:
    """Return the five stones; off the road, none of them is now."""
    here = ROAD.index(Step(initiative.step)) if initiative.step in ROAD else None
    if initiative.step == Step.LANDED:
        here = len(ROAD)
    return [{"title": str(step.label), "state": _state(number, here)} for number, step in enumerate(ROAD)]


def _state(number: int, here: int | None) -> str:
    if here is None:
        return ""
    return "now" if number == here else "done" if number < here else "ahead"
