"""Every factory and every trait makes what the database and the models accept."""

import pytest

from socialewifi.initiatives.models import Step
from socialewifi.initiatives.tests import factories

TRAITS = [
    *((factories.InitiativeFactory, trait) for trait in factories.InitiativeFactory._meta.parameters),
    *((factories.InitiatorFactory, trait) for trait in factories.InitiatorFactory._meta.parameters),
    *((factories.ConsentFactory, trait) for trait in factories.ConsentFactory._meta.parameters),
    *((factories.EffectStoryFactory, trait) for trait in factories.EffectStoryFactory._meta.parameters),
    *((factories.InvitationFactory, trait) for trait in factories.InvitationFactory._meta.parameters),
    *((factories.DeadlineFactory, trait) for trait in factories.DeadlineFactory._meta.parameters),
    *((factories.PostFactory, trait) for trait in factories.PostFactory._meta.parameters),
    *((factories.TaskFactory, trait) for trait in factories.TaskFactory._meta.parameters),
    *((factories.SupportPromiseFactory, trait) for trait in factories.SupportPromiseFactory._meta.parameters),
]
PLAIN = [
    factories.ExplorationFactory,
    factories.HandoverFactory,
    factories.InterestFactory,
    factories.NoteFactory,
    factories.PauseFactory,
    factories.TargetGroupFactory,
    factories.ThemeFactory,
]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "trait"), TRAITS)
def test_every_trait_makes_a_row_that_is_allowed(make, trait):
    if make is factories.InitiativeFactory and trait == "weighed":
        row = make(weighed=True, step=Step.SUPPORTING)
    else:
        row = make(**{trait: True})

    row.clean_fields(exclude=[f.name for f in row._meta.fields if f.blank or f.null])


@pytest.mark.django_db
@pytest.mark.parametrize("make", PLAIN)
def test_every_factory_makes_a_row_that_is_allowed(make):
    assert make().pk
