"""Whoever types an address cannot use the platform to mail strangers (R14)."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from socialewifi.core import clock
from socialewifi.core.errors import DomainError
from socialewifi.core.models import Message, Notice
from socialewifi.core.redaction import without_links
from socialewifi.core.tests.factories import write_texts
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.actions import inform, strangers
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.road import reopen_initiative, withdraw_initiative
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.initiatives.tests.telling import ready_to_report, send, tell
from socialewifi.owners.actions import invitations
from socialewifi.owners.actions.invitations import AlreadyAsked, TooManyAsked, invite_initiator
from socialewifi.owners.actions.ownership import CHANGES_A_DAY, ChangedOften, NotLookedAt, correct_reach
from socialewifi.people.tests.factories import NOON, UserFactory

pytestmark = pytest.mark.django_db
VICTIM = "slachtoffer@voorbeeld.test"
LINKS = (
    "Win nu https://evil.test/prijs",
    "evil.test",
    "Kijk op www.evil.test!",
    "evil.test/prijs",
    "mailto:baas@evil.test",
    "javascript:alert(1)",
    "http:evil.test",
    "evil。test",
)
PRESSABLE = re.compile(r"\w[.。]\w{2}|://|mailto:|javascript:", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _words(agreements, region):
    write_texts()


@pytest.fixture
def initiative(resident, guide, municipality):
    return InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality, owners=[resident])


def invite(initiative, by, email, *, at=NOON, name="Bo"):
    return invite_initiator(initiative=initiative, name=name, email=email, by=by, at=at)


def test_few_questions_wait_for_an_answer_at_once(initiative, resident):
    for number in range(invitations.WAITING_AT_ONCE):
        invite(initiative, resident, f"buur{number}@voorbeeld.test")

    with pytest.raises(TooManyAsked, match="wachten al 5"):
        invite(initiative, resident, "nog.een@voorbeeld.test")


def test_taking_questions_back_makes_no_room_for_a_crowd(initiative, resident):
    for number in range(invitations.ASKED_PER_DAY):
        asked = invite(initiative, resident, f"buur{number}@voorbeeld.test")
        invitations.revoke_invitation(invitation=asked, by=resident, at=NOON)

    with pytest.raises(TooManyAsked, match="vandaag al veel"):
        invite(initiative, resident, "nog.een@voorbeeld.test")
    assert invite(initiative, resident, "nog.een@voorbeeld.test", at=NOON + timedelta(days=2))


@pytest.mark.parametrize("how", ["revoked", "refused"])
def test_nobody_is_asked_again_after_a_no_or_a_question_taken_back(initiative, resident, how):
    asked = invite(initiative, resident, VICTIM)
    if how == "revoked":
        invitations.revoke_invitation(invitation=asked, by=resident, at=NOON)
    else:
        invitations.refuse_invitation(invitation=asked, at=NOON)

    with pytest.raises(AlreadyAsked):
        invite(initiative, resident, VICTIM, at=NOON + timedelta(days=30))
    assert Message.objects.filter(to_email=VICTIM).count() == 1


def test_nor_is_someone_with_a_telephone_only(initiative, resident):
    phone = {"name": "Bo", "phone": "06 12345678", "by": resident, "at": NOON}
    asked = invite_initiator(initiative=initiative, **phone)
    invitations.revoke_invitation(invitation=asked, by=resident, at=NOON)

    with pytest.raises(AlreadyAsked):
        invite_initiator(initiative=initiative, **phone)


def test_one_mailbox_is_not_filled_from_many_ideas(resident, municipality):
    for _n in range(strangers.MAILS_PER_MAILBOX):
        invite(InitiativeFactory(exploring=True, owners=[resident]), resident, VICTIM)

    name, _at, host = VICTIM.partition("@")

    with pytest.raises(strangers.MailedOften):
        invite(InitiativeFactory(exploring=True, owners=[resident]), resident, f"{name}+x@{host}")


def test_nobody_is_asked_by_ideas_that_nobody_here_looked_at(resident, municipality):
    with pytest.raises(TooManyAsked, match="contactpersoon"):
        invite(InitiativeFactory(municipality=municipality, owners=[resident]), resident, VICTIM)


def test_two_noes_are_a_no_to_every_idea_for_a_while(resident):
    for _n in range(invitations.NOES):
        asked = invite(InitiativeFactory(exploring=True, owners=[resident]), resident, VICTIM)
        invitations.refuse_invitation(invitation=asked, at=NOON)

    with pytest.raises(AlreadyAsked):
        invite(InitiativeFactory(exploring=True, owners=[resident]), resident, VICTIM, at=NOON + timedelta(days=30))


def test_nor_by_telling_idea_after_idea_with_its_address(client, municipality):
    ready_to_report()
    by_mail = {"preferred_channel": "email", "preferred_times": "", "language": "nl"}
    for _n in range(strangers.MAILS_PER_MAILBOX + 2):
        send(client, tell(client, contact=by_mail))

    assert Message.objects.count() == strangers.MAILS_PER_MAILBOX
    assert Initiative.objects.filter(doubt="same_mail").count() == 2


def test_nor_by_changing_ones_own_address_to_it(initiative, resident):
    other = Who(name="Roos", email="roos@voorbeeld.test", preferred_channel="email")
    victim = Who(name="Roos", email=VICTIM, preferred_channel="email")

    for who in [victim, other] * 20:
        with suppress(ChangedOften, strangers.MailedOften):
            correct_reach(initiative=initiative, who=who, by=resident, at=clock.now())

    assert Message.objects.filter(to_email=VICTIM, kind="address-new").count() <= strangers.MAILS_PER_MAILBOX


def test_no_crowd_is_mailed_by_changing_ones_own_address_again_and_again(initiative, resident):
    for number in range(20):
        who = Who(name="Roos", email=f"vreemde{number}@voorbeeld.test", preferred_channel="email")
        with suppress(ChangedOften):
            correct_reach(initiative=initiative, who=who, by=resident, at=clock.now())

    assert Message.objects.filter(kind="address-new").count() == CHANGES_A_DAY


def test_nor_with_an_idea_that_a_machine_may_have_told(resident):
    idea = InitiativeFactory(doubt="fast", owners=[resident])
    who = Who(name="Roos", email=VICTIM, preferred_channel="email")

    with pytest.raises(NotLookedAt):
        correct_reach(initiative=idea, who=who, by=resident, at=clock.now())


def test_ones_own_mailbox_is_no_strangers(municipality, resident):
    for _n in range(strangers.MAILS_PER_MAILBOX):
        strangers.may_mail_stranger(resident.email)
    idea = InitiativeFactory(owners=[resident], owners__email="oud@voorbeeld.test")
    who = Who(name="Roos", email=resident.email, preferred_channel="email")

    correct_reach(initiative=idea, who=who, by=resident, at=clock.now())

    assert idea.initiators.get().email == resident.email


def test_a_no_is_one_of_the_mailbox_however_it_is_spelled(initiative, resident):
    asked = invite(initiative, resident, "vera@voorbeeld.test")
    with pytest.raises(AlreadyAsked):
        invite(initiative, resident, "vera+a@voorbeeld.test")
    invitations.refuse_invitation(invitation=asked, at=NOON)

    for spelled in ("vera+b@voorbeeld.test", "ve.ra@voorbeeld.test"):
        with pytest.raises(AlreadyAsked):
            invite(initiative, resident, spelled)


def test_a_mailbox_that_was_typed_into_an_idea_of_someone_is_mailed_so_often_too(municipality, resident):
    """Its owner said it is theirs in another mailbox, and had it mailed here."""
    idea = InitiativeFactory(municipality=municipality)
    InitiatorFactory(initiative=idea, user=UserFactory(email=None, account=resident), email=VICTIM)
    other = InitiatorFactory(initiative=idea, user=UserFactory(email=None), email="m@voorbeeld.test").user
    for _n in range(inform.MAILS_A_DAY + 2):
        withdraw_initiative(initiative=idea, reason="Klaar", by=other, at=clock.now())
        reopen_initiative(initiative=idea, reason="Toch niet", by=other, at=clock.now())

    assert Message.objects.filter(to_email=VICTIM).count() == inform.MAILS_A_DAY


@pytest.mark.parametrize("typed", LINKS)
def test_nothing_in_a_name_can_be_pressed(typed):
    assert not PRESSABLE.search(without_links(typed))


@pytest.mark.parametrize("name", ["Moestuin 2.0", "Project: een tuin", "A.B. de Vries", "Plein 1992", "Tuin & zo"])
def test_an_ordinary_name_stays_as_it_is(name):
    assert without_links(name) == name


@pytest.mark.parametrize("typed", LINKS)
def test_no_mail_to_someone_who_was_asked_has_what_a_name_would_make_a_link(resident, municipality, typed):
    inviter = UserFactory(name=typed, email=None)
    initiative = InitiativeFactory(title=typed, exploring=True, municipality=municipality)
    InitiatorFactory(initiative=initiative, user=inviter, name=typed, email="", phone="06 12345678")

    invite(initiative, inviter, VICTIM, name=typed)

    mail = Message.objects.get(to_email=VICTIM)
    assert "evil.test" not in mail.subject + mail.body
    assert "evil。test" not in mail.subject + mail.body


@pytest.mark.django_db(transaction=True)
def test_forty_questions_at_once_are_no_more_than_fit():
    agree_on_numbers()
    write_texts()
    resident = UserFactory(email="roos@voorbeeld.test")
    initiative = InitiativeFactory(exploring=True, owners=[resident])
    start = Barrier(8)

    def ask(number):
        try:
            start.wait(timeout=20)
            invite(initiative, resident, f"buur{number}@voorbeeld.test")
        except DomainError:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(40)))

    assert initiative.invitations.count() == invitations.WAITING_AT_ONCE


def test_nor_by_stopping_and_going_on_all_day_with_an_idea_that_was_told_with_its_address(municipality):
    idea = InitiativeFactory(municipality=municipality)
    InitiatorFactory(initiative=idea, user=UserFactory(email=None), email=VICTIM)
    other = InitiatorFactory(initiative=idea, user=UserFactory(email=None), email="m@voorbeeld.test").user
    for _n in range(inform.MAILS_A_DAY + 2):
        withdraw_initiative(initiative=idea, reason="Klaar", by=other, at=clock.now())
        reopen_initiative(initiative=idea, reason="Toch niet", by=other, at=clock.now())

    assert Message.objects.filter(to_email=VICTIM).count() == inform.MAILS_A_DAY
    # What came after that is told in the digest.
    assert Notice.objects.filter(path=f"/mijn/{idea.key}/").exists()


def test_whose_idea_it_is_reads_all_of_it_at_once(municipality, resident):
    idea = InitiativeFactory(municipality=municipality)
    mine = UserFactory(email=None, account=resident)
    InitiatorFactory(initiative=idea, user=mine, email=resident.email)
    other = InitiatorFactory(initiative=idea, user=UserFactory(email=None), email="m@voorbeeld.test").user
    for _n in range(inform.MAILS_A_DAY + 2):
        withdraw_initiative(initiative=idea, reason="Klaar", by=other, at=clock.now())
        reopen_initiative(initiative=idea, reason="Toch niet", by=other, at=clock.now())

    assert Message.objects.filter(to_email=resident.email).count() == inform.MAILS_A_DAY + 2
