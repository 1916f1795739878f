"""Asking someone to own it together: they decide themselves, by mail or on the phone (R4, R10)."""

import re
from datetime import timedelta

import pytest

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions.initiators import CannotBeReached, Who
from socialewifi.initiatives.models import Consent, Initiative, Invitation, Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InvitationFactory
from socialewifi.owners.actions.invitations import (
    AlreadyAsked,
    CannotOwn,
    InvitationClosed,
    OtherAddress,
    accept_invitation,
    digest,
    invite_initiator,
    refuse_invitation,
    revoke_invitation,
)
from socialewifi.people.tests.factories import NOON

pytestmark = pytest.mark.django_db

BO = Who(name="Bo Buur", email="bo@voorbeeld.test", preferred_channel="email")


@pytest.fixture(autouse=True)
def _words(agreements):
    write_texts()


@pytest.fixture
def initiative(resident, guide, municipality):
    return InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality, owners=[resident])


@pytest.fixture
def invitation(initiative, resident):
    return InvitationFactory(initiative=initiative, invited_by=resident, email="bo@voorbeeld.test")


def owners(initiative):
    return {one.name for one in initiative.initiators.current()}


def test_the_invited_gets_a_personal_link_that_is_kept_nowhere_else(initiative, resident):
    invite_initiator(initiative=initiative, name="Bo Buur", email="bo@voorbeeld.test", by=resident, at=NOON)

    mail = Message.objects.get()
    token = re.search(r"/uitnodiging/([^/]+)/", mail.body)[1]
    assert mail.to_email == "bo@voorbeeld.test"
    assert Invitation.objects.get().digest == digest(token)
    assert token not in str(Invitation.objects.values())


def test_who_has_no_email_is_called_by_the_contact(initiative, resident, guide):
    invite_initiator(initiative=initiative, name="Olaf Buur", phone="06 00 00 00 07", by=resident, at=NOON)

    call = Task.objects.get()
    assert (call.kind, call.assignee) == ("call", guide)
    assert "06 00 00 00 07" in call.words
    assert not Message.objects.exists()


def test_someone_without_address_cannot_be_asked(initiative, resident):
    with pytest.raises(CannotBeReached):
        invite_initiator(initiative=initiative, name="Niemand", by=resident, at=NOON)


def test_nobody_is_asked_twice_nor_when_they_take_part(initiative, invitation, resident):
    for email in ("bo@voorbeeld.test", "roos@voorbeeld.test"):
        with pytest.raises(AlreadyAsked):
            invite_initiator(initiative=initiative, name="Bo", email=email, by=resident, at=NOON)


def test_only_initiators_invite(initiative, guide, stranger):
    for someone in (guide, stranger):
        with pytest.raises(NotAllowed):
            invite_initiator(initiative=initiative, name="Bo", email="bo@voorbeeld.test", by=someone, at=NOON)


def test_the_invited_joins_without_an_account(initiative, invitation):
    accept_invitation(invitation=invitation, who=BO, at=NOON)

    assert owners(initiative) == {"Roos Inwoner", "Bo Buur"}
    newcomer = initiative.initiators.get(name="Bo Buur")
    assert (newcomer.email, newcomer.user.email) == ("bo@voorbeeld.test", None)
    assert said(Event.objects.about(initiative).last()) == "Bo Buur doet nu mee."


def test_the_invited_says_no(initiative, invitation):
    refuse_invitation(invitation=invitation, at=NOON)

    assert owners(initiative) == {"Roos Inwoner"}
    assert said(Event.objects.about(initiative).get()) == "Bo Buur doet niet mee."


@pytest.mark.parametrize("why", ["answered", "refused", "revoked", "too late", "stopped"])
def test_an_invitation_that_no_longer_holds_lets_nobody_in(initiative, invitation, resident, why):
    at = NOON
    if why == "answered":
        accept_invitation(invitation=invitation, who=BO, at=NOON)
    elif why == "refused":
        refuse_invitation(invitation=invitation, at=NOON)
    elif why == "revoked":
        revoke_invitation(invitation=invitation, by=resident, at=NOON)
    elif why == "too late":
        at = NOON + timedelta(days=15)
    else:
        Initiative.objects.filter(pk=initiative.pk).update(step="withdrawn")

    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, who=BO, at=at)


def test_a_guide_writes_down_the_answer_of_someone_on_the_phone(initiative, guide, resident):
    invitation = InvitationFactory(initiative=initiative, by_phone=True, name="Olaf Buur", invited_by=resident)
    who = Who(name="Olaf Buur", phone="06 00 00 00 07")

    accept_invitation(invitation=invitation, who=who, through="phone", by=guide, at=NOON)

    assert owners(initiative) == {"Roos Inwoner", "Olaf Buur"}
    event = Event.objects.about(initiative).last()
    assert (event.by, event.on_behalf_of) == (guide, "Olaf Buur")


def test_a_guide_of_another_subregion_writes_down_no_answer(invitation, other_guide):
    with pytest.raises(NotAllowed):
        accept_invitation(invitation=invitation, who=BO, by=other_guide, at=NOON)


def test_the_contact_cannot_own_what_they_guide(initiative, guide, resident):
    invitation = InvitationFactory(initiative=initiative, email=guide.email, invited_by=resident)

    with pytest.raises(CannotOwn):
        accept_invitation(
            invitation=invitation, who=Who(name="Gijs", email=guide.email, preferred_channel="email"), at=NOON
        )


@pytest.mark.parametrize("agrees", [True, False])
def test_a_published_page_stays_only_if_the_newcomer_agrees(resident, agrees):
    initiative = InitiativeFactory(published=True, owners=[resident])
    invitation = InvitationFactory(initiative=initiative, invited_by=resident)

    accept_invitation(invitation=invitation, who=BO, agrees=agrees, at=NOON)

    assert Initiative.objects.published().exists() is agrees
    assert Consent.objects.in_force().count() == 1 + agrees


def test_at_work_the_yes_of_who_was_mailed_is_written_down_with_that_address(invitation, initiative, guide):
    other = Who(name="Bo Buur", email="gijs@voorbeeld.test", preferred_channel="email")

    with pytest.raises(OtherAddress):
        accept_invitation(invitation=invitation, who=other, by=guide, at=NOON)

    accept_invitation(invitation=invitation, who=BO, by=guide, at=NOON)
    assert "Bo Buur" in owners(initiative)
