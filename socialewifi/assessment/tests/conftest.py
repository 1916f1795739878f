"""What every weighing test starts from: an initiative being explored, a panel, and texts to tell people with."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from socialewifi.assessment.actions.advice import give_advice
from socialewifi.assessment.actions.opening import open_assessment
from socialewifi.assessment.actions.outcome import Part, set_route
from socialewifi.assessment.actions.scoring import Score, score_criteria
from socialewifi.assessment.models import Criterion, RoutePart
from socialewifi.assessment.tests.factories import CriterionFactory, TriggerFactory
from socialewifi.core.tests.factories import TextFactory
from socialewifi.initiatives.models import Deadline
from socialewifi.initiatives.tests.factories import DeadlineFactory, InitiativeFactory, SupportKindFactory
from socialewifi.people.tests.factories import NOON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def pages(client, coordinator, monkeypatch):
    """The pages as the coordinator sees them, two days after NOON."""
    monkeypatch.setattr("socialewifi.core.clock.now", lambda: NOON + 2 * DAY)
    client.force_login(coordinator)
    return client


@pytest.fixture
def texts(db):
    TextFactory(
        code="outcome", body="{{ outcome }}\n\n{{ reason }}\n\n{{ parts }}\n\n{{ alternative }}\n\n{{ advices }}"
    )
    TextFactory(code="weighing-returned", body="{{ reason }}")
    TextFactory(code="advice-written", body="{{ writer }}\n\n{{ choice }}\n\n{{ reason }}\n\n{{ base_url }}{{ page }}")
    TextFactory(code="municipality-answer-written", body="{{ writer }}\n\n{{ speaker }}\n\n{{ answer }}")
    TextFactory(code="written-for-you", body="{{ writer }}\n\n{{ words }}")
    TextFactory(code="ambassador-question", body="{{ question }}\n\n{{ base_url }}{{ page }}")


@pytest.fixture
def initiative(municipality, guide, resident, agreements, texts):
    """Being explored by ``guide``, of ``resident``, in ``municipality``."""
    initiative = InitiativeFactory(
        title="Moestuin de Groene Hoek",
        exploring=True,
        contact_person=guide,
        municipality=municipality,
        owners=[resident],
    )
    DeadlineFactory(initiative=initiative, kind=Deadline.Kind.EXPLORATION)
    return initiative


@pytest.fixture
def trigger(db):
    return TriggerFactory()


@pytest.fixture
def knock_out(db):
    return CriterionFactory(code="geen-vast-geld", name="Geen vast geld", knock_out=True)


@pytest.fixture
def criteria(knock_out):
    return [CriterionFactory(code="gedragen", name="Inwoners dragen het"), knock_out]


@dataclass
class Weighing:
    """The deeds of a weighing with what does not matter to a test filled in."""

    coordinator: object
    guide: object
    members: list
    support_kind: object

    def open(self, initiative, **fields):
        fields = {"members": self.members, "by": self.coordinator, "at": NOON, **fields}
        return open_assessment(initiative=initiative, **fields)

    def score(self, assessment, answer="yes", criteria=None):
        found = criteria or Criterion.objects.filter(group="base")
        scores = [Score(criterion, answer, "Zo is het.") for criterion in found]
        score_criteria(assessment=assessment, scores=scores, by=self.guide, at=NOON + HOUR)

    def advise(self, assessment, *members, choice="do", reason="Mooi plan.", at=NOON + DAY):
        for member in members or self.members:
            seat = assessment.seats.get(member=member)
            give_advice(seat=seat, choice=choice, reason=reason, by=member, at=at)

    def part(self, **fields):
        fields = {"kind": RoutePart.Kind.SUPPORT, "support_kind": self.support_kind, "reason": "Dat helpt.", **fields}
        return Part(**fields)

    def conclude(self, assessment, **fields):
        fields = {
            "outcome": "support",
            "reason": "De hele buurt doet mee.",
            "parts": [self.part()],
            "by": self.coordinator,
            "at": NOON + 2 * DAY,
            **fields,
        }
        return set_route(assessment=assessment, **fields)


@pytest.fixture
def weighing(coordinator, guide, panel_members, criteria):
    return Weighing(coordinator, guide, panel_members, SupportKindFactory())


@pytest.fixture
def assessment(weighing, initiative):
    """Open since NOON, with the three panel members."""
    return weighing.open(initiative)
