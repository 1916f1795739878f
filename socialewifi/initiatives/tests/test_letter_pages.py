"""Letters wait for a person who prints and posts them (R10)."""

import uuid

import pytest
from django.urls import reverse

from socialewifi.core.models import Event, Message
from socialewifi.core.tests import pdfs
from socialewifi.initiatives.tests.factories import InitiativeFactory, InitiatorFactory
from socialewifi.initiatives.tests.telling import texts
from socialewifi.people.tests.factories import NOON

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


def test_all_letters_that_wait_are_printed_in_one_go(client, guide, write):
    write("Olaf")
    write("Nienke")
    client.force_login(guide)

    assert pdfs.pages_of(client.get(reverse("letter-all")).content) == 2


def test_there_is_nothing_to_print_without_letters(client, guide):
    client.force_login(guide)

    assert client.get(reverse("letter-all")).status_code == 404


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
    assert event.words == "Gijs Begeleider deed een brief voor Olaf op de post: Voor Olaf."
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


def test_a_letter_from_elsewhere_is_neither_read_nor_posted(client, other_guide, write):
    letter = write()
    client.force_login(other_guide)

    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == 404
    assert post(client, letter).status_code == 422
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
def test_who_sees_letters(client, request, write, who, status):
    letter = write()
    client.force_login(request.getfixturevalue(who))

    assert client.get(LIST).status_code == status
    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == status


def test_an_owner_does_not_handle_the_letters_about_their_own_initiative(client, guide, write):
    letter = write()
    InitiatorFactory(initiative_id=letter.subject_id, user=guide)
    client.force_login(guide)

    assert client.get(reverse("letter-pdf", args=[letter.pk])).status_code == 404


def test_the_list_asks_no_more_of_the_database_with_more_letters(client, guide, write, django_assert_max_num_queries):
    for number in range(12):
        write(f"Inwoner {number}")
    client.force_login(guide)

    with django_assert_max_num_queries(14):
        client.get(LIST)
