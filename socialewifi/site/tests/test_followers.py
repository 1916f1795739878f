"""Who follows an idea because theirs went on in it: told what happens since, without who and where (R4)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from socialewifi.assessment.actions.advice import give_advice
from socialewifi.assessment.actions.opening import open_assessment
from socialewifi.assessment.actions.outcome import Part, set_route
from socialewifi.assessment.actions.scoring import Score, score_criteria
from socialewifi.assessment.models import RoutePart
from socialewifi.assessment.tests.factories import CriterionFactory
from socialewifi.core.models import Message
from socialewifi.initiatives.actions.conversation import write_to_initiators
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.road import agree_landing_signs
from socialewifi.initiatives.tests.factories import (
    DeadlineFactory,
    InitiativeFactory,
    InitiatorFactory,
    SupportKindFactory,
    join,
)
from socialewifi.owners.actions.ownership import leave_initiative, write_reach
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.support.actions.promises import promise_support

DAY = timedelta(days=1)
TELLING = ("Bas Ymker", "06 87 65 43 22", "Kerkstraat 12")
SAID = "We spraken Bas Ymker, 06 87 65 43 22, Kerkstraat 12."


@pytest.fixture
def owner(db):
    return UserFactory(name="Bas Ymker")


@pytest.fixture
def follower(db):
    return UserFactory(name="Roos Xaver")


@pytest.fixture
def lived(municipality, guide, owner, follower, agreements, texts, monkeypatch):
    """Let the follower's idea go on in the owner's, at this step."""
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 5 * DAY)

    def live(**how):
        common = {"municipality": municipality, "contact_person": guide}
        mine = InitiativeFactory(title="Van Roos", owners=[follower], **common, **how)
        theirs = InitiativeFactory(title="Van Bas", owners=[owner], **common, **how)
        return mine, theirs

    return live


def page(user, initiative):
    client = Client()
    client.force_login(user)
    return client.get(reverse("mine-initiative", args=[initiative.key])).content.decode()


def test_the_outcome_tells_a_follower_not_who_and_where(lived, guide, coordinator, panel_members, owner, follower):
    mine, theirs = lived(exploring=True)
    DeadlineFactory(initiative=theirs, kind="exploration")
    join(mine, theirs, by=guide, at=NOON + DAY)
    theirs.refresh_from_db()
    weighing = open_assessment(initiative=theirs, members=panel_members, by=coordinator, at=NOON + DAY)
    score_criteria(assessment=weighing, scores=[Score(CriterionFactory(), "yes", "Ja")], by=guide, at=NOON + DAY)
    for member in panel_members:
        give_advice(seat=weighing.seats.get(member=member), choice="do", reason=SAID, by=member, at=NOON + 2 * DAY)
    part = Part(RoutePart.Kind.SUPPORT, SAID, support_kind=SupportKindFactory())
    set_route(assessment=weighing, outcome="support", reason=SAID, parts=[part], by=coordinator, at=NOON + 3 * DAY)

    assert [word for word in TELLING if word in page(follower, theirs)] == []
    assert SAID in page(owner, theirs)


def test_help_and_landing_signs_tell_a_follower_not_who_and_nothing_of_before(lived, guide, owner, follower):
    mine, theirs = lived(sustaining=True, landing_signs="Van voor die tijd.", landing_signs_agreed_at=NOON)
    join(mine, theirs, by=guide, at=NOON + DAY)
    theirs.refresh_from_db()

    assert "Van voor die tijd." not in page(follower, theirs)
    assert "Van voor die tijd." in page(owner, theirs)

    agree_landing_signs(initiative=theirs, signs=SAID, by=guide, at=NOON + 2 * DAY)
    promise_support(
        initiative=theirs,
        kind=SupportKindFactory(),
        what=SAID,
        who="Bas Ymker",
        before_date=timezone.localdate(NOON) + 9 * DAY,
        by=guide,
        at=NOON + 2 * DAY,
    )

    assert [word for word in TELLING if word in page(follower, theirs)] == []
    assert "We spraken iemand van dit idee" in page(follower, theirs)


def test_a_name_that_was_written_down_for_an_initiator_is_not_told_to_a_follower(lived, guide, owner, follower):
    mine, theirs = lived(exploring=True)
    join(mine, theirs, by=guide, at=NOON + DAY)
    initiator = theirs.initiators.get(user__account=owner)
    for name in ("Sebastiaan Tuinman", "Bas Ymker"):
        who = Who(name=name, phone="06 87 65 43 22")
        write_reach(initiator=initiator, who=who, by=guide, at=NOON + 2 * DAY)

    assert "schreef op hoe we" in page(follower, theirs)
    assert "Sebastiaan" not in page(follower, theirs)


def test_no_mail_that_waits_goes_to_who_left(lived, guide):
    _mine, theirs = lived(exploring=True)
    leaver = UserFactory(name="Mia Mail")
    InitiatorFactory(initiative=theirs, user=leaver)
    write_to_initiators(initiative=theirs, body="Een bericht voor allen.", by=guide, at=NOON + DAY)
    waiting = Message.objects.waiting().filter(to_email=leaver.email)
    assert waiting.exists()

    leave_initiative(initiative=theirs, by=leaver, at=NOON + 2 * DAY)

    assert not waiting.exists()
