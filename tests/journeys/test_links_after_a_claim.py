"""Once an idea is an account's, a link or a code of it moves nothing, and what waited meanwhile is not done (R14)."""

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.core.tests.factories import write_texts
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.actions.inform import mail_initiator
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Initiator
from socialewifi.initiatives.tests.factories import InitiatorFactory
from socialewifi.initiatives.tests.waiting import while_it_waits
from socialewifi.owners.actions.invitations import invite_initiator
from socialewifi.owners.actions.ownership import BelongsToAccount, correct_reach, leave_initiative
from socialewifi.people.tests.factories import NOON, UserFactory
from tests.journeys.test_claims import fresh, link_in, tell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(agreements, region):
    write_texts()


def test_a_link_of_an_idea_that_is_an_accounts_moves_it_to_no_other_mailbox(municipality, resident):
    told = tell(municipality)
    recognise(initiator=told, by=resident, at=NOON)
    who = Who(name="Roos", email="buur@voorbeeld.test", preferred_channel="email")

    with pytest.raises(BelongsToAccount):
        correct_reach(initiative=told.initiative, who=who, by=fresh(told.user), at=NOON)


def test_who_moves_their_idea_as_its_account_ends_what_a_link_began(client, municipality, resident):
    told = tell(municipality)
    recognise(initiator=told, by=resident, at=NOON)
    told = Initiator.objects.select_related("user__account", "initiative").get()
    client.post(link_in(mail_initiator(initiator=told, code="check-in", at=clock.now())))
    page = reverse("mine-initiative", args=[told.initiative.key])
    assert client.get(page).status_code == 200
    who = Who(name="Roos", email="nieuw@voorbeeld.test", preferred_channel="email")

    correct_reach(initiative=told.initiative, who=who, by=fresh(resident), at=NOON)

    assert client.get(page).status_code != 200


def test_what_waited_while_the_owner_said_yes_is_not_done(client, monkeypatch, municipality, resident):
    told = tell(municipality)
    client.post(link_in(Message.objects.get()))
    page = reverse("mine-public", args=[told.initiative.key])
    token = client.get(page).context["form"]["token"].value()

    def says_yes():
        monkeypatch.undo()
        recognise(initiator=told, by=resident, at=clock.now())

    while_it_waits(monkeypatch, says_yes)
    answer = client.post(page, {"token": token, "public_text": "Van een ander."})

    assert answer.status_code == 403
    told.initiative.refresh_from_db()
    assert (told.initiative.public_text, told.initiative.published_at) == ("", None)


def test_a_link_of_an_accounts_idea_lets_nobody_in_and_leaves_not_in_its_owners_name(municipality, resident, guide):
    told = tell(municipality)
    recognise(initiator=told, by=resident, at=NOON)
    idea = told.initiative
    type(idea).objects.filter(pk=idea.pk).update(contact_person=guide, step="exploring")
    InitiatorFactory(initiative=idea, user=UserFactory(email=None), email="an@voorbeeld.test")
    by_link = {"initiative": idea, "by": fresh(told.user), "at": NOON}

    with pytest.raises(BelongsToAccount):
        invite_initiator(name="Kwaad", email="kwaad@voorbeeld.test", **by_link)
    with pytest.raises(BelongsToAccount):
        leave_initiative(**by_link)


def test_who_moves_an_idea_that_is_nobodys_yet_stays_in_and_the_old_mailbox_does_not(client, municipality):
    told = tell(municipality)
    link = link_in(Message.objects.get())
    old = Client()
    for browser in (client, old):
        browser.post(link)
    page = reverse("mine-initiative", args=[told.initiative.key])
    reach = reverse("mine-reach", args=[told.initiative.key])
    form = client.get(reach).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    client.post(reach, {**sent, "email": "nieuw@voorbeeld.test"})

    assert client.get(page).status_code == 200
    assert old.get(page).status_code != 200
