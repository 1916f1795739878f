"""A draft is opened by its address: what others can do who have it too, and what they cannot (R14, R16)."""

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.tests.factories import TextFactory
from socialewifi.initiatives.actions.claims import recognise
from socialewifi.initiatives.actions.initiators import Who
from socialewifi.initiatives.models import Draft, Initiative
from socialewifi.initiatives.tests.telling import PAGES, begin, page, ready_to_report, send, tell
from socialewifi.intake.actions.drafts import ChangedMeanwhile, send_draft
from socialewifi.owners.actions.ownership import correct_reach
from socialewifi.people.models import User

pytestmark = pytest.mark.django_db
BY_MAIL = {"preferred_channel": "email", "preferred_times": "", "language": "nl"}


@pytest.fixture(autouse=True)
def _the_region_is_there(region, municipality, agreements):
    ready_to_report()


def test_who_told_it_with_someone_elses_address_does_not_read_how_they_are_reached_since(client, resident):
    token = tell(client, jij={"name": "Roos", "phone": "", "email": resident.email}, contact=BY_MAIL)
    send(client, token)
    done = reverse("report-done", args=[token])
    assert resident.email in client.get(done).content.decode()
    idea = Initiative.objects.get()
    for code in ("address-changed", "address-new"):
        TextFactory(code=code)
    recognise(initiator=idea.initiators.get(), by=resident, at=clock.now())
    resident.forget_rights()
    who = Who(name="Roos", email="nieuw@voorbeeld.test", phone="06 98 76 54 32", preferred_channel="phone")
    correct_reach(initiative=idea, who=who, by=resident, at=clock.now())

    seen = client.get(done).content.decode().replace("\N{NO-BREAK SPACE}", " ")

    assert "06 98 76 54 32" not in seen
    assert "nieuw@voorbeeld.test" not in seen


def test_who_is_lured_into_the_draft_of_another_reads_so_and_nothing_of_them_is_filled_in(client, resident):
    """A stranger begins, and sends the address of the next question to someone who is signed in."""
    planted = begin(Client())
    client.force_login(resident)

    asked = client.get(page(planted, "jij")).content.decode()

    assert "Begin je eigen idee" in asked
    assert resident.email not in asked
    assert resident.name not in asked.partition("<main")[2]


def test_ones_own_draft_says_nothing_of_the_kind(client, resident):
    client.force_login(resident)
    token, another = begin(client), begin(client)

    for own in (token, another):
        asked = client.get(page(own, "jij")).content.decode()
        assert "Begin je eigen idee" not in asked
        assert resident.email in asked


def test_who_signs_in_after_a_stranger_in_the_same_browser_is_told_that_it_began_elsewhere(client, resident):
    planted = begin(client)
    client.force_login(resident)

    asked = client.get(page(planted, "jij")).content.decode()

    assert "Begin je eigen idee" in asked
    assert resident.email not in asked


def test_who_is_signed_in_is_not_held_back_by_what_strangers_sent_in_their_name(client, resident):
    for _n in range(6):
        send(Client(), tell(Client(), jij={"name": "X", "phone": "", "email": resident.email}, contact=BY_MAIL))
    client.force_login(resident)

    send(client, tell(client, jij={"name": "Roos", "phone": "", "email": resident.email}, contact=BY_MAIL))

    assert Initiative.objects.latest("pk").doubt == ""


def test_what_was_sent_from_the_draft_of_another_is_nobodys_until_they_say_so(client, resident):
    planted = tell(Client(), jij={"name": "Roos", "phone": "", "email": resident.email}, contact=BY_MAIL)
    client.force_login(resident)

    send(client, planted)

    assert not Initiative.objects.owned_by(User.objects.get(pk=resident.pk)).exists()


def test_what_someone_else_changed_since_it_was_read_is_read_again_before_it_is_sent(client):
    token = tell(client)
    check = reverse("report-check", args=[token])
    seen = client.get(check).context["form"]["seen"].value()
    Client().post(page(token, "idee"), {"idea": "Iets heel anders."})

    answer = client.post(check, {"homepage": "", "began": "", "seen": seen})

    assert answer.status_code == 422
    assert "net iets veranderd" in answer.content.decode()
    assert "Iets heel anders." in answer.content.decode()
    again = answer.context["form"]["seen"].value()
    assert client.post(check, {"homepage": "", "began": "", "seen": again}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elders.test"},
        {"origin": "null"},
    ],
)
def test_another_site_sends_no_form_of_ours(client, headers):
    token = begin(client)

    client.post(page(token, "naam"), {"title": "Van elders"}, headers=headers)

    assert "title" not in Draft.objects.get(pk=token).answers


def test_our_own_site_does_also_in_an_old_browser(client):
    token = begin(client)

    client.post(page(token, "naam"), {"title": "Van hier"}, headers={"origin": "http://testserver"})

    assert Draft.objects.get(pk=token).answers["title"] == "Van hier"


def test_who_shares_a_computer_wipes_what_they_typed_and_nobody_reads_it_there(client):
    token = tell(client)
    wipe = reverse("report-discard", args=[token])
    for shown in (page(token, "jij"), reverse("report-check", args=[token])):
        assert wipe in client.get(shown).content.decode()

    assert "Wissen wat je vertelde?" in client.get(wipe).content.decode()
    assert Draft.objects.filter(pk=token).exists()
    answer = client.post(wipe)

    assert not Draft.objects.exists()
    assert "gewist" in client.get(answer.headers["Location"]).content.decode()
    assert client.post(wipe).status_code == 303
    for slug in PAGES:
        assert "Roos Inwoner" not in client.get(page(token, slug)).content.decode()


def test_an_idea_that_was_sent_is_not_wiped_but_stopped_with(client):
    token = tell(client)
    send(client, token)

    answer = client.post(reverse("report-discard", args=[token]))

    assert answer.headers["Location"] == reverse("report-done", args=[token])
    assert Initiative.objects.get().draft.token == token


def test_nor_when_it_changes_between_the_last_look_and_the_lock(client):
    token = tell(client)
    seen = Draft.objects.get(pk=token).fingerprint
    Client().post(page(token, "idee"), {"idea": "Iets heel anders."})

    with pytest.raises(ChangedMeanwhile):
        send_draft(token=token, seen=seen, at=clock.now())
