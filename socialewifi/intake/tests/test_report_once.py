import uuid

import pytest
from django.urls import reverse

from socialewifi.initiatives.models import Draft, Initiative, Task
from socialewifi.initiatives.tests.telling import IDEA, begin, page, ready_to_report, send, texts, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_region_is_there(region, municipality, agreements):
    ready_to_report()


def test_the_same_first_page_sent_twice_is_one_draft_with_the_newest_words(client):
    token = begin(client, "Een tuin")
    begin(client, "Een grote tuin", token)

    assert Draft.objects.get().answers["idea"] == "Een grote tuin"


def test_going_back_to_the_home_page_with_another_idea_after_sending_is_a_new_idea(client):
    token = uuid.uuid4()
    told(client, token)

    begin(client, "Iets heel anders: samen eten.", token)

    assert {draft.initiative is None for draft in Draft.objects.all()} == {True, False}
    assert Initiative.objects.get().idea == IDEA


def test_answers_of_two_tabs_stand_side_by_side(client):
    token = begin(client)

    client.post(page(token, "mensen"), {"participants": "Tien buren", "audience": ""})
    client.post(page(token, "plan"), {"existing": "Een veld", "effect": ""})

    answers = Draft.objects.get(pk=token).answers
    assert (answers["participants"], answers["existing"]) == ("Tien buren", "Een veld")


def test_sending_twice_is_one_initiative_and_one_confirmation(client):
    initiative = told(client)

    again = send(client, Draft.objects.get().pk)

    assert again.headers["Location"] == reverse("report-done", args=[Draft.objects.get().pk])
    assert Initiative.objects.get() == initiative
    assert Task.objects.count() == 1


def test_what_is_typed_in_another_tab_after_sending_is_given_back(client):
    initiative = told(client)

    answer = client.post(page(initiative.draft.pk, "plan"), {"existing": "Ook nog een <schuur>", "effect": ""})

    assert answer.status_code == 409
    assert "Ook nog een &lt;schuur&gt;" in answer.content.decode()


def test_a_question_of_an_idea_that_was_sent_leads_to_its_promise(client):
    initiative = told(client)

    answer = client.get(page(initiative.draft.pk, "plan"))

    assert answer.headers["Location"] == reverse("report-done", args=[initiative.draft.pk])


def test_a_draft_that_was_cleared_away_is_told_kindly(client):
    answer = client.get(page(uuid.uuid4(), "naam"))

    assert answer.status_code == 404
    assert "Dit idee is hier niet meer" in texts(answer)


def test_what_is_typed_on_a_page_of_a_draft_that_was_cleared_away_is_kept(client):
    token = uuid.uuid4()

    client.post(page(token, "plan"), {"existing": "Een veld", "effect": ""})

    assert Draft.objects.get(pk=token).answers["existing"] == "Een veld"


@pytest.mark.parametrize("path", ["/vertel/geen-token/", "/vertel/00000000-0000-4000-8000-000000000001/onbekend/"])
def test_an_address_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404
