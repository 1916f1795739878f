"""Effect stories: told in one's own words, shown when every initiator agrees, taken back at any moment (R4, R10)."""

import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.road import withdraw_initiative
from socialewifi.initiatives.models import Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.publication.actions.consents import StoryTakenBack, give_consent, withdraw_consent
from socialewifi.publication.actions.stories import AlreadyTakenBack, take_back_story, tell_story, write_story

# What is written down for someone is told to them at once.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreements", "texts")]

STORY = {"title": "De eerste oogst", "body": "Vijftig buren aten soep."}


@pytest.fixture
def initiative(resident, guide, municipality):
    return InitiativeFactory(supporting=True, contact_person=guide, municipality=municipality, owners=[resident])


@pytest.fixture
def second(initiative):
    user = UserFactory(name="Bas Tweede")
    InitiatorFactory(initiative=initiative, user=user)
    return user


def is_public(story):
    story.refresh_from_db()
    return story.published_at is not None


def test_a_story_shows_when_its_only_initiator_agrees(initiative, resident):
    story = tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)

    assert is_public(story)
    assert Notice.objects.get().user == initiative.contact_person


def test_a_story_without_consent_stays_with_the_initiators(initiative, resident):
    story = tell_story(initiative=initiative, **STORY, agrees=False, by=resident, at=NOON)

    assert not is_public(story)


def test_a_story_of_two_waits_for_the_second(initiative, resident, second):
    story = tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)
    assert not is_public(story)

    give_consent(initiative=initiative, story=story, by=second, at=NOON)

    assert is_public(story)


def test_any_initiator_hides_a_story(initiative, resident, second):
    story = tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)
    give_consent(initiative=initiative, story=story, by=second, at=NOON)

    withdraw_consent(initiative=initiative, story=story, by=resident, at=NOON)

    assert not is_public(story)


def test_consent_to_the_page_is_no_consent_to_a_story(initiative, resident):
    InitiativeFactory(published=True)
    story = tell_story(initiative=initiative, **STORY, agrees=False, by=resident, at=NOON)
    initiative.public_text = "Kom kijken."
    initiative.save()

    give_consent(initiative=initiative, by=resident, at=NOON)

    assert not is_public(story)


def test_the_teller_takes_a_story_back_for_good(initiative, resident):
    story = tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)

    take_back_story(story=story, by=resident, at=NOON)

    assert not is_public(story)
    with pytest.raises(AlreadyTakenBack):
        take_back_story(story=story, by=resident, at=NOON)
    with pytest.raises(StoryTakenBack):
        give_consent(initiative=initiative, story=story, by=resident, at=NOON)


def test_only_the_teller_takes_a_story_back(initiative, resident, second, guide):
    story = tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)

    for someone in (second, guide):
        with pytest.raises(NotAllowed):
            take_back_story(story=story, by=someone, at=NOON)


def test_a_guide_writes_down_a_story_told_on_the_phone(initiative, offline_resident, guide, resident):
    InitiatorFactory(initiative=initiative, user=offline_resident, offline=True)
    teller = initiative.initiators.get(user=offline_resident)

    story = write_story(
        initiative=initiative, initiator=teller, **STORY, agrees=True, through="phone", by=guide, at=NOON
    )

    assert (story.told_by, story.written_by, story.told_through) == (offline_resident, guide, "phone")
    assert story.consents.get().recorded_by == guide
    assert not is_public(story)
    told = Event.objects.about(initiative).get(kind="initiatives.story.written")
    assert said(told) == "Olaf Inwoner vertelde wat het bracht: ‘De eerste oogst’. Gijs Begeleider schreef het op."


def test_who_has_no_email_is_asked_on_the_phone(initiative, resident, offline_resident):
    InitiatorFactory(initiative=initiative, user=offline_resident, offline=True)

    tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)

    assert "Vind jij dat ook goed?" in Task.objects.get().words


@pytest.mark.parametrize("state", ["reported", "exploring", "assessing", "declined"])
def test_there_is_no_story_before_there_is_help(resident, state):
    initiative = InitiativeFactory(owners=[resident], **({state: True} if state != "reported" else {}))

    with pytest.raises(NotAllowed):
        tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)


def test_a_story_goes_offline_when_the_initiators_stop(initiative, resident):
    story = tell_story(initiative=initiative, **STORY, agrees=True, by=resident, at=NOON)

    withdraw_initiative(initiative=initiative, by=resident, at=NOON)

    assert not is_public(story)
