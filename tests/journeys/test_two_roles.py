"""
Whoever has two roles sees and may do on an initiative what one of them gives there, never the sum (R15).

Rules, lists and deeds are asked directly, for every pair of roles: which page asks them does not matter then.
"""

import inspect
from datetime import date
from itertools import combinations
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction

from socialewifi.assessment import queries as weighing
from socialewifi.assessment import rules as weighing_rules
from socialewifi.assessment.models import AmbassadorQuestion, Assessment, PanelSeat
from socialewifi.assessment.tests.factories import CriterionFactory, TriggerFactory
from socialewifi.core import clock
from socialewifi.core.errors import DomainError
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.queries import doubles
from socialewifi.initiatives.queries import today as terms
from socialewifi.initiatives.tests.factories import ChannelFactory, SupportKindFactory
from socialewifi.people.models import User
from socialewifi.people.tests.factories import OrganisationFactory, UserFactory
from socialewifi.site.queries import work_list
from socialewifi.support.queries import calls as work_calls
from socialewifi.support.queries import letters, today
from tests.journeys.permission_crowd import HOLDS, ON_THE_PANEL, Crowd
from tests.journeys.permission_grid import ROWS
from tests.journeys.permission_world import ADDRESS, ADVICE, EMAIL, NOTE, PHONE, UNTOLD
from tests.journeys.property.deeds import DEEDS
from tests.journeys.property.world import Skip, Try


@pytest.fixture
def crowd(db):
    found = Crowd()
    for one in found.rows.values():
        one.idea, one.place_words = "Bel 0611223344.", "Kastanjehofje bij Jansen"
        one.save(update_fields=["idea", "place_words"])
    return found


# Whoever has any role may say that they are involved.
OF_THE_PERSON = {"can_step_aside"}


def _asks(*names):
    """Return every rule, in whichever room, that asks exactly this."""
    return [
        (f"{module.__name__}.{name}", rule)
        for module in (rules, weighing_rules)
        for name, rule in inspect.getmembers(module, inspect.isfunction)
        if rule.__module__ == module.__name__ and tuple(inspect.signature(rule).parameters) == names
        if name not in OF_THE_PERSON
    ]


# Kinds of rows of which another test says what two roles make of them, or that no role has to do with.
ASKED_ELSEWHERE = {
    ("user",),
    ("user", "initiative"),
    ("user", "assessments"),
    ("user", "seat"),
    ("user", "proposal"),
}


def _kinds_of_rows():
    """Return about what the rules of these rooms are, as their parameters say."""
    return {
        tuple(inspect.signature(rule).parameters)[:2]
        for module in (rules, weighing_rules)
        for name, rule in inspect.getmembers(module, inspect.isfunction)
        if rule.__module__ == module.__name__ and not name.startswith("_")
        if tuple(inspect.signature(rule).parameters)[:1] == ("user",)
    }


def test_every_rule_about_an_initiative_follows_from_one_capacity(crowd):
    wrong = []
    for _name, rule in _asks("user", "initiative"):
        alone = {(kind, name): rule(user, one) for kind, user in crowd.one.items() for name, one in crowd.rows.items()}
        for pair, user in crowd.two.items():
            for name, one in crowd.rows.items():
                kind = crowd.decides(pair, name)
                if rule(user, one) != alone[kind, name]:
                    wrong.append((_name, pair, name, kind))

    assert len(_asks("user", "initiative")) > 35
    assert wrong == []


