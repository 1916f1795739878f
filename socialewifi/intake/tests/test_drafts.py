import uuid
from datetime import timedelta

import pytest
from django.test import Client

from socialewifi.core import clock
from socialewifi.core.models import Message
from socialewifi.initiatives.models import Draft, Initiative, Task
from socialewifi.initiatives.tests.telling import begin, ready_to_report, send, tell
from socialewifi.intake import jobs
from socialewifi.intake.actions import drafts
from socialewifi.intake.views import limits
from socialewifi.people.tests.factories import NOON

pytestmark = pytest.mark.django_db
TOKEN = "6b1f9e3e-1f7c-4a53-a1a9-8d3f2d6a7c11"


@pytest.fixture(autouse=True)
def _the_region_is_there(region, municipality, agreements):
    ready_to_report()


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (31, False)])
def test_a_draft_is_kept_for_the_agreed_days_after_the_last_answer(days, is_kept):
    Draft.objects.create(token=TOKEN, updated_at=NOON - timedelta(days=days))

    drafts.purge_drafts(at=NOON)

    assert Draft.objects.exists() is is_kept


def test_the_worker_clears_away_what_was_not_sent(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    Draft.objects.create(token=TOKEN, updated_at=NOON - timedelta(days=31))

    jobs.forget_drafts(0)

    assert not Draft.objects.exists()


def test_clearing_away_leaves_the_initiative_and_takes_the_code_that_nobody_wrote_down(client):
    token = tell(client, jij={"name": "Olaf", "phone": "0612345678"})
    send(client, token)
    moment = Draft.objects.get().updated_at + timedelta(hours=2)

    drafts.forget_codes(at=moment)
    assert Draft.objects.get().answers == {}
    drafts.purge_drafts(at=moment + timedelta(days=31))

    assert not Draft.objects.exists()
    assert Initiative.objects.exists()


def test_a_confirmation_is_a_call_with_the_words_to_say_when_that_is_what_someone_prefers(client):
    send(client, tell(client, jij={"name": "Olaf", "phone": "0612345678"}))

    call = Task.objects.get()

    assert call.kind == Task.Kind.CALL
    assert call.what == "Bel Olaf: We hebben je idee: Moestuin voor iedereen"
    assert call.words.startswith("Dag Olaf")
    assert "Code" not in call.words
    assert not Message.objects.exists()


def test_who_prefers_a_call_and_left_an_address_gets_the_link_to_their_page_by_mail_too(client):
    send(client, tell(client))

    mail = Message.objects.get()

    assert Task.objects.filter(kind=Task.Kind.CALL).count() == 1
    assert "Link: http" in mail.body
    assert "Code" not in mail.body


def test_a_confirmation_by_letter_holds_a_code_and_waits_to_be_printed(client):
    by_letter = {"preferred_channel": "letter", "language": "en"}
    token = tell(
        client,
        jij={"name": "Olaf", "phone": "0612345678"},
        contact=by_letter,
        adres={"address": "Kade 1\n1234 AB Waterdorp"},
    )
    send(client, token)

    letter = Message.objects.get()

    assert letter.channel == Message.Channel.LETTER
    assert letter.language == "en"
    assert letter.to_address == "Kade 1\n1234 AB Waterdorp"
    assert "Code:" in letter.body
    assert "Link" not in letter.body
    assert letter.sent_at is None


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("Kijk op http://a.test http://b.test http://c.test https://d.test", "links"),
        ("Kijk op http://a.test", ""),
    ],
)
def test_an_idea_full_of_links_is_taken_in_but_a_person_looks_first(client, words, doubt):
    send(client, tell(client, idee={"idea": words}))

    assert Initiative.objects.get().doubt == doubt
    assert Message.objects.exists() is not bool(doubt)


def test_an_idea_told_faster_than_anyone_can_is_taken_in_but_a_person_looks_first(client, settings):
    token = tell(client)
    settings.HUMAN_SECONDS = 2

    initiative = drafts.send_draft(token=token, at=Draft.objects.get().created_at + timedelta(seconds=5))

    assert initiative.doubt == "fast"
    assert initiative.deadlines.exists()


def test_many_ideas_from_one_connection_are_all_taken_in_and_a_person_looks_at_the_last(client, monkeypatch):
    monkeypatch.setattr(limits, "IDEAS_PER_CONNECTION", 2)

    for _n in range(3):
        assert send(client, tell(client)).status_code == 303

    doubts = Initiative.objects.order_by("id").values_list("doubt", flat=True)
    assert list(doubts) == ["", "", "same_connection"]


def test_a_filled_trap_is_asked_to_press_again_and_loses_nothing(client):
    answer = client.post("/vertel/", {"idea": "Een tuin", "homepage": "http://spam.test"})

    assert answer.status_code == 422
    assert "Een tuin" in answer.content.decode()
    assert "Druk nog een keer op de knop" in answer.content.decode()


def test_a_name_is_needed_also_for_who_does_not_walk_through_the_pages(client):
    token = begin(client)

    with pytest.raises(drafts.NotComplete) as refusal:
        drafts.send_draft(token=token, at=NOON)

    assert refusal.value.field == "name"


def test_a_code_that_nobody_wrote_down_leaves_the_database_within_the_hour_not_the_next_day(client, monkeypatch):
    send(client, tell(client, jij={"name": "Olaf", "phone": "0612345678"}))
    Draft.objects.update(updated_at=NOON)

    monkeypatch.setattr(clock, "now", lambda: NOON)
    jobs.forget_drafts(0)
    assert Draft.objects.get().answers != {}

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(minutes=61))
    jobs.forget_drafts(0)
    assert Draft.objects.get().answers == {}


@pytest.mark.parametrize(
    "idea",
    [
        "Ik ben Jan, 06 12 34 56 78. Ik wil een tuin",
        "Ik wil heel graag met de hele buurt een tuin maken bel 06 12 34 56 78",
        "Mail jan.van.de.voorbeeldstraat@post.voorbeeld.nl als je mee wilt doen aan mijn tuin",
        "Een tuin bij mij op de hoek van de Langevoorbeeldstraat 12, 6211 AB",
    ],
)
def test_a_name_made_from_the_first_sentence_has_no_number_or_address_in_it_not_half_of_one(idea):
    title = drafts.suggest_title(idea)

    assert title
    assert not any(sign.isdigit() or sign == "@" for sign in title)


def test_another_site_sends_nothing_into_a_draft_that_it_chose(client):
    chosen = uuid.uuid4()

    answer = client.post("/vertel/", {"idea": "Een tuin", "draft": chosen}, headers={"sec-fetch-site": "cross-site"})

    assert answer.headers["Location"] == "/vertel/"
    assert not Draft.objects.exists()


def test_only_the_browser_that_sent_an_idea_reads_the_code_and_the_number(client):
    token = tell(client, jij={"name": "Roos", "phone": "0612345678", "email": ""})
    send(client, token)
    page = f"/vertel/{token}/klaar/"

    assert "06\N{NO-BREAK SPACE}12345678" in client.get(page).content.decode()
    elsewhere = Client().get(page).content.decode()
    assert "12345678" not in elsewhere
    assert "access-code" not in elsewhere


def test_only_that_browser_takes_the_code_off_its_page(client):
    token = tell(client, jij={"name": "Roos", "phone": "0612345678", "email": ""})
    send(client, token)

    Client().post(f"/vertel/{token}/code-genoteerd/")

    assert "access-code" in client.get(f"/vertel/{token}/klaar/").content.decode()
