"""A code on paper opens one idea, so a letter may go to an address that somebody else typed (R14)."""

import re

import pytest

from socialewifi.core.models import Message
from socialewifi.core.tests.factories import TextFactory, write_texts
from socialewifi.initiatives.actions.inform import tell_initiator
from socialewifi.initiatives.actions.initiators import HasLeft
from socialewifi.initiatives.models import Initiative, Initiator
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.people.actions.keys import open_with_key
from socialewifi.people.models import AccessKey, User
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.support.actions.letters import give_access_letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreements")]


@pytest.fixture(autouse=True)
def _text(region):
    TextFactory(code="report-confirmed", body="Dag {{ name }}\n\nJe code is {{ access_code }}\n\nTot gauw")


def test_the_code_of_a_letter_opens_one_idea_and_nothing_else_of_who_has_the_address(resident):
    """Whoever types the e-mail address of a neighbour, and their own street, gets into what they told themselves."""
    InitiativeFactory(owners=[resident])
    typed = InitiatorFactory(
        user=UserFactory(email=None),
        email=resident.email,
        address="Andere straat 2",
        preferred_channel=User.Channel.LETTER,
    )

    tell_initiator(initiator=typed, code="report-confirmed", at=NOON)

    code = re.search(r"Je code is (\S+)", Message.objects.letters().get().body)[1]
    opened = open_with_key(kind=AccessKey.Kind.LETTER, typed=code, at=NOON)
    assert Initiative.objects.owned_by(opened).get() == typed.initiative


def test_who_has_no_mail_gets_the_code_in_the_letter():
    initiator = InitiatorFactory(by_letter=True)

    tell_initiator(initiator=initiator, code="report-confirmed", at=NOON)

    assert "Je code is" in Message.objects.letters().get().body
    assert initiator.user.access_keys.get().kind == AccessKey.Kind.LETTER


@pytest.mark.parametrize("channel", [User.Channel.EMAIL, User.Channel.PHONE, User.Channel.LETTER])
def test_whoever_has_a_mailbox_of_their_own_reads_there_that_a_code_was_made(guide, resident, municipality, channel):
    write_texts()
    initiative = InitiativeFactory(exploring=True, municipality=municipality, contact_person=guide)
    initiator = InitiatorFactory(
        initiative=initiative,
        user=resident,
        preferred_channel=channel,
        phone="06 00 00 00 00",
        address="Dorpsstraat 1\n1234 AB Waterdorp",
    )

    give_access_letter(initiator=initiator, by=guide, at=NOON)

    told = Message.objects.mails().get()
    assert told.to_email == resident.email
    assert "code op papier" in told.body


def test_who_says_an_idea_is_theirs_while_a_code_waits_for_its_turn_reads_of_it_too(guide, resident, municipality):
    write_texts()
    initiative = InitiativeFactory(exploring=True, municipality=municipality, contact_person=guide)
    owner = InitiatorFactory(initiative=initiative, user=UserFactory(offline=True), email=resident.email)
    before = Initiator.objects.select_related("user").get(pk=owner.pk)
    User.objects.filter(pk=owner.user_id).update(account=resident)

    give_access_letter(initiator=before, by=guide, at=NOON)

    assert "code op papier" in Message.objects.mails().get(to_email=resident.email).body


def test_who_left_meanwhile_gets_no_code(guide, municipality):
    initiative = InitiativeFactory(exploring=True, municipality=municipality, contact_person=guide)
    InitiatorFactory(initiative=initiative)
    left = InitiatorFactory(initiative=initiative)
    before = Initiator.objects.select_related("user").get(pk=left.pk)
    Initiator.objects.filter(pk=left.pk).update(left_at=NOON)

    with pytest.raises(HasLeft):
        give_access_letter(initiator=before, by=guide, at=NOON)

    assert not AccessKey.objects.exists()
