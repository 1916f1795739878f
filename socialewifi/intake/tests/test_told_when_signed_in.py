"""Telling another idea while signed in: what is known stands there, and with one's own address it is theirs (R14)."""

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.initiatives.models import Draft, Initiative, Initiator
from socialewifi.initiatives.tests.factories import InitiatorFactory
from socialewifi.initiatives.tests.telling import PAGES, begin, page, ready_to_report, send, tell, texts, told
from socialewifi.intake.actions import drafts
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON

MINE = "roos@voorbeeld.test"


@pytest.fixture(autouse=True)
def _the_region_is_there(region, municipality, agreements):
    ready_to_report()


@pytest.fixture
def known(resident):
    """The resident, with an idea that says how they are reached."""
    InitiatorFactory(user=resident, phone="06 00 00 00 09", preferred_channel="phone", preferred_times="na vijf uur")
    return resident


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_what_is_known_of_who_is_signed_in_stands_there_already(client, known):
    client.force_login(known)
    token = begin(client)

    you = client.get(page(token, "jij")).content.decode()
    client.post(page(token, "jij"), {"name": "Roos Inwoner", "phone": "06 00 00 00 09", "email": MINE})
    contact = client.get(page(token, "contact")).context["form"]

    for words in ("Roos Inwoner", "06 00 00 00 09", MINE):
        assert words in you
    assert (contact["preferred_channel"].value(), contact["preferred_times"].value()) == ("phone", "na vijf uur")


def test_what_was_typed_stays_as_it_was_typed(client, known):
    client.force_login(known)
    token = begin(client)
    client.post(page(token, "jij"), {"name": "Roos en Bo", "phone": "06 12345678", "email": ""})

    form = client.get(page(token, "jij")).context["form"]

    assert (form["name"].value(), form["phone"].value(), form["email"].value()) == ("Roos en Bo", "06 12345678", "")


def test_an_answer_that_was_refused_is_given_back_as_it_was_typed(client, known):
    client.force_login(known)

    answer = client.post(page(begin(client), "jij"), {"name": "Roos", "phone": "12", "email": ""})

    assert answer.context["form"]["email"].value() == ""
    assert MINE not in answer.content.decode()


def test_nothing_is_filled_in_for_who_is_not_signed_in_or_came_in_for_one_idea(client, known):
    token = begin(client)
    assert MINE not in client.get(page(token, "jij")).content.decode()

    client.force_login(known.known_as.get())
    form = client.get(page(token, "jij")).context["form"]

    assert form["name"].value() is None
    assert form["phone"].value() is None


def test_an_idea_with_ones_own_address_is_ones_own_at_once(client, resident):
    client.force_login(resident)

    token = tell(client)
    assert "meteen bij jouw initiatieven" in texts(client.get(reverse("report-check", args=[token])))
    send(client, token)

    initiative = Initiative.objects.get()
    assert initiative in Initiative.objects.owned_by(fresh(resident))
    assert resident.interests.get().initiative == initiative
    mine = reverse("mine-initiative", args=[initiative.key])
    assert client.get(mine).status_code == 200
    assert mine in client.get(reverse("report-done", args=[token])).content.decode()


def test_the_link_in_its_mail_still_opens_it(client, resident):
    client.force_login(resident)
    told(client)

    link = Message.objects.get(kind="report-confirmed").body.split("Link: ")[1].split()[0]
    opened = Client().post(link.partition("testserver")[2] or "/" + link.split("/", 3)[3], follow=True)

    assert opened.status_code == 200


@pytest.mark.parametrize("email", ["roos@voorbeeld.test.example", "bo@voorbeeld.test", ""])
def test_with_another_address_it_stands_by_itself(client, resident, email):
    client.force_login(resident)

    initiative = told(client, jij={**PAGES["jij"], "email": email})

    assert initiative not in Initiative.objects.owned_by(fresh(resident))
    assert not resident.interests.exists()


def test_who_is_not_signed_in_is_asked_first(client, resident):
    initiative = told(client)

    assert initiative not in Initiative.objects.owned_by(fresh(resident))
    assert Initiator.objects.unrecognised(fresh(resident)).get().initiative == initiative


def test_who_came_in_for_one_idea_recognises_no_other(client, known):
    client.force_login(known.known_as.get())

    initiative = told(client)

    assert initiative not in Initiative.objects.owned_by(fresh(known))


def test_sending_it_again_when_signed_in_makes_it_nobodys(client, resident):
    initiative = told(client)

    drafts.send_draft(token=Draft.objects.get().pk, sender=fresh(resident), at=NOON)

    assert initiative not in Initiative.objects.owned_by(fresh(resident))


@pytest.mark.parametrize("where", ["cross-site", "same-site"])
def test_another_site_makes_nobody_the_owner_of_an_idea(client, resident, where):
    client.force_login(resident)
    token = tell(client)

    client.post(reverse("report-check", args=[token]), {"homepage": "", "began": ""}, headers={"Sec-Fetch-Site": where})

    assert not Initiative.objects.exists()


def test_who_works_here_steps_aside_from_what_they_tell_themselves(client, guide):
    client.force_login(guide)

    initiative = told(client, jij={**PAGES["jij"], "email": guide.email})

    assert guide.interests.get().initiative == initiative
