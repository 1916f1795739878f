"""A code on paper opens everything of its owner, so it never goes to an address that somebody else may have typed."""

import pytest

from socialewifi.core.models import Message
from socialewifi.core.tests.factories import TextFactory
from socialewifi.initiatives.actions.inform import tell_initiator
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.people.models import AccessKey, User
from socialewifi.people.tests.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreements")]


@pytest.fixture(autouse=True)
def _text(region):
    TextFactory(code="report-confirmed", body="Dag {{ name }}\n\nJe code is {{ access_code }}\n\nTot gauw")


def test_who_is_known_by_mail_gets_a_letter_without_a_code(resident):
    """Whoever types the e-mail address of a neighbour, and their own street, would else get into that one's pages."""
    InitiativeFactory(owners=[resident])
    typed = InitiatorFactory(user=resident, address="Andere straat 2", preferred_channel=User.Channel.LETTER)

    tell_initiator(initiator=typed, code="report-confirmed", at=NOON)

    assert Message.objects.letters().get().body == f"Dag {typed.name}\n\nTot gauw"
    assert not AccessKey.objects.filter(kind=AccessKey.Kind.LETTER).exists()


def test_who_has_no_mail_gets_the_code_in_the_letter():
    initiator = InitiatorFactory(by_letter=True)

    tell_initiator(initiator=initiator, code="report-confirmed", at=NOON)

    assert "Je code is" in Message.objects.letters().get().body
    assert initiator.user.access_keys.get().kind == AccessKey.Kind.LETTER