def test_every_rule_about_what_hangs_around_an_initiative_follows_from_one_capacity(crowd):
    rows = crowd.rows
    assessment = Assessment.objects.select_related("initiative__municipality").get(pk=crowd.weighing.pk)
    question = AmbassadorQuestion.objects.get()
    assessment.initiative = rows["assessing"]
    question.assessment = assessment
    hanging = {
        ("user", "assessment"): ("assessing", (assessment,)),
        ("user", "question"): ("assessing", (question,)),
        ("user", "initiator"): ("exploring", (rows["exploring"].initiators.all()[0],)),
        ("user", "task"): ("exploring", (rows["exploring"].tasks.first(),)),
        ("user", "invitation"): ("exploring", (rows["exploring"].invitations.first(),)),
        ("user", "story"): ("supporting", (rows["supporting"].stories.first(),)),
        ("user", "promise"): ("supporting", (rows["supporting"].promises.first(),)),
    }
    assert _kinds_of_rows() - hanging.keys() - ASKED_ELSEWHERE == set(), "add a row of this kind to ``hanging``"
    wrong = []
    for names, (name, about) in hanging.items():
        assert _asks(*names)
        for title, rule in _asks(*names):
            if "panel seated" in title or title.endswith("is_still_to_advise"):
                continue
            for pair, user in crowd.two.items():
                # Whoever holds a seat reads no advice before their own, and sets no outcome.
                blind = "panel seated" in pair and title.endswith(
                    ("can_read_advices", "can_read_objections", "can_conclude", "can_decide")
                )
                expected = False if blind else rule(crowd.one[crowd.decides(pair, name)], *about)
                if rule(user, *about) != expected:
                    wrong.append((title, pair))
    assert wrong == []


def test_a_seat_is_held_only_by_who_has_nothing_else_to_do_with_it(crowd):
    for pair, user in crowd.two.items():
        if "panel seated" not in pair:
            continue
        seat = PanelSeat.objects.get(assessment=crowd.weighing, member=user)
        seat.assessment.initiative = crowd.rows["assessing"]
        free = crowd.decides(pair, "assessing") == "panel seated"
        assert weighing_rules.holds_seat(user, seat) is free, pair
        assert PanelSeat.objects.visible_to(user).exists() is free, pair
        assert (weighing.seat_of(user, seat.pk) is not None) is free, pair
        assert weighing.keys_waiting_for(user) == ([seat.pk] if free else []), pair


def test_who_is_asked_for_a_panel_has_nothing_else_to_do_with_it(crowd):
    day = clock.today()
    for name, one in crowd.rows.items():
        drawn = set(weighing.panel_candidates(one, day))
        for pair, user in crowd.two.items():
            if ON_THE_PANEL & set(pair):
                others = set(pair) - ON_THE_PANEL - {"reading along"}
                is_busy = any(name in HOLDS.get(kind, ()) for kind in others)
                assert (user in drawn) is not is_busy, (pair, name)


LISTS = {
    "what exists": Initiative.objects.visible_to,
    "what they work on": Initiative.objects.worked_on_by,
    "what they see whole": Initiative.objects.detailed_for,
    "what they coordinate": Initiative.objects.coordinated_by,
    "calls": lambda user: [call.initiative for call in work_calls.call_list(user)],
    "letters": lambda user: Initiative.objects.filter(pk__in=letters.letters_of(user).values("subject_id")),
    "found by address": lambda user: _searched(user, EMAIL),
    "found by name": lambda user: _searched(user, "Roos Eigenaar"),
    "found by telephone": lambda user: _searched(user, PHONE),
    "found by a number in the plan": lambda user: _searched(user, "0611223344"),
    "found by the place as it was typed": lambda user: _searched(user, "Kastanjehofje"),
    "new at the desk": lambda user: today.new_at_desk(user).shown,
    "nobody's terms": lambda user: [row.initiative for row in terms.nobodys_deadlines(user, day=clock.today())],
    "tasks": lambda user: [row.initiative for row in today.due_tasks(user, until=date(2999, 1, 2))],
    "without a place": lambda user: today.gaps_for(user, day=clock.today()).without_place,
    "doubles": lambda user: doubles.find_joinable("Wordt verkend", initiative=Initiative(), by=user),
    "weighings": lambda user: [row.assessment.initiative for row in weighing.weighings_of(user, clock.now())],
    "next to weigh": weighing.ready_to_weigh,
    "weighing today": lambda user: [row.initiative for row in weighing.due_for(user, clock.now())],
    "asked of the municipality": lambda user: [
        one.assessment.initiative for one in AmbassadorQuestion.objects.visible_to(user)
    ],
}


def _searched(user, words):
    return work_list.work_list(user, work_list.Filters(words=words), day=clock.today())


def test_every_list_shows_what_one_capacity_shows(crowd):
    names = {one.pk: row for row, one in crowd.rows.items()}
    wrong = []
    for title, shown in LISTS.items():
        alone = {kind: {names[one.pk] for one in shown(user) if one.pk in names} for kind, user in crowd.one.items()}
        assert any(alone.values()), title
        for pair, user in crowd.two.items():
            found = {names[one.pk] for one in shown(user) if one.pk in names}
            expected = {row for row in crowd.rows if row in alone[crowd.decides(pair, row)]}
            if found != expected:
                wrong.append((title, pair, sorted(found ^ expected)))

    assert wrong == []


