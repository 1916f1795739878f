"""Showing the page takes every initiator's yes, and each can take it back (R4, R10)."""

import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Notice
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.road import reopen_initiative, withdraw_initiative
from socialewifi.initiatives.models import Consent, Initiative
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.ownership import leave_initiative
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.publication.actions.consents import (
    AlreadyAgreed,
    NotAgreed,
    NotLookedAt,
    PublicTextMissing,
    edit_public_text,
    give_consent,
    publish_page,
    record_consent,
    withdraw_consent,
)

# What is written down for someone is told to them at once.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreements", "texts")]

TEXT = "We maken een tuin. Kom je kijken?"


@pytest.fixture
def initiative(resident, guide, municipality):
    return InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality, owners=[resident])


@pytest.fixture
def second(initiative):
    user = UserFactory(name="Bas Tweede")
    InitiatorFactory(initiative=initiative, user=user)
    return user


def is_public(initiative):
    return Initiative.objects.published().filter(pk=initiative.pk).exists()


def words_of(initiative):
    return [said(event) for event in Event.objects.about(initiative).order_by("pk")]


def test_a_page_of_one_initiator_shows_at_their_yes(initiative, resident):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)

    assert is_public(initiative)
    assert words_of(initiative) == [
        "Roos Inwoner schreef wat anderen op jullie pagina lezen.",
        "Roos Inwoner vindt het goed dat anderen jullie pagina zien.",
        "Iedereen kan nu jullie pagina zien.",
    ]


def test_a_page_of_two_waits_for_the_second_who_is_asked(initiative, resident, second):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)

    assert not is_public(initiative)
    assert Notice.objects.filter(user=second, words__contains="Vind jij dat ook goed?").exists()

    give_consent(initiative=initiative, by=second, at=NOON)

    assert is_public(initiative)


def test_any_initiator_takes_the_page_offline_at_once(initiative, resident, second):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)
    give_consent(initiative=initiative, by=second, at=NOON)

    withdraw_consent(initiative=initiative, by=second, at=NOON)

    assert not is_public(initiative)
    assert words_of(initiative)[-1] == "Alleen jullie zien de pagina nog."


def test_an_initiator_who_left_no_longer_stands_in_the_way(initiative, resident, second):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)

    leave_initiative(initiative=initiative, by=second, at=NOON)

    assert is_public(initiative)


def test_nobody_at_work_publishes_a_page(initiative, guide, coordinator, stranger):
    for someone in (guide, coordinator, stranger):
        with pytest.raises(NotAllowed):
            publish_page(initiative=initiative, public_text=TEXT, by=someone, at=NOON)
        with pytest.raises(NotAllowed):
            edit_public_text(initiative=initiative, public_text=TEXT, by=someone, at=NOON)


def test_a_page_that_says_nothing_is_not_shown(initiative, resident):
    with pytest.raises(PublicTextMissing):
        publish_page(initiative=initiative, public_text="", by=resident, at=NOON)


def test_agreeing_twice_and_taking_back_nothing_are_refused(initiative, resident):
    with pytest.raises(NotAgreed):
        withdraw_consent(initiative=initiative, by=resident, at=NOON)
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)
    with pytest.raises(AlreadyAgreed):
        give_consent(initiative=initiative, by=resident, at=NOON)


def test_another_text_leaves_the_page_public_and_tells_the_others(initiative, resident, second):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)
    give_consent(initiative=initiative, by=second, at=NOON)

    edit_public_text(initiative=initiative, public_text="Kom zaterdag!", by=second, at=NOON)

    assert is_public(initiative)
    assert Notice.objects.filter(user=resident, words__startswith="Bas Tweede veranderde de tekst").exists()


def test_a_guide_writes_down_a_yes_given_on_the_phone(initiative, resident, offline_resident, guide):
    initiator = InitiatorFactory(initiative=initiative, user=offline_resident, offline=True)
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)

    record_consent(initiative=initiative, initiator=initiator, agrees=True, through="phone", by=guide, at=NOON)

    consent = Consent.objects.get(initiator=initiator)
    assert (consent.given_through, consent.recorded_by) == ("phone", guide)
    assert is_public(initiative)
    event = Event.objects.about(initiative).get(kind="initiatives.page.consented", by=guide)
    assert event.on_behalf_of == "Olaf Inwoner"


def test_a_guide_writes_down_a_no_given_on_the_phone_and_the_page_is_hidden(initiative, resident, guide):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)

    record_consent(
        initiative=initiative, initiator=initiative.initiators.get(), agrees=False, through="phone", by=guide, at=NOON
    )

    assert not is_public(initiative)


def test_a_guide_of_another_subregion_writes_down_nothing(initiative, other_guide):
    with pytest.raises(NotAllowed):
        record_consent(
            initiative=initiative,
            initiator=initiative.initiators.get(),
            agrees=True,
            through="phone",
            by=other_guide,
            at=NOON,
        )


def test_who_stops_and_starts_again_is_asked_again(initiative, resident, agreements):
    publish_page(initiative=initiative, public_text=TEXT, by=resident, at=NOON)

    withdraw_initiative(initiative=initiative, by=resident, at=NOON)
    reopen_initiative(initiative=initiative, reason="Toch weer zin.", by=resident, at=NOON)

    assert not is_public(initiative)
    assert not Consent.objects.in_force().exists()


def test_an_idea_that_a_machine_may_have_told_is_shown_once_a_person_saw_it(resident):
    idea = InitiativeFactory(doubt="fast", owners=[resident])

    with pytest.raises(NotLookedAt):
        publish_page(initiative=idea, public_text="Bel 0900.", by=resident, at=NOON)

    idea.refresh_from_db()
    assert (idea.published_at, idea.public_text) == (None, "")
