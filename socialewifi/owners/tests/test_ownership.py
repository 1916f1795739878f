"""What initiators do with what is theirs: the plan, how to reach them, leaving (R4, R6)."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message, Notice
from socialewifi.core.tests.factories import write_texts
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives.actions import entrance
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.actions.initiators import CannotBeReached, Who
from socialewifi.initiatives.models import PLAN_FIELDS, Initiative, Initiator, Task
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory, rest_in
from socialewifi.owners.actions.ownership import (
    AddressTaken,
    ChannelNeedsAddress,
    LastOwner,
    NothingChanged,
    PlanChanged,
    correct_reach,
    edit_plan,
    leave_initiative,
    write_reach,
)
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, UserFactory

# What is written down for someone is told to them at once.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agreements", "texts")]


def plan_of(initiative, **changes):
    return {**{field: getattr(initiative, field) for field in PLAN_FIELDS}, **changes}


@pytest.fixture
def initiative(resident):
    return InitiativeFactory(exploring=True, owners=[resident])


def test_an_initiator_changes_the_plan_and_every_version_is_kept(initiative, resident):
    before = initiative.idea

    edit_plan(initiative=initiative, plan=plan_of(initiative, idea="Ook een kas."), based_on=1, by=resident, at=NOON)

    initiative.refresh_from_db()
    assert initiative.idea == "Ook een kas."
    assert [version.idea for version in initiative.plan_versions.order_by("number")] == [before, "Ook een kas."]


def test_the_timeline_and_the_contact_hear_of_a_changed_plan(initiative, resident):
    edit_plan(initiative=initiative, plan=plan_of(initiative, needs="Water"), based_on=1, by=resident, at=NOON)

    event = Event.objects.about(initiative).get()
    assert said(event) == "Roos Inwoner paste jullie plan aan."
    assert Notice.objects.get().user == initiative.contact_person


def test_the_second_of_two_people_editing_at_once_overwrites_nothing(initiative, resident):
    edit_plan(initiative=initiative, plan=plan_of(initiative, needs="Water"), based_on=1, by=resident, at=NOON)

    with pytest.raises(PlanChanged, match="Roos Inwoner"):
        edit_plan(initiative=initiative, plan=plan_of(initiative, needs="Zand"), based_on=1, by=resident, at=NOON)

    initiative.refresh_from_db()
    assert initiative.needs == "Water"


def test_a_plan_that_says_the_same_is_no_new_version(initiative, resident):
    with pytest.raises(NothingChanged):
        edit_plan(initiative=initiative, plan=plan_of(initiative), based_on=1, by=resident, at=NOON)


@pytest.mark.parametrize("state", ["withdrawn", "joined"])
def test_a_plan_that_rests_is_not_changed(initiative, resident, state):
    initiative.contact_person = None
    if state == "withdrawn":
        initiative.step = "withdrawn"
    else:
        initiative.step = "reported"
    initiative.save()
    if state == "joined":
        rest_in(initiative, InitiativeFactory())

    with pytest.raises(NotAllowed):
        edit_plan(initiative=initiative, plan=plan_of(initiative, needs="Water"), based_on=1, by=resident, at=NOON)


def test_staff_and_strangers_do_not_change_the_plan(initiative, guide, stranger):
    for someone in (guide, stranger, initiative.contact_person):
        with pytest.raises(NotAllowed):
            edit_plan(initiative=initiative, plan=plan_of(initiative, needs="Geld"), based_on=1, by=someone, at=NOON)


def test_an_initiator_leaves_and_the_others_hear_it(initiative, resident):
    stays = UserFactory(name="Bas Blijver")
    InitiatorFactory(initiative=initiative, user=stays)

    leave_initiative(initiative=initiative, by=resident, at=NOON)

    assert [one.user.account for one in initiative.initiators.current()] == [stays]
    assert Notice.objects.filter(user=stays, words__startswith="Roos Inwoner doet niet meer mee").exists()
    assert said(Event.objects.about(initiative).get()) == "Roos Inwoner doet niet meer mee."


def test_the_last_initiator_cannot_leave(initiative, resident):
    with pytest.raises(LastOwner):
        leave_initiative(initiative=initiative, by=resident, at=NOON)


def test_who_has_no_email_hears_it_on_the_phone(initiative, resident, offline_resident):
    InitiatorFactory(initiative=initiative, offline=True, user=offline_resident)

    leave_initiative(initiative=initiative, by=resident, at=NOON)

    call = Task.objects.get()
    assert call.assignee == initiative.contact_person
    assert "Roos Inwoner doet niet meer mee" in call.words


def test_an_initiator_corrects_how_to_reach_them(initiative, resident, region):
    write_texts()
    who = Who(
        name="Roos Nieuw", phone="06 00 00 00 09", preferred_channel="phone", preferred_times="na 5", language="de"
    )

    correct_reach(initiative=initiative, who=who, by=resident, at=NOON)

    initiator = initiative.initiators.get()
    assert (initiator.name, initiator.phone, initiator.email, initiator.language) == (
        "Roos Nieuw",
        "06 00 00 00 09",
        "",
        "de",
    )


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (Who(name="Roos", preferred_channel="visit"), CannotBeReached),
        (Who(name="Roos", phone="06 00", preferred_channel="email"), ChannelNeedsAddress),
        (Who(name="Roos", email="roos@voorbeeld.test", preferred_channel="phone"), ChannelNeedsAddress),
        (Who(name="Roos", phone="06 00", preferred_channel="letter"), ChannelNeedsAddress),
    ],
)
def test_what_cannot_arrive_is_refused(initiative, resident, who, refusal):
    with pytest.raises(refusal):
        correct_reach(initiative=initiative, who=who, by=resident, at=NOON)


def test_a_mistake_in_the_only_address_is_put_right_at_work(guide, municipality, agreements, region):
    write_texts()
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    owner = InitiatorFactory(initiative=initiative, user=UserFactory(email="bo@voorbeld.test"))
    who = Who(name="Bo", email="bo@voorbeeld.test", preferred_channel="email")

    assert write_reach(initiator=owner, who=who, by=guide, at=NOON).email == "bo@voorbeeld.test"


@pytest.fixture
def told(guide, municipality, agreements):
    """An idea with a link under way to the mailbox it was told with."""
    write_texts()
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    known = UserFactory(name="Bo Buur", email=None)
    owner = InitiatorFactory(initiative=initiative, user=known, email="bo@voorbeeld.test", phone="06 12345678")
    entrance.way_in(owner, at=NOON)
    return owner


NEW = Who(name="Bo Buur", email="nieuw@voorbeeld.test", phone="06 12345678", preferred_channel="email")


def test_another_address_ends_what_was_sent_to_the_old_one_and_both_are_told(told, guide, agreements, region):
    write_reach(initiator=told, who=NEW, by=guide, at=NOON)

    former, new = Message.objects.order_by("id")
    assert (former.kind, former.to_email) == ("address-changed", "bo@voorbeeld.test")
    assert (new.kind, new.to_email) == ("written-for-you", "nieuw@voorbeeld.test")
    assert "/open/" not in former.body
    assert [key.sent_to for key in told.user.access_keys.usable(NOON)] == ["nieuw@voorbeeld.test"]


def test_an_address_written_down_at_work_is_recognised_anew_by_its_own_mailbox(told, guide, agreements, region):
    account = UserFactory(email="bo@voorbeeld.test")
    recognise(initiator=told, by=account, at=NOON)

    write_reach(initiator=told, who=NEW, by=guide, at=NOON)

    assert not Initiative.objects.owned_by(User.objects.get(pk=account.pk)).exists()
    assert Initiator.objects.unrecognised(UserFactory(email=NEW.email)).get() == told


def test_who_changes_their_own_address_keeps_their_account(told, agreements, region):
    account = UserFactory(email="bo@voorbeeld.test")
    recognise(initiator=told, by=account, at=NOON)
    account = User.objects.get(pk=account.pk)

    correct_reach(initiative=told.initiative, who=NEW, by=account, at=NOON)

    assert Initiative.objects.owned_by(User.objects.get(pk=account.pk)).get() == told.initiative


def test_the_same_address_written_down_again_changes_no_way_in(told, guide):
    same = Who(name="Bo B.", email=told.email, phone="06 87654321", preferred_channel="phone")

    write_reach(initiator=told, who=same, by=guide, at=NOON)

    assert told.user.access_keys.usable(NOON).count() == 1
    assert "/open/" not in Message.objects.get(to_email=told.email).body


def test_who_was_mailed_hears_there_that_it_goes_by_letter_from_now_on(told, guide, agreements, region):
    by_letter = Who(name="Bo Buur", email=told.email, phone=told.phone, address="Elders 1", preferred_channel="letter")

    write_reach(initiator=told, who=by_letter, by=guide, at=NOON)

    assert Message.objects.get(to_email=told.email).kind == "written-for-you"


def test_another_street_ends_the_code_that_went_to_the_old_one(guide, municipality, agreements, region):
    write_texts()
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    owner = InitiatorFactory(initiative=initiative, by_letter=True)
    entrance.new_code(user=owner.user, by=None, at=NOON)
    moved = Who(name=owner.name, phone=owner.phone, address="Nieuwe straat 2", preferred_channel="phone")

    write_reach(initiator=owner, who=moved, by=guide, at=NOON)

    assert not owner.user.access_keys.usable(NOON).exists()


@pytest.mark.parametrize("is_written_down", [True, False])
def test_another_street_ends_the_session_of_who_came_in_with_that_code(
    guide, municipality, agreements, region, is_written_down
):
    """Whoever still lives there reads nothing more; who moves it themselves stays in."""
    write_texts()
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    owner = InitiatorFactory(initiative=initiative, by_letter=True)
    at_the_old_street, own = Client(), Client()
    for one in (at_the_old_street, own):
        one.force_login(owner.user)
        UserSession.objects.create(user=owner.user, ip="127.0.0.1", session_key=one.session.session_key)
    moved = Who(name=owner.name, phone=owner.phone, address="Nieuwe straat 2", preferred_channel="phone")

    if is_written_down:
        write_reach(initiator=owner, who=moved, by=guide, at=NOON)
    else:
        mine = own.session.session_key
        correct_reach(initiative=initiative, who=moved, by=owner.user, at=NOON, session=mine)

    page = reverse("mine-initiative", args=[initiative.key])
    assert at_the_old_street.get(page).status_code == 403
    assert own.get(page).status_code == (403 if is_written_down else 200)


def test_the_address_of_another_initiator_of_the_same_idea_is_refused(told, guide, agreements, region):
    InitiatorFactory(initiative=told.initiative, user=UserFactory(email=None), email="nieuw@voorbeeld.test")

    with pytest.raises(AddressTaken):
        write_reach(initiator=told, who=NEW, by=guide, at=NOON)


def test_a_code_on_paper_goes_on_opening_when_someone_gets_a_first_e_mail_address(
    guide, municipality, agreements, region
):
    write_texts()
    initiative = InitiativeFactory(exploring=True, contact_person=guide, municipality=municipality)
    owner = InitiatorFactory(initiative=initiative, offline=True)
    entrance.new_code(user=owner.user, by=None, at=NOON)

    write_reach(initiator=owner, who=NEW, by=guide, at=NOON)

    assert owner.user.access_keys.usable(NOON).filter(kind="letter").exists()