# Whose roles meet at the same initiatives; the others have no deeds there at all.
DOERS = (
    "involved",
    "regional",
    "coordinator here",
    "guide here",
    "guide elsewhere",
    "reading along",
    "ambassador here",
    "panel seated",
    "treasurer",
)


def test_every_deed_is_refused_to_two_roles_as_it_is_to_the_one_that_decides(crowd):
    cast = SimpleNamespace(
        people=[UserFactory(name="Inwoner Roos")],
        municipalities=[crowd.world.municipality, crowd.world.other_municipality],
        channel=ChannelFactory(),
        support_kind=SupportKindFactory(),
        criteria=[CriterionFactory(code="gedragen")],
        trigger=TriggerFactory(),
        fund=OrganisationFactory(is_next_door=True),
    )
    world = SimpleNamespace(cast=cast, at=clock.now(), everyone=lambda: list(User.objects.order_by("pk")[:30]))
    world.initiatives = lambda: list(crowd.rows.values())
    wrong, done = [], set()
    for name in sorted(set(DEEDS) - {"report_another", "report_again", "advise", "step_aside"}):
        row = _where_it_can_be_done(world, crowd, name)
        alone = {kind: _outcome(world, crowd.one[kind], crowd.rows[row], name) for kind in DOERS}
        done |= {name for outcome in alone.values() if outcome == "done"}
        for pair in combinations(DOERS, 2):
            kind = crowd.decides(pair, row)
            expected = {alone[kind]}
            if "panel seated" in pair and name in {"conclude", "write_advice", "write_that_a_member_steps_aside"}:
                # They did not give their own advice yet.
                expected = {"NotAllowed", "OutcomeByAnother"}
            if _outcome(world, crowd.two[pair], crowd.rows[row], name) not in expected:
                wrong.append((name, row, pair, kind))

    assert wrong == []
    assert len(done) > 20


def _where_it_can_be_done(world, crowd, name):
    """Return an initiative on which a coordinator may do this now, or else one where something answers at all."""
    found = {row: _outcome(world, crowd.one["coordinator here"], one, name) for row, one in crowd.rows.items()}
    order = {"done": 0, "NotAllowed": 1, "nothing to do": 3}
    return min(found, key=lambda row: order.get(found[row], 2))


def _outcome(world, user, initiative, name):
    try:
        with transaction.atomic():
            DEEDS[name](Try(world, initiative, user, lambda rows: next(iter(rows))))
            transaction.set_rollback(True)
    except Skip:
        return "nothing to do"
    except (DomainError, DatabaseError) as refusal:
        return type(refusal).__name__
    return "done"


def test_advice_is_given_and_written_only_for_who_holds_a_seat_and_nothing_else(crowd):
    for pair, user in crowd.two.items():
        if "panel seated" in pair:
            world = SimpleNamespace(at=clock.now())
            free = crowd.decides(pair, "assessing") == "panel seated"
            outcome = _outcome(world, user, crowd.rows["assessing"], "advise")
            assert outcome == ("done" if free else "NotAllowed"), pair


# Whoever may read these words is named by the capacity that decides where they stand.
TWO = {
    ("guide elsewhere", "ambassador here"): set(),
    ("coordinator elsewhere", "ambassador here"): set(),
    ("guide elsewhere", "panel seated"): set(),
    ("coordinator here", "panel seated"): {PHONE, EMAIL, ADDRESS, NOTE, UNTOLD},
}


@pytest.mark.parametrize("pair", TWO)
def test_no_page_tells_two_roles_more_than_the_one_that_decides(db, client, pair):
    crowd = Crowd([pair])
    client.force_login(crowd.two[pair])
    told = []
    for row in ROWS:
        if not row.is_public:
            answer = client.get(crowd.world.address(row.name, row.where))
            page = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
            words = {PHONE, EMAIL, ADDRESS, NOTE, ADVICE, UNTOLD} - TWO[pair]
            told += [(str(row), one) for one in words if one in page]
    assert told == []
