"""R4 in the database: what is published without the consent of every initiator is refused, whoever wrote it."""

import pytest
from django.db import IntegrityError, connection, transaction

from socialewifi.initiatives.models import EffectStory, Initiative
from socialewifi.initiatives.tests.factories import EffectStoryFactory, InitiativeFactory, InitiatorFactory
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db


def finish():
    """Check what the database checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


BREACHES = {
    "publishing without asking": lambda initiative: Initiative.objects.filter(pk=InitiativeFactory().pk).update(
        published_at=NOON
    ),
    "taking back a consent": lambda initiative: initiative.initiators.get().consents.update(withdrawn_at=NOON),
    "someone joining without consent": lambda initiative: InitiatorFactory(initiative=initiative, consent=False),
    "the last one leaving": lambda initiative: initiative.initiators.update(left_at=NOON),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_the_database_refuses_a_published_page_without_everyones_consent(breach):
    initiative = InitiativeFactory(published=True)
    finish()

    BREACHES[breach](initiative)

    with pytest.raises(IntegrityError, match="R4"), transaction.atomic():
        finish()
    Initiative.objects.update(published_at=None)


def test_the_database_refuses_a_published_story_without_everyones_consent():
    story = EffectStoryFactory(published=True)
    finish()

    story.consents.update(withdrawn_at=NOON)

    with pytest.raises(IntegrityError, match="R4"), transaction.atomic():
        finish()
    EffectStory.objects.update(published_at=None)


def test_the_database_accepts_a_page_to_which_everyone_agrees():
    initiative = InitiativeFactory(owners=[UserFactory(), UserFactory()], published=True)

    finish()

    assert list(Initiative.objects.published()) == [initiative]
