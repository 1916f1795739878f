"""A letter that waits while its reader moves never goes to the old street, and its words are not lost (R10, R14)."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from socialewifi.core import events
from socialewifi.core.models import WIPED, Event, Message, Text
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.inform import tell_initiator
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.owners.actions.ownership import correct_reach, write_reach
from socialewifi.people.actions.accounts import close_account, withdraw_access
from socialewifi.people.actions.keys import KeyDoesNotOpen, open_with_key
from socialewifi.people.models import AccessKey, User
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.support.actions.letters import post_letters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts", "agreements", "region")]
CODE = re.compile(r"Je code is (\S+)")
OLD, NEW = "Dorpsstraat 1\n1234 AB Waterdorp", "Nieuwe straat 2\n4321 BA Waterdorp"


@pytest.fixture(autouse=True)
def _words(texts):
    body = "Dag {{ name }}\n\nJe code is {{ access_code }}\n\nDe vraag: samen met {{ other }}?"
    Text.objects.filter(code="join-asked").update(subject="Een vraag", body=body)


@pytest.fixture
def owner(guide, municipality):
    one = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    return InitiatorFactory(initiative=one, by_letter=True)


@pytest.fixture
def letter(owner):
    """A letter with a code that waits for them."""
    return write(owner)


def write(owner):
    tell_initiator(initiator=owner, code="join-asked", at=NOON, other="De buren", asker="Gijs", due=NOON)
    return Message.objects.letters().latest("pk")


def as_known(owner, **changes):
    fields = ("name", "email", "phone", "address", "preferred_channel", "preferred_times", "language")
    return replace(Who(**{field: getattr(owner, field) for field in fields}), **changes)


def move(owner, **changes):
    """Say oneself how one is reached from now on."""
    correct_reach(initiative=owner.initiative, who=as_known(owner, **changes), by=owner.user, at=NOON)
    owner.refresh_from_db()


def write_down(owner, guide, **changes):
    write_reach(initiator=owner, who=as_known(owner, **changes), by=guide, at=NOON)
    owner.refresh_from_db()


def opens(code):
    try:
        open_with_key(kind=AccessKey.Kind.LETTER, typed=code, at=NOON)
    except KeyDoesNotOpen:
        return False
    return True


@pytest.mark.parametrize("written_at_work", [False, True])
def test_what_waits_for_the_old_street_goes_to_the_new_one_with_another_code(owner, letter, guide, written_at_work):
    old_code = CODE.search(letter.body)[1]

    if written_at_work:
        write_down(owner, guide, address=NEW)
    else:
        move(owner, address=NEW)

    letter.refresh_from_db()
    again = Message.objects.letters().waiting().get(kind="join-asked")
    new_code = CODE.search(again.body)[1]
    assert (letter.withdrawn_at, letter.sent_at, old_code in letter.body) == (NOON, None, False)
    assert (again.to_address, again.recipient, again.subject_id) == (NEW, owner.user, owner.initiative_id)
    assert again.body == letter.body.replace(WIPED, new_code)
    assert (opens(old_code), opens(new_code), again.secrets) == (False, True, [new_code])


def test_the_notice_that_an_address_was_written_down_still_goes_to_the_old_street(owner, letter, guide):
    write_down(owner, guide, address=NEW)
    write_down(owner, guide, address="Derde straat 3")

    notices = Message.objects.letters().waiting().filter(kind="written-for-you")
    assert sorted(notices.values_list("to_address", flat=True)) == sorted(
        [OLD, NEW, "Derde straat 3", "Derde straat 3"]
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"preferred_channel": User.Channel.PHONE},
        {"preferred_channel": User.Channel.PHONE, "address": ""},
    ],
)
def test_who_is_no_longer_reached_by_letter_is_told_on_the_phone_without_the_code(owner, letter, guide, changes):
    old_code = CODE.search(letter.body)[1]

    move(owner, **{"address": NEW, **changes})

    call = Task.objects.get(kind=Task.Kind.CALL)
    told = said(Event.objects.get(kind="initiatives.letter.withdrawn"))
    assert told.endswith("We bellen over wat erin staat.")
    assert (call.to_call, call.assignee) == (owner, guide)
    assert (call.what, call.words) == (
        f"Bel {owner.name}: Een vraag",
        f"Dag {owner.name}\n\nDe vraag: samen met De buren?",
    )
    assert old_code not in call.words
    assert not Message.objects.letters().waiting().exists()


def test_who_is_mailed_from_now_on_is_mailed_the_words_without_the_code(owner, letter):
    move(owner, address=NEW, preferred_channel=User.Channel.EMAIL, email="olaf@voorbeeld.test")

    mail = Message.objects.get(kind="join-asked", channel=Message.Channel.EMAIL)
    assert (mail.to_email, mail.subject, mail.recipient) == ("olaf@voorbeeld.test", "Een vraag", owner.user)
    assert mail.body == f"Dag {owner.name}\n\nDe vraag: samen met De buren?"
    assert said(Event.objects.get(kind="initiatives.letter.withdrawn")).endswith("We mailen wat erin staat.")
    assert not Task.objects.exists()


def test_on_the_phone_no_address_of_a_page_is_read_out(owner):
    Text.objects.filter(code="join-asked").update(body="Dag\n\nKijk op {{ base_url }}{{ page }}\n\nWil je dat?")
    write(owner)

    move(owner, address=NEW, preferred_channel=User.Channel.PHONE)

    assert Task.objects.get(kind=Task.Kind.CALL).words == "Dag\n\nWil je dat?"


def test_who_is_let_in_no_longer_gets_the_words_without_a_code(owner, letter, guide):
    User.objects.filter(pk=owner.user_id).update(is_active=False)

    write_down(owner, guide, address=NEW)

    again = Message.objects.letters().waiting().get(kind="join-asked")
    assert (again.body, again.secrets) == (f"Dag {owner.name}\n\nDe vraag: samen met De buren?", [])


def test_the_initiators_read_that_a_letter_was_taken_back(owner, letter):
    move(owner, address=NEW)

    event = Event.objects.get(kind="initiatives.letter.withdrawn")
    assert said(event) == (
        f"Een brief voor {owner.name} (Een vraag) gaat niet op de post, want het adres veranderde. "
        "We sturen een nieuwe brief."
    )
    assert events.words(event, language="en").endswith("because the address changed. We send a new letter.")
    assert events.words(event, language="de").endswith("Wir schicken einen neuen Brief.")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Olaf de Wit"},
        {"phone": "06 99 99 99 99"},
        {"language": "de"},
        {"preferred_channel": User.Channel.PHONE},
        {"email": "olaf@voorbeeld.test"},
    ],
)
def test_with_the_same_address_a_letter_waits_as_it_did(owner, letter, changes):
    move(owner, **changes)

    letter.refresh_from_db()
    assert letter.withdrawn_at is None
    assert opens(CODE.search(letter.body)[1])
    assert Message.objects.letters().count() == 1


def test_what_was_posted_and_what_goes_to_another_address_or_person_stays(owner, letter, guide):
    neighbour = write(InitiatorFactory(initiative=owner.initiative, by_letter=True))
    elsewhere = write(owner)
    elsewhere.pk, elsewhere.to_address = None, "Heel ergens anders 9"
    elsewhere.save()
    post_letters(letters=[letter], by=guide, at=NOON)

    move(owner, address=NEW)

    for one in (letter, neighbour, elsewhere):
        one.refresh_from_db()
        assert one.withdrawn_at is None
    assert letter.sent_at == NOON


def test_after_several_moves_in_a_row_one_letter_waits_for_the_newest_street(owner, letter):
    for street in (NEW, "Derde straat 3", OLD, "Vierde straat 4"):
        move(owner, address=street)

    waiting = Message.objects.letters().waiting().get()
    assert waiting.to_address == "Vierde straat 4"
    assert opens(CODE.search(waiting.body)[1])
    assert Message.objects.letters().filter(withdrawn_at__isnull=False).count() == 4


def test_a_letter_taken_back_is_no_longer_counted_as_waiting(client, owner, letter, guide):
    move(owner, address=NEW, preferred_channel=User.Channel.PHONE)
    client.force_login(guide)

    assert "0 brieven wachten" in client.get(reverse("letter-list")).content.decode()
    assert client.get(reverse("today")).context["letters"] == 0


def test_another_mailbox_leaves_the_code_of_a_letter_to_the_same_street_as_it_was(owner, letter):
    move(owner, email="een@voorbeeld.test")
    move(owner, email="twee@voorbeeld.test")

    waiting = Message.objects.letters().waiting().get()
    assert waiting == letter
    assert opens(CODE.search(waiting.body)[1])


def test_written_down_at_work_every_code_ends_and_the_letter_waits_with_a_new_one(owner, letter, guide):
    move(owner, email="een@voorbeeld.test")
    write_down(owner, guide, email="twee@voorbeeld.test")

    told = Message.objects.letters().waiting().filter(kind="join-asked").get()
    assert told.to_address == owner.address
    assert not opens(CODE.search(letter.body)[1])
    assert opens(CODE.search(told.body)[1])


def an_account_of(owner):
    account = UserFactory()
    User.objects.filter(pk=owner.user_id).update(account=account)
    return account


def test_where_all_access_of_an_account_ends_no_letter_waits_with_a_code_that_ended(owner, letter):
    withdraw_access(user=an_account_of(owner), by=None, at=NOON)

    told = Message.objects.letters().waiting().filter(kind="join-asked").get()
    assert not opens(CODE.search(letter.body)[1])
    assert opens(CODE.search(told.body)[1])


def test_whose_account_is_closed_gets_the_words_without_a_code(owner, letter, administrator):
    close_account(user=an_account_of(owner), reason="Op verzoek", by=administrator, at=NOON)

    told = Message.objects.letters().waiting().filter(kind="join-asked").get()
    assert (told.body, told.secrets) == (f"Dag {owner.name}\n\nDe vraag: samen met De buren?", [])
