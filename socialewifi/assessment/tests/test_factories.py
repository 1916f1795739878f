import pytest

from socialewifi.assessment.models import Outcome
from socialewifi.assessment.tests import factories

pytestmark = pytest.mark.django_db

TRAITS = [
    (factories.CriterionFactory, [None, "living_environment", "knock_out"]),
    (factories.TriggerFactory, [None]),
    (factories.AssessmentFactory, [None, "returned"]),
    (factories.PanelSeatFactory, [None, "recused"]),
    (factories.PanelAdviceFactory, [None]),
    (factories.CriterionScoreFactory, [None]),
    (factories.AmbassadorQuestionFactory, [None, "answered"]),
    (factories.RoutePartFactory, [None]),
]


@pytest.mark.parametrize(("make", "trait"), [(make, trait) for make, traits in TRAITS for trait in traits])
def test_every_invented_row_keeps_the_rules(make, trait):
    row = make(**({trait: True} if trait else {}))

    row.clean_fields(exclude=[field.name for field in row._meta.fields if field.null])
    row.validate_constraints()


@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_invented_outcome_keeps_the_rules(outcome):
    factories.conclude(factories.AssessmentFactory(), outcome=outcome).validate_constraints()
