"""
Whatever anyone tries, in any order and at any moment, no rule of R1 to R12 is ever broken.

Hypothesis makes up stories: random people try random deeds at random times, and now and then someone does what would
come next, so that the stories get far. After each deed the rows themselves are asked whether every rule still holds.
``PROPERTY_STORIES=500`` looks much longer.
"""

import ast
import os
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from socialewifi.core import deeds as core_deeds
from socialewifi.core.errors import DomainError
from socialewifi.core.models import Event, Message
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.models import Initiative, Step, Task
from socialewifi.people.models import Role, User
from socialewifi.site import rooms
from tests.journeys.property import deeds as property_deeds
from tests.journeys.property import invariants
from tests.journeys.property.deeds import DEEDS, tell_idea
from tests.journeys.property.world import Cast, Skip, Try, World, gather_cast

STORIES = int(os.environ.get("PROPERTY_STORIES", "20"))
A_WHILE = [timedelta(hours=1), timedelta(hours=1), timedelta(days=1), timedelta(days=4)]
GUIDES, COORDINATORS = (Role.Kind.GUIDE,), (Role.Kind.COORDINATOR, Role.Kind.REGIONAL_COORDINATOR)
PANEL, MUNICIPALITY = (Role.Kind.PANEL_MEMBER,), (Role.Kind.AMBASSADOR,)
# What would come next, and who does that; named more often is tried more often.
NEXT: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    Step.REPORTED: [("take_contact", GUIDES)],
    Step.EXPLORING: [("record_exploration", GUIDES), *[("begin_weighing", COORDINATORS)] * 3],
    Step.ASSESSING: [
        *[("score", GUIDES)] * 2,
        *[("advise", PANEL)] * 4,
        ("answer_for_municipality", MUNICIPALITY),
        ("ask_municipality", GUIDES),
        ("step_aside", PANEL),
        ("write_advice", COORDINATORS),
        ("object_to_written_advice", PANEL),
        *[("conclude", COORDINATORS)] * 3,
    ],
    Step.SUPPORTING: [
        ("promise_support", GUIDES),
        ("keep_promise", GUIDES),
        ("agree_landing_signs", GUIDES),
        ("sustain_initiative", GUIDES),
    ],
    Step.SUSTAINING: [("land_initiative", GUIDES), ("log_contact", GUIDES)],
    Step.REDIRECTED: [("confirm_redirect", GUIDES)],
}
# What can come up at any step.
BETWEEN = [
    ("drop_handover", GUIDES),
    ("drop_join", GUIDES),
    *[("propose_join", COORDINATORS)] * 2,
    *[("write_join_answer", GUIDES)] * 4,
    ("note_call", GUIDES),
    ("offer_handover", GUIDES),
    ("resume_initiative", GUIDES),
    ("take_new_question", GUIDES),
    ("undo_join", COORDINATORS),
]
AFTER_AN_END = [("reopen_initiative", GUIDES)]
OWN = [
    "answer_join",
    "agree_to_story",
    "correct_reach",
    "edit_plan",
    "edit_public_text",
    "give_consent",
    "hide_story",
    "invite",
    "leave_initiative",
    "publish_page",
    "reopen_initiative",
    "revoke_invitation",
    "take_back_story",
    "take_new_question",
    "tell_story",
    "withdraw_consent",
    "withdraw_initiative",
    "write_to_contact",
]
OF_THE_PANEL = {"advise", "object_to_written_advice", "step_aside"}
WORK = sorted(set(DEEDS) - set(OWN) - OF_THE_PANEL - {"answer_for_municipality", "report_again"})
# How far a story may be when it begins: each stage with what was done in it, and by whom.
HEAD_STARTS = [
    [("take_contact", "Gids Hier"), ("record_exploration", "Gids Hier"), ("publish_page", "Inwoner Roos")],
    [("begin_weighing", "Coordinator Hier"), ("score", "Gids Hier")],
    [
        ("advise", "Panellid 0"),
        ("advise", "Panellid 1"),
        ("advise", "Panellid 2"),
        ("answer_for_municipality", "Ambassadeur"),
    ],
    [("conclude", "Coordinator Hier"), ("promise_support", "Gids Hier"), ("tell_story", "Inwoner Roos")],
    [("sustain_initiative", "Gids Hier"), ("agree_landing_signs", "Gids Hier")],
]
HOW = [
    *["what_comes_next"] * 3,
    "what_comes_between",
    "own_deed",
    "own_deed",
    "deed_at_work",
    "deed_at_work",
    "answer",
    "anything",
]
# Which deeds came about, so that the test can tell when its stories go nowhere.
DONE: Counter[str] = Counter()
# Who says no to an invitation has no account, and gets none; whose address was typed by another stays unknown.
NAMELESS = {
    "initiatives.invitation.refused",
    "initiatives.join.refused",
    # What ended the question stands beside it, with who did that.
    "initiatives.call.dropped",
    "initiatives.join.dropped",
    "initiatives.initiator.disowned",
}


