"""A letter that waits to be printed ends where a call does: with its question, or when its reader leaves (R10)."""

import pytest
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Event, Message, Text
from socialewifi.initiatives.actions.conversation import write_to_initiators
from socialewifi.initiatives.actions.doubles import answer_join, drop_join, propose_join, write_join_answer
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import LetterEnds, Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.ownership import correct_reach, leave_initiative
from socialewifi.people.actions.keys import revoke_key
from socialewifi.people.models import AccessKey, User
from socialewifi.people.queries import find_key
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.support.actions.letters import WasWithdrawn, post_letters, print_letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts", "agreements", "region")]


@pytest.fixture
def pair(guide, municipality):
    return [
        InitiativeFactory(title=title, exploring=True, contact_person=guide, municipality=municipality, owners=[owner])
        for title, owner in (("Klein", UserFactory()), ("Groot", UserFactory()))
    ]


@pytest.fixture
def lies(pair):
    return InitiatorFactory(initiative=pair[0], by_letter=True, user__name="Lies")


@pytest.fixture
def letter(pair, lies, guide):
    propose_join(initiative=pair[0], into=pair[1], by=guide, at=NOON)
    return waiting().get()


def waiting(kind="join-asked"):
    return Message.objects.letters().waiting().filter(kind=kind)


def why():
    return LetterEnds(Event.objects.get(kind="initiatives.letter.withdrawn").details["because"]).label


def test_a_question_taken_back_is_no_longer_posted(pair, letter, guide):
    drop_join(initiative=pair[0], by=guide, at=NOON)

    letter.refresh_from_db()
    assert letter.withdrawn_at == NOON
    assert why() == "de vraag om samen te gaan wacht niet meer op antwoord"


@pytest.mark.parametrize("agrees", [True, False])
def test_who_answered_gets_no_letter_that_asks_it(pair, lies, letter, guide, agrees):
    write_join_answer(initiator=lies, agrees=agrees, through="phone", by=guide, at=NOON)

    assert not waiting().exists()
    assert waiting("written-for-you").exists()


def test_who_did_not_answer_yet_is_still_asked(pair, letter, guide):
    answer_join(initiative=pair[1], agrees=True, by=pair[1].initiators.get().user, at=NOON)

    assert waiting().get() == letter


def test_a_letter_to_who_left_is_not_posted(pair, lies, guide):
    write_to_initiators(initiative=pair[0], body="Van de groep", by=guide, at=NOON)
    assert waiting("message-received").exists()

    leave_initiative(initiative=pair[0], by=User.objects.get(pk=lies.user_id), at=NOON)

    assert not Message.objects.letters().waiting().exists()
    assert why() == "diegene doet niet meer mee"


@pytest.mark.parametrize("deed", [print_letters, post_letters])
def test_a_letter_that_ended_is_refused_with_the_true_reason(pair, letter, guide, deed):
    drop_join(initiative=pair[0], by=guide, at=NOON)

    with pytest.raises(WasWithdrawn, match="de vraag om samen te gaan wacht niet meer op antwoord"):
        deed(letters=[letter], by=guide, at=NOON)


def test_the_list_of_letters_says_why_each_ended(client, pair, letter, guide):
    drop_join(initiative=pair[0], by=guide, at=clock.now())
    client.force_login(guide)

    page = client.get(reverse("letter-list")).content.decode()
    assert "de vraag om samen te gaan wacht niet meer op antwoord" in page
    assert "het adres veranderde" not in page


def test_a_call_made_of_a_moved_letter_ends_with_its_question(pair, lies, letter, guide):
    who = Who(name="Lies", phone="06 00 00 00 00", preferred_channel="phone")
    correct_reach(initiative=pair[0], who=who, by=lies.user, at=NOON)
    assert Task.objects.open().filter(to_call=lies).exists()

    drop_join(initiative=pair[0], by=guide, at=NOON)

    assert not Task.objects.open().filter(to_call=lies, joining__isnull=False).exists()


def test_a_code_that_its_owner_ends_stands_in_no_letter_that_waits(pair, guide):
    Text.objects.filter(code="join-asked").update(body="Dag {{ name }}\n\nJe code is {{ access_code }}")
    lies = InitiatorFactory(initiative=pair[0], by_letter=True, user__name="Lies")
    propose_join(initiative=pair[0], into=pair[1], by=guide, at=NOON)
    (code,) = waiting().get().secrets

    revoke_key(key=find_key(AccessKey.Kind.LETTER, code), by=lies.user, at=NOON)

    (newer,) = waiting().get().secrets
    assert newer != code
    assert find_key(AccessKey.Kind.LETTER, newer).is_usable(NOON)
