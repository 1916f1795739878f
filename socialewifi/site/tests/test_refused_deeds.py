"""A form that lay open while things changed: nothing typed is lost, and whoever sent it reads what they can do."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.initiatives.actions.road import withdraw_initiative
from socialewifi.initiatives.tests.factories import InitiatorFactory
from socialewifi.initiatives.tests.waiting import while_it_waits
from socialewifi.people.tests.factories import NOON, RoleFactory, UserFactory


@pytest.fixture
def at_work(client, guide, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    client.force_login(guide)
    return client


def address(initiative, deed):
    return reverse(f"work-{deed}", args=[initiative.key])


def send(client, initiative, deed, **fields):
    return client.post(address(initiative, deed), {"token": str(uuid.uuid4()), **fields})


def test_a_form_that_ends_what_may_be_done_is_also_carried_out_once(at_work, initiative):
    token = str(uuid.uuid4())

    send(at_work, initiative, "take-contact", token=token)
    again = send(at_work, initiative, "take-contact", token=token)

    assert again.status_code == 303
    assert again.headers["Location"] == reverse("work-initiative", args=[initiative.key])


def test_something_else_in_a_form_that_was_carried_out_is_asked_about_and_then_done(at_work, explored):
    token = str(uuid.uuid4())
    send(at_work, explored, "write-note", token=token, body="De sleutel ligt bij Olaf.")

    other = send(at_work, explored, "write-note", token=token, body="De sleutel ligt bij Nienke.")

    assert other.status_code == 422
    assert "Dit formulier is al verstuurd, met iets anders erin" in other.content.decode()
    assert "De sleutel ligt bij Nienke." in other.content.decode()
    assert [note.body for note in explored.notes.all()] == ["De sleutel ligt bij Olaf."]

    once_more = other.context["form"]["token"].value()
    send(at_work, explored, "write-note", token=once_more, body="De sleutel ligt bij Nienke.")

    assert once_more != token
    assert explored.notes.count() == 2


def test_what_was_typed_while_it_changed_comes_back_with_what_happened_and_what_can_be_done(
    at_work, explored, coordinator
):
    at_work.get(address(explored, "pause"))
    withdraw_initiative(initiative=explored, reason="Verhuisd", by=explored.initiators.get().user, at=NOON)

    answer = send(at_work, explored, "pause", reason="De zaal is dicht tot september.")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Dit kan nu niet" in page
    assert "De zaal is dicht tot september." in page
    assert "Gestopt door de initiatiefnemers" in page
    assert reverse("work-reopen", args=[explored.key]) in page
    assert not explored.pauses.exists()


def test_an_address_that_is_opened_again_after_its_deed_says_what_happened_and_the_way_on(at_work, guide, initiative):
    send(at_work, initiative, "take-contact")

    answer = at_work.get(address(initiative, "take-contact"))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Dit kan nu niet" in page
    assert f"{guide.name} is contactpersoon · 10 juni 2026, 12:00" in page
    assert reverse("work-log-contact", args=[initiative.key]) in page
    assert reverse("work-initiative", args=[initiative.key]) in page
    assert "Dit typte je" not in page


def test_whoever_still_has_a_second_step_to_pass_is_sent_there_first(client, settings, guide, initiative):
    """Also where they may know of the idea as one of its owners, and not (yet) as who works on it."""
    settings.REQUIRE_SECOND_FACTOR = True
    InitiatorFactory(initiative=initiative, user=guide)
    client.force_login(guide)

    answer = client.get(reverse("mine-again", args=[initiative.key]))

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))


def test_in_place_too_what_was_typed_comes_back(at_work, explored):
    fields = {"reason": "De zaal is weer open.", "token": str(uuid.uuid4())}

    answer = at_work.post(address(explored, "reopen"), fields, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "De zaal is weer open." in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("who", ["guide", "stranger"])
def test_a_page_that_is_gone_or_closed_gives_back_what_was_typed(client, explored, who, request):
    client.force_login(request.getfixturevalue(who))
    fields = {"question": "Wie helpt er mee met verven?", "password": "een lang geheim woord"}

    answer = client.post(reverse("mine-question", args=[explored.key]), fields)

    page = answer.content.decode()
    assert answer.status_code in {403, 404}
    assert "Wie helpt er mee met verven?" in page
    assert "een lang geheim woord" not in page


def test_two_who_write_down_what_was_explored_lose_nothing_of_each_other(at_work, explored, guide):
    page = at_work.get(address(explored, "record-exploration"))
    shown = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    mine = {**shown, "fitting_support": [], "what_it_is": "Een tuin voor iedereen."}
    theirs = {**mine, "what_it_is": shown["what_it_is"], "question": "Mag het van de gemeente?", "token": uuid.uuid4()}
    assert at_work.post(address(explored, "record-exploration"), theirs).status_code == 303

    assert at_work.post(address(explored, "record-exploration"), mine).status_code == 303

    explored.refresh_from_db()
    assert explored.exploration.what_it_is == "Een tuin voor iedereen."
    assert explored.exploration.question == "Mag het van de gemeente?"
    both = {**mine, "what_it_is": "Een moestuin.", "token": uuid.uuid4()}
    asked = at_work.post(address(explored, "record-exploration"), both)
    assert asked.status_code == 422
    assert "Een tuin voor iedereen." in asked.content.decode()
    happened = f"Het laatste wat hier gebeurde: Verkenning bijgewerkt · {guide.name} · 10 juni 2026"
    assert happened in asked.content.decode()
    assert "Een moestuin." in asked.content.decode()


@pytest.mark.parametrize("address", ["/bestaat-niet/", "/mijn/bestaatniet/vraag/"])
def test_words_that_another_site_sends_are_never_in_a_page_of_ours(stranger, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stranger)

    answer = client.post(address, {"question": "Maak geld over naar ons."})

    assert answer.status_code in {403, 404}
    assert "Maak geld over" not in answer.content.decode()


@pytest.mark.parametrize(("deed", "field"), [("work-offer-handover", "receiver"), ("weigh-open", "members")])
def test_whoever_may_not_do_it_reads_no_names_by_sending_numbers(client, explored, ambassador, guide, deed, field):
    colleague = UserFactory(name="Corry Collega", roles=["panel_member"])
    RoleFactory(user=colleague, kind="guide", subregion=explored.municipality.subregion)
    who, key = (guide, "reason") if deed == "weigh-open" else (ambassador, "reason")
    client.force_login(who)

    answer = client.post(reverse(deed, args=[explored.key]), {field: colleague.pk, key: "Zo is het."})

    assert answer.status_code == 403
    assert colleague.name not in answer.content.decode()


@pytest.mark.usefixtures("texts", "agreements", "region")
class TestWhatIsEditedWhileSomeoneElseIsFirst:
    """Between the look at a form and its turn someone else writes: nothing of theirs is put back."""

    def drawn(self, client, page):
        form = client.get(page).context["form"]
        return {name: "" if form[name].value() is None else form[name].value() for name in form.fields}

    def test_a_guide_who_writes_down_a_number_never_puts_back_a_mailbox(self, at_work, guide, explored, monkeypatch):
        owner = InitiatorFactory(initiative=explored, email="oud@voorbeeld.test", phone="0612345678")
        explored.contact_person = guide
        explored.save(update_fields=["contact_person"])
        page = reverse("work-reach", args=[explored.key, owner.pk])
        sent = self.drawn(at_work, page)
        theirs = type(owner).objects.filter(pk=owner.pk)
        while_it_waits(monkeypatch, lambda: theirs.update(email="nieuw@voorbeeld.test"))

        answer = at_work.post(page, {**sent, "phone": "0687654321"})

        assert answer.status_code == 422
        assert theirs.get().phone == "0612345678"

    def test_what_everyone_reads_is_not_written_over(self, client, explored, monkeypatch):
        client.force_login(explored.initiators.get().user)
        page = reverse("mine-public", args=[explored.key])
        sent = self.drawn(client, page)
        rows = type(explored).objects.filter(pk=explored.pk)
        while_it_waits(monkeypatch, lambda: rows.update(public_text="Zonder de naam van mijn kind."))

        answer = client.post(page, {**sent, "public_text": "Met de naam."})

        assert answer.status_code == 422
        assert rows.get().public_text != "Met de naam."


def test_whoever_is_signed_out_meanwhile_reads_so_in_the_page_with_what_they_typed(client, guide, explored):
    page = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/werk/initiatieven/{explored.key}/"}
    sent = {"token": str(uuid.uuid4()), "body": "De sleutel ligt bij Olaf aan de overkant."}

    answer = client.post(address(explored, "write-note"), sent, headers=page)

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Je bent niet meer ingelogd" in words
    assert "De sleutel ligt bij Olaf aan de overkant." in words
    assert f"next=%2Fwerk%2Finitiatieven%2F{explored.key}%2F" in words
    assert "<html" not in words
    assert not explored.notes.exists()


@pytest.mark.parametrize(("name", "field"), [("work-write-note", "body"), ("mine-post", "body")])
def test_whoever_is_signed_out_meanwhile_keeps_what_they_typed_without_javascript_too(client, explored, name, field):
    address = reverse(name, args=[explored.key])

    answer = client.post(address, {"token": str(uuid.uuid4()), field: "Dit schreef ik net op."})

    page = answer.content.decode()
    assert (answer.status_code, "Dit schreef ik net op." in page) == (403, True)
    assert "Je bent niet meer ingelogd" in page


def test_whoever_opens_a_form_in_the_page_while_signed_out_is_led_to_the_way_in(client, explored):
    page = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/werk/initiatieven/{explored.key}/"}

    answer = client.get(address(explored, "write-note"), headers=page)

    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].endswith(f"next=%2Fwerk%2Finitiatieven%2F{explored.key}%2F")
