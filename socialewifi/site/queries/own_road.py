"""The five stones of the road as the initiators see them: what was done, where it is now, what comes (R11)."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socialewifi.assessment.models import Outcome
from socialewifi.core.lazy import StrOrPromise
from socialewifi.core.models import Event
from socialewifi.initiatives.models import Step
from socialewifi.owners.queries.page import OwnPage, day, words

# What tells most about a stone: the newest event of these kinds.
TOLD_BY = {
    2: ("initiatives.contact.",),
    3: ("assessment.",),
    4: ("initiatives.support.",),
    5: (
        "initiatives.story.",
        "initiatives.initiative.sustained",
        "initiatives.landing.",
        "initiatives.initiative.landed",
    ),
}
# How an idea came in, as its initiators say it; of what a region adds itself, only the day is told.
CAME_IN: dict[str, StrOrPromise] = {
    "desk": gettext_lazy("aan ons loket"),
    "website": gettext_lazy("op deze website"),
    "phone": gettext_lazy("aan de telefoon"),
    "paper": gettext_lazy("op papier"),
    "social-work": gettext_lazy("bij het sociaal werk"),
    "municipality": gettext_lazy("bij de gemeente"),
    "neighbourhood-team": gettext_lazy("bij het team in de wijk"),
}
NOW_AT = {
    Step.REPORTED: 2,
    Step.EXPLORING: 2,
    Step.ASSESSING: 3,
    Step.SUPPORTING: 4,
    Step.SUSTAINING: 5,
    Step.LANDED: 6,
    Step.REDIRECTED: 4,
    Step.DECLINED: 4,
}


@dataclass
class Stone:
    title: str
    state: str
    text: str = ""


def own_road(page: OwnPage, *, weighing: str = "") -> list[dict[str, str]]:
    """Return the stones for ``ui/road.html``; ``weighing`` is what the room that weighs tells of today."""
    initiative = page.initiative
    if initiative.step == Step.WITHDRAWN:
        stones = _until_stopped(page)
    else:
        now = NOW_AT[Step(initiative.step)]
        stones = [_stone(page, number, now) for number in range(1, 6)]
        if initiative.step in {Step.REDIRECTED, Step.DECLINED}:
            stones = [*stones[:3], _side_exit(page)]
        if weighing and now == 3:
            stones[2].text = weighing
    return [asdict(stone) for stone in stones]


def _stone(page: OwnPage, number: int, now: int) -> Stone:
    state = "done" if number < now else "now" if number == now else "ahead"
    if number == 1:
        return Stone(_("Je vertelde je idee"), state, _told(page))
    return Stone(_title(page, number, state), state, _text(page, number) if state != "ahead" else "")


def _title(page: OwnPage, number: int, state: str) -> str:
    if number == 2 and page.contact is not None:
        has_spoken = _newest(page.events, ("initiatives.contact.logged",)) is not None
        words = _("%(name)s sprak met je") if has_spoken else _("%(name)s is jouw contact")
        return words % {"name": page.contact.first_name}
    titles = {
        2: (_("Iemand neemt contact met je op"), _("Iemand nam contact met je op")),
        3: (_("Buren kijken mee"), _("Buren keken mee")),
        4: (_("Je krijgt hulp"), _("Je kreeg hulp")),
        5: (_("Je vertelt verder"), _("Je idee staat op eigen benen")),
    }
    return titles[number][state == "done"]


def _told(page: OwnPage) -> str:
    initiative = page.initiative
    if page.since:
        return ""
    where = CAME_IN.get(initiative.channel.code)
    return f"{day(initiative.reported_at)}, {where}" if where else day(initiative.reported_at)


def _text(page: OwnPage, number: int) -> str:
    event = _newest(page.events, TOLD_BY[number])
    if event is None:
        return ""
    if event.kind == "assessment.assessment.concluded":
        # Why is told once, beside the outcome.
        return f"{day(event.at)}. {Outcome(event.details['outcome']).label}."
    # Of a conversation, what was said; who spoke is in the title.
    told = event.details.get("summary") or words(event)
    return f"{day(event.at)}. {page.as_read(event, told)}"


def _newest(events: list[Event], kinds: tuple[str, ...]) -> Event | None:
    return next((event for event in reversed(events) if event.kind.startswith(kinds)), None)


def _side_exit(page: OwnPage) -> Stone:
    initiative = page.initiative
    if initiative.step == Step.DECLINED:
        return Stone(_("Dit kunnen wij niet doen"), "now", day(initiative.step_since))
    partner = {"partner": initiative.redirected_to}
    if initiative.redirect_confirmed_at:
        return Stone(_("%(partner)s helpt je verder") % partner, "done", day(initiative.redirect_confirmed_at))
    return Stone(_("We vragen %(partner)s om je te helpen") % partner, "now", day(initiative.step_since))


def _until_stopped(page: OwnPage) -> list[Stone]:
    reached = 4 if page.initiative.weighed_at else 3 if page.contact else 2
    stones = [_stone(page, number, reached) for number in range(1, reached)]
    return [*stones, Stone(_("Je bent gestopt"), "now", day(page.initiative.step_since))]
