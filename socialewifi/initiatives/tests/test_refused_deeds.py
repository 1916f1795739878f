"""A form that lay open while things changed: nothing typed is lost, and whoever sent it reads what they can do."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.initiatives.actions.road import withdraw_initiative
from socialewifi.people.tests.factories import NOON


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
    assert "Een moestuin." in asked.content.decode()


@pytest.mark.parametrize("address", ["/bestaat-niet/", "/mijn/bestaatniet/vraag/"])
def test_words_that_another_site_sends_are_never_in_a_page_of_ours(stranger, address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(stranger)

    answer = client.post(address, {"question": "Maak geld over naar ons."})

    assert answer.status_code in {403, 404}
    assert "Maak geld over" not in answer.content.decode()