class Road(RuleBasedStateMachine):
    """One story, undone at its end."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.world = World(self.cast)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(seed=st.integers(0, 2**62), stage=st.integers(0, len(HEAD_STARTS)), asked=st.booleans())
    def an_idea_is_told_and_came_this_far(self, seed: int, stage: int, asked: bool) -> None:
        # Dice that are fair: what Hypothesis draws itself tends to repeat, and its stories then go nowhere.
        self.dice = Random(seed)
        initiative = tell_idea(self.world, self.cast.municipalities[0])
        roos = next(user for user in self.world.everyone() if user.name == "Inwoner Roos")
        recognise(initiator=initiative.initiators.get(), by=roos, at=self.world.at)
        for deeds in HEAD_STARTS[:stage]:
            for name, who in deeds:
                self.world.at += timedelta(hours=1)
                by = next(user for user in self.world.everyone() if user.name == who)
                # Each choice is the first one, but for whether the municipality is asked.
                one = Try(self.world, initiative, by, lambda rows: rows[-1] if asked and [] in rows else rows[0])
                with suppress(Skip):
                    DEEDS[name](one)
        self.prints = invariants.finger_print()
        invariants.check(self.world.at)

    @rule()
    def someone_tries_something(self) -> None:
        initiative = self.dice.choice(self.world.initiatives())
        name, by = getattr(self, f"_{self.dice.choice(HOW)}")(initiative)
        note(f"{name} by {by} on {initiative.pk} ({initiative.step})")
        self._try(name, User.objects.get(pk=by.pk), initiative)

    def _what_comes_next(self, initiative: Initiative) -> tuple[str, User]:
        name, roles = self.dice.choice(NEXT.get(initiative.step, AFTER_AN_END))
        return name, self._one_with(roles)

    def _what_comes_between(self, initiative: Initiative) -> tuple[str, User]:
        name, roles = self.dice.choice(BETWEEN)
        contact = initiative.contact_person if roles == GUIDES else None
        return name, contact or self._one_with(roles)

    def _own_deed(self, initiative: Initiative) -> tuple[str, User]:
        owners = User.objects.filter(initiator_of__initiative=initiative).distinct().order_by("pk")
        return self.dice.choice(OWN), self.dice.choice(list(owners))

    def _deed_at_work(self, initiative: Initiative) -> tuple[str, User]:
        return self.dice.choice(WORK), self._one_with((*GUIDES, *COORDINATORS))

    def _answer(self, initiative: Initiative) -> tuple[str, User]:
        handover = initiative.handovers.running().first()
        if handover is None:
            return self.dice.choice(["accept_invitation", "refuse_invitation"]), self.cast.people[0]
        return self.dice.choice(["accept_handover", "refuse_handover"]), handover.receiver

    def _anything(self, initiative: Initiative) -> tuple[str, User]:
        return self.dice.choice(sorted(DEEDS)), self.dice.choice(self.world.everyone())

    def _one_with(self, roles: tuple[str, ...]) -> User:
        return self.dice.choice([user for user in self.world.everyone() if user.has_role(*roles)])

    def _try(self, name: str, by: User, initiative: Initiative) -> None:
        self.world.at += self.dice.choice(A_WHILE)
        last, was_told = Event.objects.latest("pk").pk, _told_outcomes()
        try:
            DEEDS[name](Try(self.world, initiative, by, lambda rows: self.dice.choice(list(rows))))
        except Skip:
            return
        except DomainError:
            assert Event.objects.latest("pk").pk == last, "a refused deed left something in the timeline"
            assert invariants.finger_print() == self.prints, "a refused deed changed something"
            return
        DONE[name] += 1
        self._every_change_is_in_the_timeline(name, last)
        if name == "conclude":
            owners = Initiative.objects.get(pk=initiative.pk).initiators.current().count()
            assert _told_outcomes() - was_told == owners, "R10: not every initiator was told, each in their own way"
        invariants.check(self.world.at)

    def _every_change_is_in_the_timeline(self, name: str, last: int) -> None:
        prints = invariants.finger_print()
        new = Event.objects.filter(pk__gt=last, subject_type=Initiative._meta.label_lower)
        told = set(new.values_list("subject_id", flat=True))
        changed = {pk for pk, found in prints.items() if found != self.prints.get(pk)}
        assert changed <= told, f"R6: {name} changed something that the timeline does not tell"
        assert all(event.at == self.world.at for event in new), "R6: told at another moment"
        nameless = {event.kind for event in new if event.by_id is None}
        assert nameless <= NAMELESS, "R6: done by nobody"
        self.prints = prints


def _told_outcomes() -> int:
    """Count the mails and letters that told an outcome, and the calls that are to tell one."""
    calls = Task.objects.filter(kind=Task.Kind.CALL, words__contains="Zo is het gewogen.")
    return Message.objects.filter(kind="outcome").count() + calls.count()


@pytest.mark.django_db
def test_no_sequence_of_deeds_by_anyone_breaks_a_rule(agreements, texts):
    machine = type("Story", (Road,), {"cast": gather_cast()})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=40,
            deadline=None,
            derandomize="PROPERTY_STORIES" not in os.environ,
            database=None,
            # Finding the shortest story takes minutes; PROPERTY_SHORTEN=1 does it.
            phases=[Phase.generate, *([Phase.shrink] if os.environ.get("PROPERTY_SHORTEN") else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(DONE) > len(DEEDS) / 3, "the stories went nowhere"


def test_every_deed_about_an_initiative_takes_part():
    """Whoever adds a deed adds it to tests/journeys/property/deeds, in the module of what it is about."""
    folder = Path(property_deeds.__file__).parent
    tried = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    # Saying whose it is stands there as its two answers.
    missing = {one.act.__name__ for one in of_rooms()} - tried - {"answer_claim"}

    assert missing == set(), f"add these to a module of {folder.relative_to(Path.cwd())}"


# What is done there is about accounts and agreements, not about an initiative.
OTHER_ROOMS = {"people", "governance"}


def of_rooms():
    """Yield every deed that a room has, whichever room it is: a new one takes part by itself."""
    for room in rooms.ROOMS:
        module = f"socialewifi.{room.name}.deeds"
        if room.name in OTHER_ROOMS or find_spec(module) is None:
            continue
        lists = [found for found in vars(import_module(module)).values() if isinstance(found, tuple)]
        yield from (one for found in lists for one in found if isinstance(one, core_deeds.Deed))
