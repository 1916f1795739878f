"""Letters wait for a person who prints and posts them (R10)."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from socialewifi.core import clock
from socialewifi.core.errors import NotAllowed
from socialewifi.core.models import Event, Message
from socialewifi.core.tests import pdfs
from socialewifi.core.tests.timeline import said
from socialewifi.initiatives import rules
from socialewifi.initiatives.models import Initiative
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.initiatives.tests.telling import texts
from socialewifi.people.models import User
from socialewifi.people.tests.factories import NOON, ReadingModeFactory
from socialewifi.support.actions.letters import post_letters, print_letters

pytestmark = pytest.mark.django_db
LIST = "/werk/brieven/"


@pytest.fixture
def write(municipality):
    """Write a letter to someone with an initiative, in ``municipality`` unless another is given."""

    def write_one(name="Olaf Inwoner", where=municipality, **changed):
        initiative = InitiativeFactory(title=f"Idee van {name}", municipality=where)
        owner = InitiatorFactory(initiative=initiative, by_letter=True)
        values = {
            "subject": f"Voor {name}",
            "body": "Je code:\nABCD-2345-WXYZ",
            "secrets": ["ABCD-2345-WXYZ"],
            "to_address": "Kade 1\n1234 AB Dorp",
        }
        return Message.objects.create(
            channel=Message.Channel.LETTER,
            kind="report-confirmed",
            recipient=owner.user,
            to_name=name,
            subject_type=initiative._meta.label_lower,
            subject_id=initiative.pk,
            created_at=NOON,
            **{**values, **changed},
        )

    return write_one


def post(client, *letters, token=None):
    return client.post(LIST, {"token": token or str(uuid.uuid4()), "letters": [letter.pk for letter in letters]})


def test_a_guide_sees_the_letters_that_wait_where_they_work_and_no_others(client, guide, write, other_municipality):
    write("Olaf")
    write("Zara", where=other_municipality)
    write("Nienke", where=None)
    client.force_login(guide)

    shown = texts(client.get(LIST))

    assert "2 brieven wachten" in shown
    assert "Voor Olaf" in shown
    assert "Voor Nienke" in shown
    assert "Zara" not in shown


def test_a_letter_opens_as_an_accessible_document(client, guide, write):
    client.force_login(guide)

    answer = client.get(reverse("letter-pdf", args=[write().pk]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert pdfs.claims_to_be_accessible(answer.content)
    assert pdfs.title_of(answer.content) == "Voor Olaf Inwoner"


@pytest.fixture
def on_paper(monkeypatch):
    """The words of each document that was made."""
    contents = []

    def make(_template, content):
        contents.append(json.dumps(content))
        return b"%PDF"

    monkeypatch.setattr("socialewifi.core.letters.make_pdf", make)
    return contents


@pytest.mark.parametrize("keeps", [False, True])
def test_opening_a_letter_never_shows_its_code(client, guide, write, on_paper, settings, keeps):
    settings.KEEPS_SECRETS_OF_MESSAGES = keeps
    waits, gone, back = write(), write(subject="Je code: ABCD-2345-WXYZ"), write()
    post_letters(letters=[gone], by=guide, at=NOON)
    back.note_withdrawn(at=NOON)
    client.force_login(guide)

    for letter in (waits, gone, back):
        client.get(reverse("letter-pdf", args=[letter.pk]))

    assert len(on_paper) == 3
    assert not any("ABCD" in words for words in on_paper)
    assert "ABCD" not in client.get(LIST).content.decode()
    waits.refresh_from_db()
    assert "ABCD" in waits.body
    assert not Event.objects.filter(kind="initiatives.letter.printed").exists()


def send_to_print(client, *letters):
    return client.post(reverse("letter-print"), {"letters": [letter.pk for letter in letters]})


def test_the_chosen_letters_are_printed_in_one_go_with_their_codes_and_a_trace_of_each(client, guide, write, on_paper):
    olaf, nienke, other = write("Olaf"), write("Nienke"), write("Piet", secrets=["XYZ"], body="XYZ")
    client.force_login(guide)

    answer = send_to_print(client, olaf, nienke)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert on_paper[0].count("ABCD-2345-WXYZ") == 2
    assert 'XYZ"' not in on_paper[0].replace('WXYZ"', "")
    printed = Event.objects.filter(kind="initiatives.letter.printed")
    assert sorted(said(event) for event in printed) == [
        "Gijs Begeleider printte een brief voor Nienke: Voor Nienke.",
        "Gijs Begeleider printte een brief voor Olaf: Voor Olaf.",
    ]
    assert [one.sent_at for one in Message.objects.filter(pk__in=[olaf.pk, nienke.pk, other.pk])] == [None] * 3


def test_each_letter_begins_on_its_own_page(client, guide, write):
    client.force_login(guide)

    answer = send_to_print(client, write("Olaf"), write("Nienke"))

    assert (pdfs.pages_of(answer.content), pdfs.title_of(answer.content)) == (2, "Brieven")


def test_one_letter_is_printed_by_itself_and_again_when_the_paper_jams(client, guide, write, on_paper):
    letter = write()
    client.force_login(guide)

    for _time in range(2):
        assert client.post(reverse("letter-pdf", args=[letter.pk])).status_code == 200

    assert all("ABCD-2345-WXYZ" in words for words in on_paper)
    assert Event.objects.filter(kind="initiatives.letter.printed", by=guide).count() == 2


def test_each_button_to_print_says_which_letter_and_opens_beside_the_list_without_a_script(client, guide, write):
    letter = write("O'Laf <b>")
    client.force_login(guide)

    shown = client.get(LIST).content.decode()
    button = re.search(r"<button[^>]*formaction=\"/werk/brieven/\d+/\".*?</button>", shown)[0]

    assert f'formaction="{reverse("letter-pdf", args=[letter.pk])}" form="print-one" formtarget="_blank"' in button
    assert "Brief aan O&#x27;Laf &lt;b&gt;: Voor O&#x27;Laf &lt;b&gt;" in button
    assert f'formaction="{reverse("letter-print")}" formtarget="_blank"' in shown
    assert "hx-" not in shown[shown.index("<main") : shown.index("</main>")]


def test_printing_and_then_posting_from_the_same_page_does_both(client, guide, write):
    letter = write()
    client.force_login(guide)
    token = re.search(r'name="token" value="([^"]+)"', client.get(LIST).content.decode())[1]

    client.post(reverse("letter-print"), {"letters": [letter.pk], "token": token})
    assert post(client, letter, token=token).status_code == 303

    letter.refresh_from_db()
    assert letter.sent_by == guide


def test_printing_nothing_says_what_is_needed_on_the_list_and_keeps_what_was_chosen(client, guide, write):
    write()
    client.force_login(guide)

    answer = send_to_print(client)

    assert answer.status_code == 422
    assert "Kies eerst welke brieven" in texts(answer)


def test_nothing_is_printed_by_only_looking(client, guide, write):
    write()
    client.force_login(guide)

    assert client.get(reverse("letter-print")).status_code == 405
    assert not Event.objects.filter(kind="initiatives.letter.printed").exists()


def test_what_was_posted_is_not_printed_again(client, guide, write):
    letter = write()
    post_letters(letters=[letter], by=guide, at=NOON)
    client.force_login(guide)

    answer = send_to_print(client, letter)

    assert answer.status_code == 422
    assert "stonden al op verstuurd" in texts(answer)


@pytest.mark.parametrize("deed", [print_letters, post_letters])
def test_who_only_reads_along_neither_prints_nor_posts(write, administrator, deed):
    letter = write()
    ReadingModeFactory(user=administrator)
    reader = User.objects.get(pk=administrator.pk)
    assert rules.can_see_contact_details(reader, Initiative.objects.get(pk=letter.subject_id))

    with pytest.raises(NotAllowed):
        deed(letters=[letter], by=reader, at=NOON)

    assert not Event.objects.filter(kind__startswith="initiatives.letter.").exists()


@pytest.mark.parametrize("send", [post, send_to_print])
def test_a_letter_that_was_taken_back_is_refused_with_what_to_do_and_nothing_else_is_noted(client, guide, write, send):
    back, other, unchosen = write("Olaf"), write("Nienke"), write("Piet")
    back.note_withdrawn(at=clock.now())
    client.force_login(guide)

    answer = send(client, back, other)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "De brief aan Olaf is teruggehaald. Doe hem niet op de post." in shown
    assert "stonden al op verstuurd" not in shown
    assert f'id="letter-{other.pk}" checked' in shown
    assert f'id="letter-{unchosen.pk}" checked' not in shown
    assert not Event.objects.filter(kind__startswith="initiatives.letter.").exists()


def test_the_refusal_is_read_also_when_nothing_waits_any_more(client, guide, write):
    letter = write("Olaf")
    letter.note_withdrawn(at=clock.now())
    client.force_login(guide)

    assert "De brief aan Olaf is teruggehaald" in texts(post(client, letter))


def test_the_list_says_for_two_weeks_which_letters_no_longer_go_out(client, guide, write):
    write("Olaf").note_withdrawn(at=clock.now() - timedelta(days=13))
    write("Zara").note_withdrawn(at=clock.now() - timedelta(days=15))
    client.force_login(guide)

    shown = texts(client.get(LIST))

    assert "Niet meer versturen" in shown
    assert "Is hij al geprint? Doe hem dan niet op de post." in shown
    assert "Olaf: Voor Olaf" in shown
    assert "Zara" not in shown


def test_posting_is_noted_with_who_and_when_and_the_code_is_no_longer_kept(client, guide, write):
    letter, other = write("Olaf"), write("Nienke")
    client.force_login(guide)

    assert post(client, letter).status_code == 303

    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.sent_by, letter.sent_at is None) == (guide, False)
    assert "ABCD" not in letter.body
    assert other.sent_at is None
    event = Event.objects.get(kind="initiatives.letter.posted")
    assert said(event) == "Gijs Begeleider deed een brief voor Olaf op de post: Voor Olaf."
    assert "1 brief wacht" in texts(client.get(LIST))


def test_the_same_form_twice_posts_once(client, guide, write):
    letter, token = write(), str(uuid.uuid4())
    client.force_login(guide)

    assert post(client, letter, token=token).status_code == 303
    assert post(client, letter, token=token).status_code in {303, 422}

    assert Event.objects.filter(kind="initiatives.letter.posted").count() == 1


def test_posting_nothing_is_asked_again(client, guide, write):
    write()
    client.force_login(guide)

    answer = post(client)

    assert answer.status_code == 422
    assert "Kies welke brieven op de post zijn" in texts(answer)


def test_a_letter_from_elsewhere_is_neither_read_nor_printed_nor_posted(client, other_guide, write):
    letter = write()
    client.force_login(other_guide)

    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == 404
    assert client.post(reverse("letter-pdf", args=[letter.pk])).status_code == 404
    assert post(client, letter).status_code == 422
    assert send_to_print(client, letter).status_code == 422
    assert not Event.objects.filter(kind="initiatives.letter.printed").exists()
    letter.refresh_from_db()
    assert letter.sent_at is None


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guide", 200),
        ("coordinator", 200),
        ("regional_coordinator", 200),
        ("ambassador", 403),
        ("panel_member", 403),
        ("administrator", 403),
        ("resident", 403),
    ],
)
def test_who_sees_and_prints_letters(client, request, write, who, status):
    letter = write()
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == status
    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == status
    assert client.post(reverse("letter-pdf", args=[letter.pk])).status_code == status
    assert send_to_print(client, letter).status_code == status


def test_an_owner_does_not_handle_the_letters_about_their_own_initiative(client, guide, write):
    letter = write()
    InitiatorFactory(initiative_id=letter.subject_id, user=guide)
    client.force_login(guide)

    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == 404


def test_posting_many_letters_asks_who_may_in_as_many_questions_as_posting_one(
    guide, write, django_assert_max_num_queries
):
    letters = [write(f"Inwoner {number}") for number in range(12)]

    with django_assert_max_num_queries(10 + len(letters)):
        print_letters(letters=letters, by=guide, at=NOON)


def test_the_list_says_which_letters_were_printed_already_by_whom_and_when(client, guide, write):
    printed, _other = write("Olaf"), write("Nienke")
    print_letters(letters=[printed], by=guide, at=NOON)
    client.force_login(guide)

    shown = texts(client.get(LIST))

    assert shown.count("Al geprint op") == 1
    assert "Al geprint op 10 juni door Gijs Begeleider" in shown


def test_the_list_asks_no_more_of_the_database_with_more_letters(client, guide, write, django_assert_max_num_queries):
    client.force_login(guide)
    write("Inwoner")
    print_letters(letters=[write("Olaf")], by=guide, at=NOON)
    with CaptureQueriesContext(connection) as first:
        client.get(LIST)
    print_letters(letters=[write(f"Olaf {number}") for number in range(4)], by=guide, at=NOON)
    for number in range(8):
        write(f"Inwoner {number}")

    with django_assert_max_num_queries(len(first)):
        client.get(LIST)


def test_two_letters_to_one_person_differ_by_their_address_and_none_is_chosen_beforehand(client, guide, write):
    write(to_address="Kade 1\n1234 AB Dorp")
    write(to_address="Steeg 2\n4321 BA Stad")
    client.force_login(guide)

    page = client.get(LIST)

    assert "Kade 1 1234 AB Dorp" in texts(page)
    assert "Steeg 2 4321 BA Stad" in texts(page)
    assert " checked" not in page.content.decode()


def test_letters_taken_back_are_told_of_in_the_plural(client, guide, write):
    for _number in range(2):
        write().note_withdrawn(at=clock.now())
    client.force_login(guide)

    assert "Deze brieven zijn teruggehaald" in texts(client.get(LIST))
