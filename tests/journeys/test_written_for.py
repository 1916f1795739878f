"""Whoever something is written down for hears at once, in their own way, wherever that can happen (R10)."""

import pytest

from socialewifi.core.models import Message
from socialewifi.initiatives.actions import road
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Initiator, Task
from socialewifi.initiatives.tests.factories import (
    ChannelFactory,
    InitiativeFactory,
    InitiatorFactory,
    InvitationFactory,
)
from socialewifi.intake.actions.report import Helper, Where, report_initiative
from socialewifi.owners.actions import invitations, ownership
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.publication.actions import consents, stories

pytestmark = pytest.mark.usefixtures("agreements", "texts")
BO = Who(name="Bo", phone="06 11 22 33 44", preferred_channel="phone")
REACH = {
    "email": {"email": "roos@voorbeeld.test", "preferred_channel": "email"},
    "letter": {"phone": "06 1", "address": "Kade 1", "preferred_channel": "letter"},
    "phone": {"phone": "06 55 44 33 22", "preferred_channel": "phone"},
    "visit": {"phone": "06 55 44 33 22", "preferred_channel": "visit"},
}


def yes(initiative, owner, by):
    consents.record_consent(initiative=initiative, initiator=owner, agrees=True, through="phone", by=by, at=NOON)


def no(initiative, owner, by):
    consents.agree_for(initiative, owner, None, through="phone", by=by, at=NOON)
    consents.record_consent(initiative=initiative, initiator=owner, agrees=False, through="phone", by=by, at=NOON)


def story(initiative, owner, by):
    told = {"title": "Samen", "body": "Het hielp.", "agrees": True, "through": "phone"}
    stories.write_story(initiative=initiative, initiator=owner, **told, by=by, at=NOON)


def reach(initiative, owner, by):
    who = Who(**{field: getattr(owner, field) for field in ("name", "email", "phone", "address", "preferred_channel")})
    ownership.write_reach(initiator=owner, who=who, by=by, at=NOON)


def signs(initiative, owner, by):
    road.agree_landing_signs(initiative=initiative, signs="de buren het zelf doen", by=by, at=NOON)


def question(initiative, owner, by):
    road.sustain_initiative(initiative=initiative, by=by, at=NOON)
    road.take_new_question(initiative=initiative, question="Een hek?", by=by, at=NOON)


def again(initiative, owner, by):
    road.withdraw_initiative(initiative=initiative, by=owner.user, at=NOON)
    road.reopen_initiative(initiative=initiative, reason="Toch verder.", by=by, at=NOON)


WRITTEN = [yes, no, story, reach, signs, question, again]


@pytest.fixture
def second(subregion):
    return UserFactory(name="Dina Tweede", roles=["coordinator"], roles__subregion=subregion)


@pytest.mark.parametrize("way", REACH)
@pytest.mark.parametrize("write", WRITTEN)
def test_an_initiator_hears_at_once_what_was_written_down_for_them(municipality, guide, second, write, way):
    initiative = InitiativeFactory(
        supporting=True, contact_person=guide, municipality=municipality, public_text="Kom.", owners=[]
    )
    fields = {"email": "", "phone": "", "address": "", **REACH[way]}
    owner = InitiatorFactory(initiative=initiative, name="Roos", user=UserFactory(name="Roos"), **fields)

    write(initiative, owner, guide)

    messages = Message.objects.filter(kind="written-for-you")
    calls = Task.objects.filter(kind=Task.Kind.CALL, what__contains="opgeschreven")
    assert (messages.filter(channel="email").count(), messages.filter(channel="letter").count(), calls.count()) == {
        "email": (1, 0, 0),
        "letter": (0, 1, 0),
    }.get(way, (0, 0, 1))
    told = messages.get().body if messages else calls.get().words
    assert guide.name in told
    assert {call.assignee for call in calls} <= {second}


def test_what_someone_does_themselves_is_not_told_to_them(municipality, guide, resident):
    initiative = InitiativeFactory(
        sustaining=True, contact_person=guide, municipality=municipality, owners=[resident], public_text="Kom."
    )

    consents.give_consent(initiative=initiative, by=resident, at=NOON)
    road.take_new_question(initiative=initiative, question="Een hek?", by=resident, at=NOON)

    assert not Message.objects.filter(kind="written-for-you").exists()


