"""An idea stands by itself until the owner of its mailbox says that it is theirs (R5, R14)."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.errors import DomainError, NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.core.tests.timeline import said
from socialewifi.governance.tests.factories import agree_on_numbers
from socialewifi.initiatives.actions import claims
from socialewifi.initiatives.actions.claims import AlreadyMine, disown, recognise
from socialewifi.initiatives.actions.inform import mail_initiator
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.actions.interest import ContactStepsAsideLater
from socialewifi.initiatives.models import Initiative, Initiator, Step, Task
from socialewifi.initiatives.tests.factories import ChannelFactory, InitiativeFactory, InitiatorFactory
from socialewifi.intake.actions.report import Where, report_initiative
from socialewifi.owners.actions.invitations import accept_invitation, invite_initiator
from socialewifi.owners.actions.ownership import correct_reach
from socialewifi.people.actions.accounts import TheirOwn, change_person, close_account
from socialewifi.people.actions.keys import AccountClosed, issue_link
from socialewifi.people.actions.residents import account_for
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, UserFactory
from socialewifi.places.tests.factories import RegionFactory

pytestmark = pytest.mark.django_db
MAILBOX = "roos@voorbeeld.test"


@pytest.fixture(autouse=True)
def _words(agreements, region):
    write_texts()


def tell(municipality, email=MAILBOX, phone="", name="Wie Dan Ook"):
    """Tell an idea with this address, as anyone may."""
    initiative = report_initiative(
        plan={"title": "Moestuin", "idea": "Samen tuinieren."},
        who=Who(name=name, email=email, phone=phone, preferred_channel="email"),
        where=Where(municipality),
        channel=ChannelFactory(),
        at=clock.now(),
    )
    return initiative.initiators.select_related("user").get()


def fresh(user):
    return User.objects.get(pk=user.pk)


def link_in(mail):
    return re.search(r"/open/[^\s?]+/", mail.body)[0]


def code_in(mail):
    return re.search(r"\d{6}", mail.body)[0]


@pytest.mark.parametrize("whose", ["resident", "panel_member", "guide", "coordinator", "ambassador", "administrator"])
def test_telling_an_idea_with_the_address_of_an_account_touches_nothing_of_it(request, client, municipality, whose):
    account = request.getfixturevalue(whose)

    told = tell(municipality, email=account.email)
    client.post(link_in(Message.objects.get()))

    opened = fresh(told.user)
    assert client.session["_auth_user_id"] == str(opened.pk)
    assert list(Initiative.objects.owned_by(opened)) == [told.initiative]
    assert (opened.current_roles, opened.email, opened.account) == ([], None, None)
    assert not account.interests.exists()
    assert not Initiative.objects.owned_by(fresh(account)).exists()
    assert not Event.objects.about(told.initiative).filter(by=account).exists()


@pytest.mark.parametrize("whose", ["guide", "coordinator", "regional_coordinator"])
def test_who_works_on_it_goes_on_seeing_an_idea_that_was_told_with_their_address(request, municipality, whose):
    account = request.getfixturevalue(whose)

    told = tell(municipality, email=account.email)

    assert told.initiative in Initiative.objects.visible_to(fresh(account))


def test_a_typed_address_makes_no_account_until_its_mailbox_asks_a_code(client, municipality):
    told = tell(municipality)
    assert not User.objects.filter(email=MAILBOX).exists()

    client.post("/account/login/", {"email": MAILBOX})
    answer = client.post("/account/login/code/", {"code": code_in(Message.objects.latest("id"))})

    account = User.objects.get(email=MAILBOX)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)
    assert told.initiative not in Initiative.objects.owned_by(account)


def test_who_asks_a_code_with_an_unknown_address_gets_the_same_answer_and_no_account(client, municipality):
    answer = client.post("/account/login/", {"email": "niemand@voorbeeld.test"})

    assert answer.status_code == 302
    assert not User.objects.filter(email="niemand@voorbeeld.test").exists()


def test_the_owner_of_the_mailbox_is_asked_and_says_yes(client, municipality, resident):
    told = tell(municipality)
    page = reverse("mine-initiative", args=[told.initiative.key])
    client.force_login(resident)

    question = client.get(page).headers["Location"]
    assert "Moestuin" in client.get("/mijn/").content.decode()
    assert "Is dit jouw idee?" in client.get(question).content.decode()
    client.post(question, {"token": str(uuid.uuid4()), "is_mine": "yes"})

    assert client.get(page).status_code == 200
    assert resident.interests.get().initiative == told.initiative
    assert said(Event.objects.about(told.initiative).latest("id")) == "Wie Dan Ook bevestigde: dit idee is van mij."


def test_an_account_bears_the_name_of_what_its_owner_recognised_and_not_what_a_stranger_typed(municipality):
    mine = tell(municipality, name="Roos")
    later = tell(municipality, name="Wethouder Jansen")
    account = account_for(email=MAILBOX, at=NOON)
    assert account.name == "roos"

    recognise(initiator=mine, by=account, at=NOON)
    recognise(initiator=later, by=fresh(account), at=NOON)

    assert fresh(account).name == "Roos"
    renamed = Event.objects.about(account).get(kind="people.user.renamed")
    assert renamed.details == {"before": "roos", "name": "Roos"}


def test_who_says_that_no_idea_is_theirs_never_bears_the_name_that_was_typed(municipality):
    told = tell(municipality, name="Oplichter Kwaad")
    account = account_for(email=MAILBOX, at=NOON)

    disown(initiator=told, by=account, at=NOON)

    assert fresh(account).name == "roos"
    assert "Kwaad" not in str(list(Event.objects.about(account).values_list("details", flat=True)))


def test_who_was_known_here_keeps_their_name(municipality, resident, guide):
    for account in (resident, guide):
        for name in ("Een Ander", "Nog Een"):
            recognise(initiator=tell(municipality, email=account.email, name=name), by=fresh(account), at=NOON)

    assert fresh(guide).name == guide.name
    assert fresh(resident).name == resident.name


def test_who_got_another_name_since_keeps_that_one(municipality, administrator):
    told = tell(municipality, name="Een Ander")
    account = account_for(email=MAILBOX, at=NOON)
    change_person(user=account, name="Roos Inwoner", by=administrator, at=NOON)

    recognise(initiator=told, by=fresh(account), at=NOON)

    assert fresh(account).name == "Roos Inwoner"


def test_from_then_on_what_opened_it_before_opens_nothing(client, municipality, resident):
    told = tell(municipality)
    link = link_in(Message.objects.get())
    before = Client()
    before.post(link)
    page = reverse("mine-initiative", args=[told.initiative.key])
    assert before.get(page).status_code == 200

    recognise(initiator=told, by=resident, at=NOON)

    assert before.get(page).status_code == 403
    assert Client().post(link).status_code == 410


def test_the_owner_of_the_mailbox_says_no_and_is_mailed_no_more(client, municipality, resident, guide):
    told = tell(municipality, phone="06 12345678")
    Initiative.objects.update(step=Step.EXPLORING, contact_person=guide)
    client.force_login(resident)
    client.post(reverse("mine-claim", args=[told.initiative.key]), {"token": str(uuid.uuid4()), "is_mine": "no"})

    told.refresh_from_db()
    assert (told.email, told.preferred_channel, told.left_at) == ("", "phone", None)
    assert not told.user.access_keys.usable(clock.now()).exists()
    call = Task.objects.get(kind=Task.Kind.CALL)
    assert (call.assignee, "is van iemand anders" in call.words) == (guide, True)
    assert client.get("/mijn/").content.decode().count("Is dit jouw idee?") == 0
    named = " ".join(str(event.details) + said(event) for event in Event.objects.about(told.initiative))
    assert resident.name not in named


def test_one_wrong_sign_in_an_address_stops_nothing_and_someone_finds_out_whose_it_is(municipality, resident, guide):
    told = tell(municipality)
    Initiative.objects.update(step=Step.EXPLORING, contact_person=guide)

    disown(initiator=told, by=resident, at=NOON)

    told.refresh_from_db()
    assert (told.email, told.disowned_at, told.left_at) == ("", NOON, None)
    assert Initiative.objects.get().step == Step.EXPLORING
    assert Task.objects.get(kind=Task.Kind.CALL).assignee == guide


def test_an_idea_that_nobody_has_yet_still_waits_for_someone_to_find_out_whose_it_is(municipality, resident):
    told = tell(municipality)

    disown(initiator=told, by=resident, at=NOON)

    assert Initiative.objects.get().step == Step.REPORTED
    assert Task.objects.open().get().to_call == told


def test_only_the_owner_of_that_very_mailbox_says_so(municipality, resident, stranger, guide, administrator):
    told = tell(municipality)

    for someone in (stranger, guide, administrator, fresh(told.user), tell(municipality).user):
        for deed in (recognise, disown):
            with pytest.raises(NotAllowed):
                deed(initiator=told, by=someone, at=NOON)


def test_what_is_someones_already_is_nobody_elses_to_claim(municipality, resident):
    told = tell(municipality)
    recognise(initiator=told, by=resident, at=NOON)

    with pytest.raises(NotAllowed):
        recognise(initiator=told, by=fresh(resident), at=NOON)


def test_one_mailbox_is_one_initiator_of_an_idea(municipality, resident):
    initiative = InitiativeFactory(municipality=municipality, owners=[resident])

    with pytest.raises(IntegrityError, match="initiatives_initiator_address_once"):
        InitiatorFactory(initiative=initiative, user=UserFactory(email=None), email=resident.email)


def test_nobody_owns_one_initiative_twice(municipality, resident):
    initiative = InitiativeFactory(municipality=municipality, owners=[resident], owners__email="oud@voorbeeld.test")
    again = InitiatorFactory(initiative=initiative, user=UserFactory(email=None), email=resident.email)

    with pytest.raises(AlreadyMine):
        recognise(initiator=again, by=fresh(resident), at=NOON)


@pytest.fixture
def moved(municipality, resident, stranger):
    """An idea of ``resident``, who has its mail sent to the mailbox of ``stranger``."""
    told = tell(municipality)
    recognise(initiator=told, by=resident, at=NOON)
    elsewhere = Who(name="Roos", email=stranger.email, preferred_channel="email")
    correct_reach(initiative=told.initiative, who=elsewhere, by=fresh(resident), at=NOON)
    return Initiator.objects.select_related("user").get()


def test_whose_address_was_filled_in_by_the_owner_of_an_idea_can_say_no(moved, resident, stranger):
    disown(initiator=moved, by=stranger, at=NOON)

    moved.refresh_from_db()
    assert moved.email == resident.email
    assert moved.initiative in Initiative.objects.owned_by(fresh(resident))


def test_saying_no_is_always_possible_also_when_the_former_mailbox_is_another_initiators(moved, resident, stranger):
    InitiatorFactory(initiative=moved.initiative, user=UserFactory(email=None), email=resident.email)

    disown(initiator=moved, by=stranger, at=NOON)

    moved.refresh_from_db()
    assert (moved.email, moved.disowned_at) == ("", NOON)


def test_who_moved_to_another_mailbox_opens_it_from_there(moved, resident, stranger):
    recognise(initiator=moved, by=stranger, at=NOON)

    assert moved.initiative in Initiative.objects.owned_by(fresh(stranger))
    assert moved.initiative not in Initiative.objects.owned_by(fresh(resident))


def test_who_was_invited_is_asked_whether_they_take_part(client, municipality, resident, stranger):
    initiative = InitiativeFactory(title="Plukbos", municipality=municipality, owners=[resident])
    invited = {"initiative": initiative, "invited_by": resident, "email": stranger.email}
    InitiatorFactory(user=UserFactory(email=None), name="Vera", **invited)
    client.force_login(stranger)

    page = client.get(reverse("mine-claim", args=[initiative.key])).content.decode()

    assert "Vera doet mee met ‘Plukbos’ van Roos Inwoner" in page
    assert "Doe jij mee?" in page


def test_an_account_that_was_closed_is_not_let_in_by_a_link_to_an_idea(municipality, resident, administrator):
    told = tell(municipality)
    recognise(initiator=told, by=resident, at=NOON)
    close_account(user=resident, reason="op verzoek", by=administrator, at=NOON)
    told = Initiator.objects.select_related("user__account", "initiative").get()

    mail = mail_initiator(initiator=told, code="check-in", at=clock.now())

    assert "/open/" not in mail.body
    with pytest.raises(AccountClosed):
        issue_link(user=told.user, sent_to=told.email, by=None, at=NOON, days=14)


def test_a_contact_person_hands_over_before_saying_that_it_is_theirs(municipality, guide):
    told = tell(municipality, email=guide.email)
    Initiative.objects.update(step=Step.EXPLORING, contact_person=guide)

    with pytest.raises(ContactStepsAsideLater):
        recognise(initiator=told, by=guide, at=NOON)


def test_a_coordinator_who_says_that_it_is_theirs_no_longer_sees_it_at_work(municipality, coordinator):
    told = tell(municipality, email=coordinator.email)

    recognise(initiator=told, by=coordinator, at=NOON)

    assert told.initiative not in Initiative.objects.visible_to(fresh(coordinator))


def test_who_joins_by_an_invitation_opens_one_idea_whoever_has_the_address(municipality, resident, panel_member):
    initiative = InitiativeFactory(exploring=True, municipality=municipality, owners=[resident])
    invitation = invite_initiator(initiative=initiative, name="Anna", email=panel_member.email, by=resident, at=NOON)
    who = Who(name="Anna", email=panel_member.email, preferred_channel="email")

    joined = accept_invitation(invitation=invitation, who=who, at=NOON)

    assert (joined.user.email, joined.user.current_roles) == (None, [])
    assert not panel_member.interests.exists()


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_are_one_answer():
    RegionFactory()
    agree_on_numbers()
    write_texts()
    account = UserFactory(email=MAILBOX)
    told = tell(None, phone="06 12345678")
    start = Barrier(4)

    def answer(deed):
        try:
            start.wait(timeout=20)
            deed(initiator=told, by=fresh(account), at=NOON)
        except DomainError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(answer, [recognise, disown, recognise, disown]))

    assert done.count(True) == 1
    told = Initiator.objects.select_related("user").get()
    assert (told.user.account == account) != (told.email == "")


@pytest.mark.django_db(transaction=True)
def test_the_mailbox_that_says_it_is_theirs_is_not_changed_at_that_moment(administrator, monkeypatch):
    RegionFactory()
    agree_on_numbers()
    write_texts()
    account = UserFactory(email=MAILBOX, roles=["panel_member"])
    told = tell(None, phone="06 12345678")
    says_so, changing, refused = claims.belongs_to, [], []

    def change():
        try:
            change_person(user=fresh(account), by=fresh(administrator), at=NOON, email="dief@voorbeeld.test")
        except TheirOwn as why:
            refused.append(why)
        finally:
            connection.close()

    def while_it_changes(**fields):
        changing.append(Thread(target=change))
        changing[0].start()
        # It waits for the account that is held here; without that it would be over before.
        changing[0].join(0.5)
        says_so(**fields)

    monkeypatch.setattr(claims, "belongs_to", while_it_changes)
    recognise(initiator=told, by=fresh(account), at=NOON)
    changing[0].join()

    assert refused
    assert fresh(account).email == MAILBOX
