"""The page of one initiative for its initiators: its road, and what the weighing told so far."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from socialewifi.assessment.queries import asked_for_initiators, outcome_for_initiators, panel_progress
from socialewifi.core.htmx import render_page
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative, Step
from socialewifi.owners.queries.page import OwnPage, day
from socialewifi.owners.views.access import followed
from socialewifi.site.queries.own_road import own_road


@require_safe
@followed
def mine_initiative(request: HttpRequest, page: OwnPage) -> HttpResponse:
    initiative = page.initiative
    # Who follows it reads of a weighing what began since.
    is_told = page.since is None or initiative.step_since >= page.since
    is_assessing = initiative.step == Step.ASSESSING and is_told
    context = {
        "page": page,
        "initiative": page.shown,
        "now": f"owners/now/{_now(page)}.html",
        "road": own_road(page, weighing=_asked(initiative) if is_assessing else ""),
        "panel": panel_progress(initiative) if is_assessing else None,
        # Nothing of the advices before there is an outcome (R8, R9).
        "outcome": _outcome(page),
        "may_edit": page.me is not None and rules.goes_on(initiative),
        "may_stop": page.me is not None and rules.can_withdraw(page.user, initiative),
        "may_reopen": page.me is not None and rules.can_reopen(page.user, initiative),
        "may_tell": page.me is not None and rules.goes_on(initiative) and initiative.step in rules.TELLING_STEPS,
    }
    return render_page(request, "site/mine/page.html", context)


def _now(page: OwnPage) -> str:
    if page.initiative.joined_into_id:
        return "joined"
    return "paused" if page.pause and page.initiative.is_open else page.initiative.step


def _outcome(page: OwnPage) -> object:
    weighed_at = page.initiative.weighed_at
    is_told = weighed_at is not None and (page.since is None or weighed_at >= page.since)
    outcome = outcome_for_initiators(page.initiative) if is_told else None
    if outcome is None or page.me is not None:
        return outcome
    # What was weighed before is of before they came, or may be.
    return _as_told(replace(outcome, earlier=[]), page)


def _as_told(told: Any, page: OwnPage) -> Any:
    """Return what was told with every text as this person reads it: who only follows it, without who and where."""
    if isinstance(told, str):
        return page.told(told)
    if isinstance(told, list):
        return [_as_told(one, page) for one in told]
    if is_dataclass(told) and not isinstance(told, type):
        return replace(told, **{field.name: _as_told(getattr(told, field.name), page) for field in fields(told)})
    return told


def _asked(initiative: Initiative) -> str:
    """Say what the municipality is asked, as long as it can answer (R3)."""
    asked = asked_for_initiators(initiative)
    if asked is None or asked.answer:
        return ""
    words = _("Ook gevraagd: de gemeente %(name)s. Het gaat om: %(because)s. Antwoord uiterlijk %(day)s.")
    return words % {
        "name": asked.name,
        "because": asked.because[:1].lower() + asked.because[1:],
        "day": day(asked.due_on),
    }