@pytest.mark.parametrize(("email", "mails", "calls"), [("bo@voorbeeld.test", 1, 0), ("", 0, 1)])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_the_invited_hear_what_was_written_down_as_their_answer(
    municipality, guide, second, email, mails, calls, answer
):
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    phone = "" if email else BO.phone
    invitation = InvitationFactory(initiative=initiative, name="Bo", email=email, phone=phone)
    who = Who(name="Bo", email=email, phone=BO.phone, preferred_channel="email" if email else "phone")

    if answer == "yes":
        invitations.accept_invitation(invitation=invitation, who=who, through="phone", by=guide, at=NOON)
    else:
        invitations.refuse_invitation(invitation=invitation, by=guide, at=NOON)

    told = Message.objects.filter(kind="written-for-you", to_email=email)
    called = Task.objects.filter(kind=Task.Kind.CALL, assignee=second, what__contains="Bo")
    assert (told.count() if email else 0, called.count()) == (mails, calls)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ({"phone": BO.phone}, {"email": "ander@voorbeeld.test", "preferred_channel": "email"}),
        ({"phone": BO.phone}, {"phone": "06 99 88 77 66", "preferred_channel": "phone"}),
        ({"email": "bo@voorbeeld.test"}, {"phone": "06 99 88 77 66", "preferred_channel": "phone"}),
    ],
)
def test_a_yes_with_another_way_to_be_reached_is_told_where_they_were_asked(
    municipality, guide, second, asked, answered
):
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    invitation = InvitationFactory(initiative=initiative, name="Bo", **{"email": "", "phone": "", **asked})

    invitations.accept_invitation(
        invitation=invitation, who=Who(name="Bo", **answered), through="phone", by=guide, at=NOON
    )

    mailed = Message.objects.filter(to_email=asked.get("email", "-")).exists()
    called = Task.objects.filter(kind=Task.Kind.CALL, words__contains=asked.get("phone", "-")).exists()
    assert mailed or called


def test_another_address_is_told_to_the_old_one_without_a_way_in(municipality, guide):
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality, owners=[])
    user = UserFactory(name="Roos", email="roos@oud.test")
    owner = InitiatorFactory(initiative=initiative, user=user, email="roos@oud.test", preferred_channel="email")
    new = Who(name="Roos", email="roos@nieuw.test", preferred_channel="email")

    ownership.write_reach(initiator=owner, who=new, by=guide, at=NOON)

    old, now = (Message.objects.get(to_email=one) for one in ("roos@oud.test", "roos@nieuw.test"))
    assert (guide.name in old.body, old.secrets, len(now.secrets)) == (True, [], 1)


def test_another_telephone_number_is_told_at_the_old_one(municipality, guide, second):
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality, owners=[])
    owner = InitiatorFactory(initiative=initiative, email="", phone="06 99 88 77 66", preferred_channel="phone")

    ownership.write_reach(initiator=owner, who=BO, by=guide, at=NOON)

    calls = Task.objects.filter(kind=Task.Kind.CALL, assignee=second)
    assert [call.to_call for call in calls.filter(words__contains="06 99 88 77 66")] == [None]
    assert calls.count() == 2


@pytest.mark.parametrize("is_helped", [True, False])
def test_who_told_an_idea_at_the_counter_hears_who_wrote_it_down(municipality, guide, is_helped):
    helper = Helper(guide, "Aan het loket.", has_consent=True) if is_helped else None
    plan = {"title": "Bankje", "idea": "Een bankje."}

    report_initiative(plan=plan, who=BO, where=Where(municipality), channel=ChannelFactory(), helper=helper, at=NOON)

    assert Initiator.objects.get().name == "Bo"
    assert (guide.name in Task.objects.get(kind=Task.Kind.CALL).words) is is_helped


def test_a_title_that_a_stranger_typed_has_nothing_to_press_in_what_is_written_for_someone(municipality, guide):
    title = "Kijk op https://evil.test/x of bel 0900 1234567"
    idea = InitiativeFactory(title=title, exploring=True, municipality=municipality, contact_person=guide)
    one = InitiatorFactory(initiative=idea, user=UserFactory(email=None), email="roos@voorbeeld.test")
    ownership.write_reach(
        initiator=one, who=Who(name="Roos", email=one.email, phone="06 1", preferred_channel="email"), by=guide, at=NOON
    )

    mail = Message.objects.latest("pk")
    assert not any(words in mail.subject + mail.body for words in ("evil.test", "0900"))
